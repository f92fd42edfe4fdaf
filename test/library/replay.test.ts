/** A capture served over real sockets: TLS, STARTTLS, compression, and clients of all kinds. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { ImapFlow } from "imapflow";
import { ImapscopeError } from "../../src/errors.ts";
import { type Replay, type ReplayOptions, replay } from "../../src/library/replay.ts";
import { caFolder } from "../ca-folder.ts";
import { eventsOf } from "../playbook.ts";

const DEMO = new URL("../../demo/session.imapcap", import.meta.url);

const SESSION = `
  S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN COMPRESS=DEFLATE] ready
  C: 1 LOGIN alice xxxxxxxx
  S: 1 OK welcome
  C: 2 SELECT INBOX
  S: * 2 EXISTS
  S: 2 OK [READ-WRITE] selected
  C: 3 LOGOUT
  S: * BYE bye
  S: 3 OK done
  -- end server
  -- close server
`;

async function serve(context: TestContext, options: ReplayOptions = {}): Promise<Replay> {
  const served = await replay(eventsOf(SESSION), { caDir: caFolder(), ...options });
  context.after(() => served.close());
  return served;
}

/** Says lines and gives all that is heard until the server is silent about the last tag no more. */
async function talk(socket: Socket | TLSSocket, lines: readonly string[]): Promise<string> {
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    const tag = line.split(" ")[0] ?? "";
    while (!new RegExp(`^${tag} .*\\r\\n`, "m").test(heard)) await once(socket, "data");
  }
  return heard;
}

const LINES = ["a LOGIN alice secret", "b SELECT INBOX", "c LOGOUT"];

function secure({ host, port, ca }: Replay): TLSSocket {
  return connectTls({ host, port, ca, servername: "localhost" });
}

test("a client that trusts the CA is served over TLS, and the report says so", async (context) => {
  const served = await serve(context);
  const socket = secure(served);
  const heard = await talk(socket, LINES);
  assert.match(heard, /2 EXISTS\r\nb OK \[READ-WRITE\] selected/);
  await once(socket, "close");
  const report = await served.close();
  assert.deepEqual([report.passed, report.failures], [true, []]);
  assert.equal(report.counts.recorded, 3);
  assert.equal(report.clients.entries[0]?.end, "The connection ended in order.");
});

test("STARTTLS begins at its octet", async (context) => {
  const served = await serve(context, { listen: ["imap://127.0.0.1:0"] });
  const plain = connectTcp(served.port, served.host);
  const greeting = await talk(plain, ["a STARTTLS"]);
  assert.match(greeting, /STARTTLS\] ready/);
  plain.removeAllListeners("data");
  const socket = connectTls({ socket: plain, ca: served.ca, servername: "localhost" });
  assert.match(await talk(socket, LINES), /2 EXISTS/);
});

test("a plain listener is asked for by name", async (context) => {
  const served = await serve(context, { listen: ["imap://127.0.0.1:0"], plain: true });
  const socket = connectTcp(served.port, served.host);
  assert.match(await talk(socket, ["x STARTTLS", ...LINES]), /^x BAD[\s\S]*2 EXISTS/m);
});

test("a miss fails the play, and is explained to the client and in the report", async (context) => {
  const served = await serve(context);
  const socket = secure(served);
  const heard = await talk(socket, ["a LOGIN alice secret", "b SELECT Archive"]);
  assert.match(heard, /^b NO Replay: no recorded answer to SELECT.*Archive/m);
  const report = await served.close();
  assert.equal(report.passed, false);
  assert.deepEqual(report.misses.entries[0]?.differences, [
    { field: "mailbox", asked: "Archive", recorded: "INBOX" },
  ]);
});

test("a real client does what the recorded one did", async (context) => {
  const served = await replay(DEMO, { caDir: caFolder(), allowUnused: true });
  context.after(() => served.close());
  const client = new ImapFlow({
    ...{ host: served.host, port: served.port, secure: true, logger: false },
    auth: { user: "alice", pass: "anything" },
    tls: { ca: served.ca, servername: "localhost" },
  });
  await client.connect();
  const mailbox = await client.mailboxOpen("INBOX");
  // It asks for the mailbox by LIST first, as the recorded one did on its third connection.
  assert.equal(mailbox.exists, 8);
  const message = await client.fetchOne("7", { source: true, uid: true }, { uid: true });
  assert.ok(message !== false);
  assert.match(String(message.source), /^From: Jonas Lind/);
  await client.logout();
  const report = await served.close();
  assert.deepEqual([report.counts.miss, report.counts.refused], [0, 0]);
});

test("hundreds of clients at once, and what they leave behind, are no matter", async (context) => {
  const served = await serve(context, { listen: ["imap://127.0.0.1:0"], plain: true });
  const sockets = Array.from({ length: 300 }, (_, at) => {
    const socket = connectTcp(served.port, served.host);
    socket.on("error", () => {});
    if (at % 3 === 0) socket.once("connect", () => void socket.write(Buffer.alloc(2000, at)));
    if (at % 3 === 1) socket.once("connect", () => void socket.resetAndDestroy());
    return socket;
  });
  const heard = await talk(connectTcp(served.port, served.host), LINES);
  assert.match(heard, /2 EXISTS/);
  for (const socket of sockets) socket.destroy();
});

