import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { reasonIn } from "../../src/net/openssl-words.ts";
import { closeEverything, greetAndEcho, proxyFor, tlsClient, tlsUpstream, told } from "./peers.ts";

afterEach(closeEverything);

const ALERT =
  "805CE4A71E7F0000:error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number 48\n";

test("of an error of OpenSSL the reason is left, without addresses, numbers and source files", () => {
  for (const [message, reason] of [
    [ALERT, "tlsv1 alert unknown ca"],
    [
      `${ALERT}805CE4A71E7F0000:error:0A0000C1:SSL routines:f:no shared cipher:x.c:1:\n`,
      "tlsv1 alert unknown ca",
    ],
    ["error:1E08010C:DECODER routines::unsupported", "unsupported"],
    ["80BCC461E97F0000:error:0A000102:SSL routines:f::x.c:1:", "no reason was given"],
    ["read ECONNRESET", "read ECONNRESET"],
    ["connect ETIMEDOUT 192.0.2.7:993", "connect ETIMEDOUT 192.0.2.7:993"],
    ["", ""],
  ] as const)
    assert.equal(reasonIn(message), reason);
});

test("a handshake that fails, and TLS that breaks later, are recorded in words", async () => {
  const { port, events } = await proxyFor(await tlsUpstream(greetAndEcho));
  tlsClient(port("imaps"), { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" });
  const shaking = await told(events, "error");
  assert.equal(shaking.message, "unsupported protocol");
  const { socket, raw } = tlsClient(port("imaps"), { servername: "localhost" });
  await new Promise((resolve) => socket.once("data", resolve));
  raw.write("this is no record of TLS\r\n");
  const broken = await told(events, "error", ({ connection }) => connection === 2);
  assert.match(broken.message ?? "", /^[a-z ]+$/);
});
