/** What real clients said to Dovecot is said once more, to a fresh one with the same mail, and to one with other mail. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ImapFlow } from "imapflow";
import { compareCaptures } from "../../src/core/replay/compare-captures.ts";
import { comparisonLines } from "../../src/core/replay/compare-text.ts";
import {
  type AsClientOptions,
  type AsClientResult,
  replayAsClient,
} from "../../src/library/replay-as-client.ts";
import { ImapSession } from "./imap-session.ts";
import { type RunningProxy, startProxy } from "./imapscope.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, type RunningServer, USER } from "./servers/server.ts";
import { makeWorkplace, type Workplace } from "./stores.ts";

let workplace: Workplace;
let capture: string;

before(async () => {
  workplace = await makeWorkplace(dovecot);
  capture = await record();
});

after(() => workplace.remove());

async function connect(proxy: RunningProxy, tls: boolean): Promise<ImapFlow> {
  const client = new ImapFlow({
    ...{ host: "localhost", port: tls ? proxy.tlsPort : proxy.plainPort, secure: tls, logger: false },
    auth: { user: USER, pass: PASSWORD },
    disableAutoIdle: true,
    tls: { ca: await readFile(proxy.caFile, "utf8") },
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A reader that compresses and waits in IDLE, while a writer that begins with STARTTLS delivers a message. */
async function record(): Promise<string> {
  const server = await workplace.startServer();
  const folder = await workplace.newFolder("recorded");
  const url = `imap://localhost:${server.plainPort}`;
  const proxy = await startProxy(url, workplace.certificates.ca, folder, [
    "--connect",
    `127.0.0.1:${server.plainPort}`,
  ]);
  try {
    const reader = await connect(proxy, true);
    await reader.mailboxOpen("INBOX");
    await reader.fetchOne("1", { source: true, envelope: true });
    const told = new Promise((resolve) => reader.once("exists", resolve));
    const idle = reader.idle();
    const writer = await connect(proxy, false);
    await writer.append("INBOX", "Subject: hello\r\n\r\nПривет\r\n", ["\\Flagged"]);
    await told;
    await reader.search({ flagged: true });
    await idle;
    await writer.logout();
    await reader.logout();
  } finally {
    await proxy.stop();
    await server.stop();
  }
  return proxy.capture;
}

async function replay(server: RunningServer, more: Partial<AsClientOptions> = {}): Promise<AsClientResult> {
  return replayAsClient(capture, {
    upstream: `imaps://localhost:${server.tlsPort}`,
    connect: `127.0.0.1:${server.tlsPort}`,
    upstreamCa: await readFile(workplace.certificates.ca, "utf8"),
    credentials: { user: USER, secret: { kind: "password", value: PASSWORD } },
    allowWrites: true,
    ...more,
  });
}

test("a server with the same mail answers as it did, over TLS and over STARTTLS, and the new session is recorded", async () => {
  for (const tls of [true, false]) {
    const server = await workplace.startServer();
    try {
      const path = join(await workplace.newFolder(`replayed-${tls}`), "now.imapcap");
      const upstream = tls
        ? {}
        : { upstream: `imap://localhost:${server.plainPort}`, connect: `127.0.0.1:${server.plainPort}` };
      const { notes, failures, before, now, leftOut } = await replay(server, {
        record: { path },
        ...upstream,
      });
      assert.deepEqual(failures, []);
      assert.deepEqual(
        notes.filter(({ text }) => !text.includes("STARTTLS was not sent")),
        [],
      );
      const comparison = compareCaptures(before, now, leftOut);
      assert.ok(comparison.same, comparisonLines(comparison).join("\n"));
      const recorded = await readFile(path, "latin1");
      assert.ok(recorded.includes("UID FETCH") || recorded.includes("FETCH"));
      for (const secret of [PASSWORD, Buffer.from(`\0${USER}\0${PASSWORD}`).toString("base64")]) {
        assert.ok(!recorded.includes(secret));
      }
    } finally {
      await server.stop();
    }
  }
});

test("a server that answers otherwise is told, and one that refuses the credentials", async () => {
  const server = await workplace.startServer();
  try {
    const session = await ImapSession.open(server.plainPort, USER, PASSWORD);
    await session.command("SELECT INBOX");
    await session.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
    await session.command("EXPUNGE");
    await session.close();
    const { before, now, leftOut } = await replay(server);
    const { same, changed } = compareCaptures(before, now, leftOut);
    assert.ok(!same);
    const fetch = changed.entries.find(({ command }) => /FETCH/.test(command));
    assert.ok(fetch?.differences.some(({ what, now }) => what === "status" && now === "BAD"));
    const wrong = { user: USER, secret: { kind: "password", value: "something else" } } as const;
    const { failures } = await replay(server, { credentials: wrong });
    assert.ok(failures.length > 0 && failures.every(({ text }) => /refuses the credentials/.test(text)));
  } finally {
    await server.stop();
  }
});
