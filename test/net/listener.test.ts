import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { afterEach, test } from "node:test";
import { formatEndpoint, type ListenerEndpoint, parseListener } from "../../src/net/endpoint.ts";
import { closeAll, type Listener, listen } from "../../src/net/listener.ts";
import type { Notice } from "../../src/net/notice.ts";

const opened: Listener[] = [];
const blockers: Server[] = [];

afterEach(async () => {
  await closeAll(opened.splice(0));
  for (const blocker of blockers.splice(0)) blocker.close();
});

async function listenOn(endpoints: readonly ListenerEndpoint[] | undefined, orFreePort = false) {
  const notices: Notice[] = [];
  const accepted: string[] = [];
  const listeners = await listen({
    ...{ endpoints, orFreePort },
    onSocket: (socket, listener) => {
      accepted.push(formatEndpoint(listener));
      socket.destroy();
    },
    onNotice: (notice) => notices.push(notice),
    onNotAccepted: (notice) => notices.push(notice),
  });
  opened.push(...listeners);
  return { listeners, notices, accepted };
}

test("an endpoint is bound as asked, :0 to a free port, and a socket comes with where it came in", async () => {
  const { listeners, accepted, notices } = await listenOn([parseListener("imaps://127.0.0.1:0")]);
  const [listener] = listeners;
  assert.equal(listeners.length, 1);
  assert.equal(formatEndpoint(listener?.requested ?? assert.fail()), "imaps://127.0.0.1:0");
  const port = listener?.bound.port ?? 0;
  assert.ok(port > 0);
  await once(connect(port, "127.0.0.1").resume(), "close");
  assert.deepEqual(accepted, [`imaps://127.0.0.1:${port}`]);
  assert.deepEqual(notices, []);
});

test("localhost is both families, on one port", async () => {
  const { listeners } = await listenOn([parseListener("imap://localhost:0")]);
  assert.equal(listeners[0]?.bound.host, "127.0.0.1");
  assert.equal(new Set(listeners.map(({ bound }) => bound.port)).size, 1);
});

test("the default places are the well-known ports or, said clearly, those beside them", async () => {
  const { listeners, notices } = await listenOn(undefined);
  for (const [scheme, usual, instead] of [
    ["imaps", 993, 1993],
    ["imap", 143, 1143],
  ] as const) {
    const ports = new Set(
      listeners.filter(({ bound }) => bound.scheme === scheme).map(({ bound }) => bound.port),
    );
    assert.equal(ports.size, 1);
    const [port] = ports;
    assert.ok(port === usual || port === instead);
    const said = notices.some(({ text }) =>
      text.includes(`listening on ${scheme}://127.0.0.1:${instead} instead`),
    );
    assert.equal(said, port === instead);
  }
});

test("a taken port: the default one gives way, on both families; one that was asked for is an error", async () => {
  const blocker = createServer();
  blockers.push(blocker);
  const taken = await new Promise<boolean>((resolve) => {
    blocker.once("error", () => resolve(true));
    blocker.listen(993, "127.0.0.1", () => resolve(true));
  });
  assert.ok(taken);
  const { listeners, notices } = await listenOn(undefined);
  const imaps = listeners.filter(({ bound }) => bound.scheme === "imaps");
  assert.ok(imaps.length > 0);
  for (const { bound, requested } of imaps) assert.deepEqual([bound.port, requested.port], [1993, 993]);
  assert.match(
    notices[0]?.text ?? "",
    /993 cannot be had \(the port is .*\); listening on imaps:\/\/127\.0\.0\.1:1993/,
  );
  const port = imaps[0]?.bound.port ?? 0;
  const free = parseListener("imap://127.0.0.1:0");
  await assert.rejects(listenOn([free, parseListener(`imaps://127.0.0.1:${port}`)]), {
    code: "ERR_LISTENER_UNAVAILABLE",
    message: /the port is taken/,
    hint: /:0 for a free one/,
  });
});

test("a free port is taken instead of one that is taken, where that is wanted, and is told", async () => {
  const { listeners: before } = await listenOn([parseListener("imaps://localhost:0")]);
  const port = before[0]?.bound.port ?? 0;
  const { listeners, notices } = await listenOn([parseListener(`imaps://localhost:${port}`)], true);
  const instead = listeners[0]?.bound.port ?? 0;
  assert.notEqual(instead, port);
  assert.equal(new Set(listeners.map(({ bound }) => bound.port)).size, 1);
  assert.equal(
    notices[0]?.text,
    `imaps://localhost:${port} cannot be had (the port is taken); listening on imaps://localhost:${instead} instead.`,
  );
});

test("an address that is not this machine's is an error", async () => {
  await assert.rejects(listenOn([parseListener("imap://192.0.2.1:0")]), {
    code: "ERR_LISTENER_UNAVAILABLE",
    message: /does not have that address/,
  });
});

test("a listener that others can reach is warned of", async () => {
  const { notices } = await listenOn([parseListener("imap://0.0.0.0:0")]);
  assert.equal(notices[0]?.level, "warning");
  assert.match(notices[0]?.text ?? "", /can be reached from other machines/);
});
