/** Clients that do all that they should not, five hundred at once: a replay goes on answering others, stays small, and reports. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { reportText } from "../../src/core/replay/report-text.ts";
import { type Replay, replay } from "../../src/library/replay.ts";
import { temporaryFolder } from "../cli/running.ts";
import { eventsOf } from "../playbook.ts";

const SESSION = `
  S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN COMPRESS=DEFLATE] ready
  C: 1 LOGIN alice xxxxxxxx
  S: 1 OK welcome
  C: 2 SELECT INBOX
  S: * 2 EXISTS
  S: 2 OK [READ-WRITE] selected
  C: 3 UID FETCH 1:* (FLAGS)
  S: * 1 FETCH (UID 1 FLAGS ())
  S: * 2 FETCH (UID 3 FLAGS ())
  S: 3 OK done
  C: 4 LOGOUT
  S: * BYE bye
  S: 4 OK done
  -- end server
  -- close server
`;
const CLIENTS = 500;
const LOGIN = "a LOGIN alice x\r\nb SELECT INBOX\r\n";
const MIB = 1024 * 1024;

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${line(at)}\r\n`).join("");
}

/** Writes as much as is taken, until so many octets are out or nobody takes them any more. */
function pour(socket: Socket, octets: number): void {
  const piece = Buffer.alloc(64 * 1024, "x");
  let left = octets;
  const go = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= piece.length;
      if (!socket.write(piece)) {
        socket.once("drain", go);
        return;
      }
    }
  };
  go();
}

const KINDS: Readonly<Record<string, (socket: Socket) => void>> = {
  "garbage octets": (socket) =>
    socket.write(Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7919) & 255)),
  "a line without an end": (socket) => pour(socket, 2 * MIB),
  "a huge literal, announced": (socket) => socket.write(`${LOGIN}c APPEND INBOX {99999999999}\r\n`),
  "a huge literal, begun": (socket) => {
    socket.write(`${LOGIN}c APPEND INBOX {99999999999+}\r\n`);
    pour(socket, 2 * MIB);
  },
  "a flood of commands": (socket) => socket.write(LOGIN + lines(500, (at) => `n${at} NOOP`)),
  "a flood of commands without an answer": (socket) =>
    socket.write(LOGIN + lines(100, (at) => `m${at} UID FETCH ${at + 9} (BODY[] FLAGS)`)),
  "never reads": (socket) => {
    socket.pause();
    socket.write(LOGIN + lines(500, (at) => `n${at} UID FETCH 1:* (FLAGS)`));
  },
  "says nothing": () => {},
  "a reset within a literal": (socket) => {
    socket.write("a LOGIN {100000}\r\nabc");
    socket.once("data", () => socket.resetAndDestroy());
  },
  "TLS where there is none": (socket) =>
    socket.write(Buffer.from(`16030100ff010000fb0303${"ab".repeat(200)}`, "hex")),
  "octets behind STARTTLS that are no handshake": (socket) => {
    socket.write("a STARTTLS\r\n");
    socket.once("data", () => socket.write(Buffer.alloc(1000, "x")));
  },
  "compressed garbage": (socket) => {
    socket.write("a COMPRESS DEFLATE\r\n");
    socket.once("data", () => socket.write(Buffer.alloc(1000, 0xff)));
  },
  "one octet at a time": (socket) => {
    let at = 0;
    const text = `a LOGIN alice ${"y".repeat(100)}`;
    const next = (): void => {
      if (socket.destroyed || at === text.length) return;
      socket.write(text[at++] ?? "", () => setImmediate(next));
    };
    next();
  },
  "a very deep list": (socket) => socket.write(`${LOGIN}c SEARCH ${"(".repeat(50_000)}\r\n`),
  "a set of many ranges": (socket) =>
    socket.write(
      `${LOGIN}s UID FETCH ${Array.from({ length: 5000 }, (_, at) => 2 * at + 1).join(",")} (FLAGS)\r\n`,
    ),
  "half of a connection": (socket) => socket.end("a LOGIN alice"),
};

async function serve(context: TestContext): Promise<Replay> {
  const served = await replay(eventsOf(SESSION), {
    caDir: temporaryFolder(context),
    listen: ["imap://127.0.0.1:0"],
    allowUnused: true,
  });
  context.after(() => served.close());
  return served;
}

/** Says each line when the one before was answered. */
async function good({ host, port }: Replay): Promise<string> {
  const socket = connect(port, host);
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  for (const line of ["a LOGIN alice x", "b SELECT INBOX", "c UID FETCH 1:* (FLAGS)", "d LOGOUT"]) {
    socket.write(`${line}\r\n`);
    while (!heard.includes(`\r\n${line[0]} `)) await once(socket, "data");
  }
  await once(socket, "close");
  return heard;
}

test("hostile clients of all kinds, five hundred at once, keep no other client from its answers", async (context) => {
  const served = await serve(context);
  const kinds = Object.values(KINDS);
  const sockets = Array.from({ length: CLIENTS }, (_, at) => {
    const kind = kinds[at % kinds.length];
    const socket = connect(served.port, served.host, () => {
      // Most are heard out; those that never read have paused before.
      socket.on("data", () => {});
      kind?.(socket);
    });
    socket.on("error", () => {});
    return socket;
  });
  context.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(
    sockets.map((socket) => (socket.connecting ? once(socket, "connect").catch(() => {}) : undefined)),
  );
  assert.match(await good(served), /\* 2 FETCH \(UID 3 FLAGS \(\)\)\r\nc OK done/);
  for (const socket of sockets) socket.destroy();
  assert.match(await good(served), /d OK done/);

  const report = await served.close();
  assert.equal(report.counts.clients, CLIENTS + 2);
  assert.ok(report.counts.miss > 0 && report.counts.refused > 0 && report.counts.recorded > 0);
  assert.ok(reportText(report).length < 8 * MIB);
  assert.deepEqual(report.failures.length, 2);
});

for (const [name, kind] of Object.entries(KINDS)) {
  test(`one client alone: ${name}; others are answered, and it is in the report`, async (context) => {
    const served = await serve(context);
    const socket = connect(served.port, served.host, () => {
      socket.on("data", () => {});
      kind(socket);
    });
    socket.on("error", () => {});
    context.after(() => socket.destroy());
    if (socket.connecting) await once(socket, "connect");
    assert.match(await good(served), /d OK done/);
    socket.destroy();
    const report = await served.close();
    assert.equal(report.clients.entries.length, 2);
    assert.ok(report.clients.entries.every(({ end }) => end !== undefined));
  });
}
