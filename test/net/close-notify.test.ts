import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import { endedBare } from "../../src/net/close-notify.ts";
import { closeEverything, closeLater, plainUpstream, tlsUpstream } from "./peers.ts";

afterEach(closeEverything);

type End = (socket: Socket | tls.TLSSocket, raw: Socket) => void;

/** What is said of a server that says something and ends so. */
async function saidOf(end: End, maxVersion: tls.SecureVersion): Promise<boolean> {
  const { port } = await tlsUpstream((socket, raw) => {
    socket.on("data", () => end(socket, raw));
  });
  const raw = connect({ port, host: "127.0.0.1" });
  const stream = tls.connect({ socket: raw, rejectUnauthorized: false, maxVersion });
  closeLater(() => void raw.destroy());
  stream.write("a LOGOUT\r\n");
  stream.resume();
  return new Promise((resolve) => stream.once("end", () => resolve(endedBare({ stream, raw }))));
}

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  test(`an end of TCP alone is told from the end of ${version}, at once or behind octets`, async () => {
    assert.equal(await saidOf((socket) => socket.end(), version), false);
    assert.equal(await saidOf((socket) => socket.end("* BYE bye\r\n"), version), false);
    assert.equal(await saidOf((_socket, raw) => raw.end(), version), true);
    const behind: End = (socket, raw) => socket.write("* 1 EXISTS\r\n", () => raw.end());
    assert.equal(await saidOf(behind, version), true);
  });
}

test("what is no TLS cannot end bare", async () => {
  const { port } = await plainUpstream((socket) => socket.end("* BYE bye\r\n"));
  const raw = connect({ port, host: "127.0.0.1" }).resume();
  await once(raw, "end");
  assert.equal(endedBare({ stream: raw, raw }), false);
});
