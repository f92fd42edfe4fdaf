import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { encodeCapture } from "../../src/library/capture.ts";
import { type AsClientOptions, replayAsClient } from "../../src/library/replay-as-client.ts";
import { scratchPath } from "../files/scratch-folder.ts";
import { eventsOf } from "../playbook.ts";

/** Answers every command with OK, SELECT with a UIDVALIDITY of its own; gives the URL and how many have connected. */
async function startServer(t: TestContext): Promise<{ upstream: string; connected: () => number }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.write("* OK ready\r\n");
    socket.on("data", (bytes) => {
      const [tag = "", name = ""] = bytes.toString("latin1").split(/[ \r]/);
      if (name === "SELECT") socket.write("* 3 EXISTS\r\n* OK [UIDVALIDITY 9] valid\r\n");
      socket.write(`${tag} OK ${name === "SELECT" ? "[READ-WRITE] " : ""}done\r\n`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { upstream: `imap://127.0.0.1:${port}`, connected: () => sockets.length };
}

function captureOf(t: TestContext, more: string): string {
  const path = scratchPath(t, "recorded.imapcap");
  const session = `S: * OK ready\nC: a1 LOGIN alice xxxxxxxx\nS: a1 OK in\nC: a2 SELECT x\nS: * OK [UIDVALIDITY 5] v\nS: a2 OK [READ-WRITE]\n${more}`;
  writeFileSync(path, encodeCapture(eventsOf(session)));
  return path;
}

const CREDENTIALS: AsClientOptions["credentials"] = {
  user: "alice",
  secret: { kind: "password", value: "Kanarienvogel" },
};

test("a session is played, recorded without the secret, and UIDs that mean something else are told", async (t) => {
  const { upstream } = await startServer(t);
  const capture = captureOf(t, "C: a3 UID SEARCH ALL\nS: * SEARCH 1\nS: a3 OK");
  const path = scratchPath(t, "now.imapcap");
  const result = await replayAsClient(capture, { upstream, credentials: CREDENTIALS, record: { path } });
  assert.deepEqual([result.notes, result.failures], [[], []]);
  assert.match(result.problems.join(), /^x has UIDVALIDITY 9, and had 5/);
  const recorded = readFileSync(path, "utf8");
  assert.match(recorded, /a3 UID SEARCH ALL/);
  assert.match(recorded, /LOGIN \\"alice\\" xxxxxxxx/);
  assert.doesNotMatch(recorded, /Kanarienvogel/);
});

test("what changes something is refused by name before anything is connected, and sent where it may", async (t) => {
  const { upstream, connected } = await startServer(t);
  const capture = captureOf(t, "C: a3 STORE 1 +FLAGS (\\\\Seen)\nS: a3 OK\nC: a4 CLOSE\nS: a4 OK");
  const options = { upstream, credentials: CREDENTIALS };
  await assert.rejects(replayAsClient(capture, options), (error: Error & { code?: string }) => {
    assert.equal(error.code, "ERR_REPLAY_WRITES");
    assert.match(error.message, /connection 1: a3 STORE changes flags\nconnection 1: a4 CLOSE removes/);
    return true;
  });
  assert.equal(connected(), 0);
  const { now } = await replayAsClient(capture, { ...options, allowWrites: true });
  assert.ok(now.length > 0);
});

test("without credentials for a recorded login nothing is connected", async (t) => {
  const { upstream, connected } = await startServer(t);
  await assert.rejects(replayAsClient(captureOf(t, ""), { upstream, credentials: undefined }), {
    code: "ERR_REPLAY_NO_CREDENTIALS",
  });
  await assert.rejects(
    replayAsClient(captureOf(t, ""), { upstream: "nonsense://x", credentials: CREDENTIALS }),
    {
      code: "ERR_ENDPOINT_INVALID",
    },
  );
  assert.equal(connected(), 0);
});
