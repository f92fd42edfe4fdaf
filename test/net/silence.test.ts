import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, mock, test } from "node:test";
import {
  closeEverything,
  greetAndEcho,
  plainClient,
  plainUpstream,
  proxyFor,
  textUpTo,
  told,
} from "./peers.ts";

afterEach(closeEverything);

test("a server that says nothing is told of once; what it says later is relayed", async () => {
  let server: Socket | undefined;
  const upstream = await plainUpstream((socket) => {
    server = socket;
  });
  const { port, notices } = await proxyFor(upstream, { silenceMs: 5 });
  const client = plainClient(port("imap"));
  while (notices.length === 0 || server === undefined) await new Promise(setImmediate);
  assert.match(notices[0]?.text ?? "", /has said nothing for 0\.005 s.*stays open.*imaps:\/\//);
  assert.equal(notices[0]?.connection, 1);
  server?.write("* OK at last\r\n");
  assert.equal(await textUpTo(client, "\r\n"), "* OK at last\r\n");
  assert.equal(notices.length, 1);
});

test("a connection may be silent for days: nothing is said of it, and nothing ends it", async () => {
  // All timers of imapscope; those of the system beneath it are real.
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  try {
    let server: Socket | undefined;
    const upstream = await plainUpstream((socket, raw) => {
      server = socket;
      greetAndEcho(socket, raw);
    });
    const { port, notices, events } = await proxyFor(upstream);
    const client = plainClient(port("imap"));
    const greeted = textUpTo(client, "ready\r\n");
    await told(events, "open");
    // The greeting of a plain client may wait a moment for its TLS.
    while (!events.some(({ kind }) => kind === "data")) {
      mock.timers.tick(1);
      await new Promise(setImmediate);
    }
    await greeted;
    client.write("a IDLE\r\n");
    await textUpTo(client, "a IDLE\r\n");
    mock.timers.tick(3 * 24 * 60 * 60 * 1000);
    server?.write("* 4 EXISTS\r\n");
    assert.equal(await textUpTo(client, "\r\n"), "* 4 EXISTS\r\n");
    assert.deepEqual(notices, []);
  } finally {
    mock.timers.reset();
  }
});
