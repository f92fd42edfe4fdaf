import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import * as tls from "node:tls";
import { startTrustListener } from "../../src/net/trust-listener.ts";
import { allText, contextFor, scopeCa } from "./peers.ts";

test("it shows the leaf, answers whatever is asked, and bears clients that fall out", async () => {
  const { port, close } = await startTrustListener(contextFor({}));
  connect(port, "127.0.0.1").end("no TLS");
  const refusing = tls.connect({ port, host: "127.0.0.1", servername: "localhost", ca: [] });
  await once(refusing, "error");
  const trusting = tls.connect({ port, host: "127.0.0.1", servername: "localhost", ca: scopeCa.pem });
  trusting.write("GET / HTTP/1.1\r\n\r\n");
  assert.match(await allText(trusting), /^HTTP\/1\.0 204 /);
  assert.equal(trusting.authorized, true);
  const waiting = tls.connect({ port, host: "127.0.0.1", servername: "localhost", ca: scopeCa.pem });
  waiting.on("error", () => undefined);
  await once(waiting, "secureConnect");
  await close();
});
