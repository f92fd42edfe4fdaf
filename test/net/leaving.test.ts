import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { afterEach, test } from "node:test";
import { watchLeaving } from "../../src/net/leaving.ts";
import { closeEverything, proxyFor, textUpTo, tlsClient, tlsUpstream, told } from "./peers.ts";

afterEach(closeEverything);

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A client that leaves so many turns behind its handshake, and is greeted or not. */
async function leaves({ after = 0, greeted = true, atMicros = 0, protocol = "TLSv1.3" }): Promise<boolean> {
  const stream = Object.assign(new EventEmitter(), {
    ...{ bytesWritten: greeted ? 20 : 0, getProtocol: () => protocol, destroyed: false },
  });
  let nowMicros = 0;
  const left = watchLeaving(stream, { startedAt: new Date(0), micros: () => nowMicros });
  await turns(after);
  nowMicros = atMicros;
  stream.emit("end");
  await turns(5);
  stream.emit("close");
  return left();
}

test("who leaves before a greeting could be answered has not left because of it", async () => {
  assert.equal(await leaves({ after: 0 }), true);
  assert.equal(await leaves({ after: 1 }), true);
  assert.equal(await leaves({ after: 5 }), false);
});

test("who is not greeted may leave a little later, but not much", async () => {
  assert.equal(await leaves({ after: 5, greeted: false, atMicros: 1e6 }), true);
  assert.equal(await leaves({ after: 5, greeted: false, atMicros: 60e6 }), false);
});

test("in older TLS the client sees the greeting and the end of the handshake at once", async () => {
  const older = { after: 5, protocol: "TLSv1.2" };
  assert.equal(await leaves({ ...older, atMicros: 1e6 }), true);
  assert.equal(await leaves({ ...older, atMicros: 60e6 }), false);
});

test("a client that reads its greeting and leaves is not told to distrust; one that leaves ungreeted is", async () => {
  for (const greets of [true, false]) {
    const upstream = await tlsUpstream((socket) => {
      if (greets) socket.write("* OK ready\r\n");
      socket.on("end", () => socket.end()).resume();
    });
    const { port, events, notices } = await proxyFor(upstream);
    const { socket } = tlsClient(port("imaps"), { servername: "localhost" });
    if (greets) await textUpTo(socket, "ready\r\n");
    else await once(socket, "secureConnect");
    // It is in the process of the proxy, so that turns are its turns too.
    await turns(20);
    socket.end();
    await told(events, "close");
    assert.equal(notices.length, greets ? 0 : 1, notices.map(({ text }) => text).join());
    assert.equal(notices.at(0)?.text.includes("does not trust") ?? false, !greets);
  }
});