test("what of the greeting was altered is told", async () => {
  const served = await replay(eventsOf(SESSION.replace("AUTH=PLAIN", "AUTH=PLAIN AUTH=GSSAPI")), {
    caDir: caFolder(),
    allowUnused: true,
  });
  const socket = secure(served);
  await once(socket, "data");
  const { altered, counts } = await served.close();
  assert.equal(counts.altered, 1);
  assert.match(JSON.stringify(altered.entries), /the greeting.*AUTH=GSSAPI left out/);
});

test("what a function of the user's throws fails the play, and closing it throws the same", async () => {
  const own = new RangeError("no such field");
  const served = await replay(eventsOf(SESSION), {
    caDir: caFolder(),
    match: () => {
      throw own;
    },
  });
  const heard = await talk(secure(served), ["a LOGIN alice secret", "b SELECT INBOX"]);
  assert.match(heard, /^b NO Replay/m);
  assert.match(
    served.report().failures[0] ?? "",
    /Your function match has thrown: RangeError: no such field/,
  );
  const thrown = (error: unknown): boolean => error === own;
  await assert.rejects(served.close(), thrown);
  await assert.rejects(served.close(), thrown);
  await assert.rejects(once(connectTcp(served.port, served.host), "connect"), /ECONNREFUSED/);
});

test("closing ends every client, whatever it is doing, and may be called twice", async (context) => {
  const served = await serve(context, { listen: ["imaps://127.0.0.1:0", "imap://127.0.0.1:0"], speed: 1 });
  const plain = Number(new URL(served.listening[1]?.url ?? "").port);
  const idle = connectTcp(plain, served.host);
  await talk(idle, [...LINES.slice(0, 2)]);
  idle.write("c IDLE\r\n");
  await once(idle, "data");
  const silent = connectTcp(plain, served.host);
  const shaking = connectTcp(served.port, served.host);
  await Promise.all([once(silent, "data"), once(shaking, "connect")]);
  const gone = [idle, silent, shaking].map(async (socket) => {
    socket.resume().on("error", () => {});
    if (!socket.closed) await once(socket, "close");
  });
  const [first, second] = await Promise.all([served.close(), served.close()]);
  await Promise.all(gone);
  assert.equal(first, second);
});

test("it is closed at the end of a block that uses it", async (context) => {
  const served = await serve(context, { allowUnused: true });
  await served[Symbol.asyncDispose]();
  await assert.rejects(once(connectTcp(served.port, served.host), "connect"), /ECONNREFUSED/);
});

test("a client that says nothing for too long fails the play, and so does none at all", async (context) => {
  const served = await serve(context, {
    ...{ timeoutMs: 50, allowUnused: true, listen: ["imap://127.0.0.1:0"], plain: true },
  });
  await served.served();
  assert.deepEqual(served.report().failures, ["No client came in 0.05 s."]);
  const socket = connectTcp(served.port, served.host);
  socket.resume();
  await once(socket, "close");
  const { failures } = await served.close();
  assert.match(failures[1] ?? "", /^A client said nothing for 0\.05 s\.$/);
});

test("a function for notices that throws is a warning of the process, and others are served on", async (context) => {
  const warned = once(process, "warning");
  const served = await serve(context, {
    onNotice: () => {
      throw new Error("no room");
    },
  });
  const lost = connectTcp(served.port, served.host, () => lost.end("in clear\r\n"));
  lost.resume().on("error", () => undefined);
  const [warning] = (await warned) as [Error];
  assert.match(warning.message, /^Your function onNotice has thrown: no room\. /);
  const socket = secure(served);
  assert.match(await talk(socket, LINES), /c OK done/);
});

test("a replay that nobody closes does not keep its process", async () => {
  const folder = caFolder();
  const testing = new URL("../../dist/testing.js", import.meta.url).href;
  const program = (options: string): string => `
    import { replay } from ${JSON.stringify(testing)};
    const { port } = await replay(new URL(${JSON.stringify(DEMO)}), { caDir: ${JSON.stringify(folder)}, ${options} });
    console.log(port > 0);
  `;
  const ending = spawn(process.execPath, ["--input-type=module", "--eval", program("")]);
  assert.deepEqual(await once(ending, "close"), [0, null]);
  const staying = spawn(process.execPath, ["--input-type=module", "--eval", program("keepAlive: true")]);
  await once(staying.stdout, "data");
  assert.equal(staying.exitCode, null);
  staying.kill();
  assert.deepEqual(await once(staying, "close"), [null, "SIGTERM"]);
});

test("a rule that cannot be read is an error, with what there is", async () => {
  await assert.rejects(
    replay(eventsOf(SESSION), { ignore: ["nonsense"] }),
    (error: unknown) => error instanceof ImapscopeError && error.code === "ERR_IGNORE_RULE_INVALID",
  );
});
