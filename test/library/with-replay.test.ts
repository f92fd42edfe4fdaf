/** The replay that closes itself, in front of clients that do as recorded, something else, or fail by themselves. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import type { Replay } from "../../src/library/replay.ts";
import { withReplay } from "../../src/library/with-replay.ts";
import { caFolder } from "../ca-folder.ts";
import { converse } from "../cli/running.ts";
import { eventsOf } from "../playbook.ts";

const SESSION = `
  S: * OK ready
  C: 1 LOGIN alice xxxxxxxx
  S: 1 OK welcome
  C: 2 SELECT INBOX
  S: 2 OK selected
`;

async function use<T>(client: (server: Replay) => Promise<T>): Promise<T> {
  let port = 0;
  try {
    return await withReplay(
      eventsOf(SESSION),
      (server) => {
        port = server.port;
        return client(server);
      },
      { caDir: caFolder(), listen: ["imap://127.0.0.1:0"], plain: true },
    );
  } finally {
    await assert.rejects(once(connect(port, "127.0.0.1"), "connect"), /ECONNREFUSED/);
  }
}

async function login({ port }: Replay): Promise<Awaited<ReturnType<typeof converse>>> {
  return converse(port, ["a LOGIN alice x"]);
}

test("it gives what the function gives", async () => {
  const given = await use(async (server) => {
    await converse(server.port, ["a LOGIN alice x", "b SELECT INBOX"]);
    return "done";
  });
  assert.equal(given, "done");
});

test("a client that was refused fails with the report, and what it threw is the cause", async () => {
  const cause = new Error("the server said NO");
  const failing = use(async (server) => {
    const socket = await login(server);
    socket.write("b SELECT Archive\r\n");
    await once(socket, "data");
    throw cause;
  });
  await assert.rejects(failing, (error: unknown) => {
    assert.ok(error instanceof ImapscopeError && error.code === "ERR_REPLAY_FAILED");
    assert.equal(error.cause, cause);
    assert.match(
      error.message,
      /^Replay failed: 1 command had no recorded answer[\s\S]*mailbox is Archive, recorded was INBOX/,
    );
    return true;
  });
});

test("a client that hangs is let go in time, and fails with the report", async () => {
  const failing = withReplay(
    eventsOf(SESSION),
    async (server) => {
      const socket = connect(server.port, server.host).resume();
      await once(socket, "close");
      throw new Error("the server said BYE");
    },
    { caDir: caFolder(), listen: ["imap://127.0.0.1:0"], plain: true, timeoutMs: 50 },
  );
  await assert.rejects(failing, /^ImapscopeError: Replay failed: A client said nothing for 0\.05 s\./);
});

test("a client that did too little fails with the report", async () => {
  const failing = use(login);
  await assert.rejects(
    failing,
    /^ImapscopeError: Replay failed: 1 recorded exchange went unused\.[\s\S]*SELECT INBOX/,
  );
});

test("where nothing was refused, what the function throws is what failed", async () => {
  const own = new Error("three letters expected");
  const failing = use(async (server) => {
    await login(server);
    throw own;
  });
  await assert.rejects(failing, (error: unknown) => error === own);
});
