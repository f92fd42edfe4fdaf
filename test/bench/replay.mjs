/**
 * `npm run bench:replay`: `imapscope replay` over large captures: how soon clients can connect, how much memory it takes, and how
 * fast it answers a client that does all that was recorded. Two shapes: large messages both ways, and very many small exchanges.
 * And sessions: the bundled capture, played over and over by one client in the process of the replay.
 */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { replay } from "../../dist/testing.js";
import { cpuSeconds, end, start } from "./processes.mjs";
import { messageExchange, writeMessageCapture } from "./replay-capture.mjs";
import { exchangeOf, pushAfter, writeCapture } from "./screen-capture.mjs";

const HELP = `npm run bench:replay -- [OPTION]...

  --megabytes N     of the capture of messages (1000)
  --octets N        of each message (65536)
  --exchanges N     of the capture of small exchanges (4000000)
  --connections N   that both are of (20)
  --sessions N      of the bundled capture (1000)
  --only PART       messages, exchanges, or sessions (may be given again)
  --help`;

const { values: options } = parseArgs({
  options: {
    megabytes: { type: "string", default: "1000" },
    octets: { type: "string", default: "65536" },
    exchanges: { type: "string", default: "4000000" },
    connections: { type: "string", default: "20" },
    sessions: { type: "string", default: "1000" },
    only: { type: "string", multiple: true, default: ["messages", "exchanges", "sessions"] },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

/** Commands that are sent together. */
const TOGETHER = 16;
const scratch = mkdtempSync(join(tmpdir(), "imapscope-replay-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const number = (value, digits = 1) => value.toFixed(digits);
const connections = Number(options.connections);

if (options.only.includes("messages")) {
  const octets = Number(options.octets);
  const exchanges = 2 * Math.floor((Number(options.megabytes) * 1e6) / (2 * octets));
  const path = join(scratch, "messages.imapcap");
  writeMessageCapture(path, { exchanges, connections, octets });
  const turnsOf = (connection) => (at) => {
    const turn = 2 * (connection - 1 + connections * (at >> 1)) + (at % 2);
    return turn < exchanges ? messageExchange(turn, `y${turn}`, octets) : undefined;
  };
  await measure("messages", path, exchanges, turnsOf);
}
if (options.only.includes("exchanges")) {
  const exchanges = Number(options.exchanges);
  const path = join(scratch, "exchanges.imapcap");
  writeCapture(path, { exchanges, connections });
  const turnsOf = (connection) => (at) => {
    const turn = connection - 1 + connections * at;
    if (turn >= exchanges) return undefined;
    const { command, answer } = exchangeOf(turn, `y${turn}`);
    return { command, answer: answer + pushAfter(turn) };
  };
  await measure("exchanges", path, exchanges, turnsOf);
}
if (options.only.includes("sessions")) await measureSessions(Number(options.sessions));

async function measure(name, path, exchanges, turnsOf) {
  const ready = join(scratch, `${name}.ready`);
  const output = join(scratch, `${name}.out`);
  const main = join(import.meta.dirname, "../../dist/cli/main.js");
  const words = ["replay", path, "--listen", "imap://127.0.0.1:0", "--plain", "--ready-file", ready];
  const began = performance.now();
  const child = start(1, [process.execPath, main, ...words, "--ca-dir", join(scratch, "ca")], { output });
  try {
    const port = await portIn(ready, child);
    const seconds = (performance.now() - began) / 1000;
    console.log(`
${name}: ${exchanges} exchanges in ${connections} connections, ${number(statSync(path).size / 1e6, 0)} MB
  clients can connect after ${number(seconds)} s (${number(cpuSeconds(child.pid))} s of CPU), memory ${memory(child.pid)}`);
    const cpu = cpuSeconds(child.pid);
    const from = performance.now();
    let octets = 0;
    for (let connection = 1; connection <= connections; connection++)
      octets += await play(port, connection, turnsOf(connection));
    const took = (performance.now() - from) / 1000;
    console.log(
      `  all of it answered in ${number(took)} s (${number(cpuSeconds(child.pid) - cpu)} s of CPU), ${number(octets / 1e6, 0)} MB to the clients, memory ${memory(child.pid)}`,
    );
  } finally {
    await end(child);
  }
  const said = readFileSync(output, "utf8");
  console.log(`  ${/^Replay (passed|failed)[^\n]*\n[^\n]*/m.exec(said)?.[0].replace("\n", "\n  ")}`);
}

async function portIn(path, child) {
  while (child.exitCode === null) {
    try {
      const port = /:(\d+)\n/.exec(readFileSync(path, "utf8"))?.[1];
      if (port !== undefined) return Number(port);
    } catch {
      // Not yet.
    }
    await wait(50);
  }
  throw new Error("the replay does not start");
}

function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const [now, most] = ["VmRSS", "VmHWM"].map((name) =>
    number((Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / 1e6, 0),
  );
  return `${now} MB (at most ${most} MB)`;
}

/** Does all that one connection did; what is heard is compared with what was recorded by its length. */
async function play(port, connection, turns) {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  let heard = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let wake = () => {};
  let tail = "";
  socket.on("data", (bytes) => {
    heard += bytes.length;
    tail = (tail + bytes.latin1Slice(Math.max(0, bytes.length - 200))).slice(-200);
    wake();
  });
  const until = async (isThere) => {
    while (!isThere()) {
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
  await until(() => tail.includes("* OK"));
  for (const line of [`a LOGIN user${connection} any`, "b SELECT INBOX"]) {
    socket.write(`${line}\r\n`);
    await until(() => new RegExp(`^${line[0]} OK`, "m").test(tail));
  }
  for (let at = 0; ; ) {
    const group = [];
    for (let turn = turns(at); turn !== undefined && group.length < TOGETHER; turn = turns(++at))
      group.push(turn);
    if (group.length === 0) break;
    // The continuation request of a replay is its own.
    const answers = group.map(({ answer }) =>
      answer.replace(/^\+ [^\r]*\r\n/, "+ ready for the literal\r\n"),
    );
    wanted = heard + answers.reduce((sum, answer) => sum + answer.length, 0);
    socket.write(group.map(({ command }) => command).join(""), "latin1");
    const late = setTimeout(() => {
      throw new Error(`${wanted - heard} octets are missing behind ${tail}`);
    }, 60_000);
    await until(() => heard >= wanted);
    clearTimeout(late);
    if (heard > wanted) throw new Error(`${heard - wanted} octets too many: ${tail}`);
  }
  socket.end();
  await once(socket, "close");
  return heard;
}

async function measureSessions(sessions) {
  const capture = join(import.meta.dirname, "../../demo/session.imapcap");
  const server = await replay(capture, {
    listen: ["imap://127.0.0.1:0"],
    plain: true,
    allowUnused: true,
    caDir: join(scratch, "ca"),
  });
  const lines = ["a LOGIN alice any", "b SELECT INBOX", "c UID FETCH 7 (BODY.PEEK[] MODSEQ UID)", "d LOGOUT"];
  const cpu = process.cpuUsage();
  const from = performance.now();
  for (let session = 0; session < sessions; session++) {
    const socket = connect(server.port, server.host).setNoDelay(true);
    let heard = "";
    socket.setEncoding("latin1").on("data", (text) => {
      heard += text;
    });
    for (const line of lines) {
      socket.write(`${line}\r\n`);
      while (!heard.includes(`\n${line[0]} `)) await once(socket, "data");
    }
    await once(socket, "close");
  }
  const { user, system } = process.cpuUsage(cpu);
  const { counts } = await server.close();
  console.log(`
sessions: ${sessions} of ${lines.length} commands, one after the other, in ${number((performance.now() - from) / 1000)} s (${number((user + system) / 1e6)} s of CPU for both sides)
  ${counts.commands} commands: ${counts.recorded} as recorded, ${counts.synthesised} made up, ${counts.miss} without answer`);
}
