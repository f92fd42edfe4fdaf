/**
 * `npm run bench:screen`: the screen, driven in a pty as a person would. Over a capture: how soon the first rows stand there,
 * how soon all is indexed, how long keys take meanwhile and afterwards, and the memory of an exchange. Live: the processor
 * time that the screen adds to `--lines` under the same traffic, frames a second, and round trips while the terminal stalls.
 */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { cpuSeconds, end, residentOctets } from "./processes.mjs";
import { writeCapture } from "./screen-capture.mjs";
import { KEYS, openInTerminal } from "./screen-terminal.mjs";

const HELP = `npm run bench:screen -- [OPTION]...

  --exchanges N     of the capture (1000000)
  --connections N   that they are of (20)
  --seconds N       how long either proxy is measured in a live round (8)
  --rate N          exchanges a second (2000)
  --rounds N        live rounds (2)
  --only PART       capture, live, or stall (may be given again)
  --size CxR        of the terminal (may be given again; 200x60 and 80x24)
  --profile DIR     the screen's process writes processor profiles there
  --help`;

const { values: options } = parseArgs({
  options: {
    exchanges: { type: "string", default: "1000000" },
    connections: { type: "string", default: "20" },
    seconds: { type: "string", default: "8" },
    rate: { type: "string", default: "2000" },
    rounds: { type: "string", default: "2" },
    only: { type: "string", multiple: true, default: ["capture", "live", "stall"] },
    size: { type: "string", multiple: true, default: ["200x60", "80x24"] },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const WARM_UP_MS = 20_000;
/** Of the traffic, for either proxy. */
const TURN_MS = 2000;
let lastReady = 0;
const scratch = mkdtempSync(join(tmpdir(), "imapscope-screen-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const nodeOptions = options.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profile}`];
const sizes = options.size.map((size) => {
  const [columns, rows] = size.split("x").map(Number);
  return { name: size, columns, rows };
});

const number = (value, digits = 1) => value.toFixed(digits);
const say = (text) => console.log(text);

if (options.only.includes("capture")) {
  const path = join(scratch, "large.imapcap");
  const exchanges = Number(options.exchanges);
  writeCapture(path, { exchanges, connections: Number(options.connections) });
  const megabytes = number(statSync(path).size / 1e6, 0);
  say(`\na capture of ${exchanges} exchanges in ${options.connections} connections, ${megabytes} MB`);
  for (const size of sizes) await measureCapture(path, size, exchanges);
}
for (const size of sizes) {
  if (options.only.includes("live"))
    for (let round = 0; round < Number(options.rounds); round++) await measureLive(size);
  if (options.only.includes("stall")) await measureStall(size);
}

async function measureCapture(path, size, exchanges) {
  const terminal = openInTerminal(["view", path], { ...size, nodeOptions });
  const cpu = () => cpuSeconds(terminal.pid);
  const onScreen = (text) => (line) => screenHas(line, size.rows, text);
  try {
    const first = await terminal.until((line) => line(3).trim() !== "", terminal.began);
    const before = residentOctets(terminal.pid);
    say(`view, ${size.name}:
  first screen after ${number(first, 0)} ms (${number(cpu() * 1000, 0)} ms of CPU)`);
    const total = (exchanges + 2 * Number(options.connections)).toLocaleString("en");
    const isOver = (line) => line(0).includes(` ${total} exchanges`) && !line(0).includes("reading");
    const during = await pressKeys(terminal, () => !isOver(terminal.line), 10_000);
    const indexed = await terminal.until(isOver, terminal.began);
    say(`  all indexed after ${number(indexed / 1000)} s, ${number((cpu() * 1e6) / exchanges)} µs of CPU an exchange
  keys while indexing: ${words(during)}`);
    await wait(1500);
    say(`  keys afterwards: ${words(await pressKeys(terminal, () => true, 4))}`);
    const resident = residentOctets(terminal.pid);
    say(
      `  memory ${number(resident / 1e6, 0)} MB, ${number((resident - before) / exchanges, 0)} octets an exchange over the ${number(before / 1e6, 0)} MB of the first screen`,
    );
    await terminal.press("G", (line) => line(0).includes("FOLLOW"));
    const recallCpu = cpu();
    const recall = await terminal.press("\r", onScreen("C: x"));
    say(
      `  the last exchange looked into after ${number(recall, 0)} ms (${number((cpu() - recallCpu) * 1000, 0)} ms of CPU)`,
    );
    await terminal.press("h", (line) => !onScreen("1 dialogue")(line));
    await terminal.press("/", onScreen("/"));
    const searchCpu = cpu();
    const found = await terminal.press("status:no\r", (line) => /status:no \([\d,]+\)/.test(line(0)));
    say(`  status:no searched in ${number(found / 1000)} s (${number(cpu() - searchCpu)} s of CPU)
  ${terminal.line(0).trim().replaceAll(/\s+/g, " ")}`);
  } finally {
    await terminal.end();
  }
}

function screenHas(line, rows, text) {
  for (let y = 0; y < rows; y++) if (line(y).includes(text)) return true;
  return false;
}

/** Presses all keys over and over, a number of times or as long as `goesOn`. */
async function pressKeys(terminal, goesOn, times) {
  const taken = [];
  for (let i = 0; i < times && goesOn(); i++) {
    // To the end of the table: its last keys lead back to where its first ones begin.
    for (const [key, isShown] of KEYS) {
      taken.push(await terminal.press(key, isShown));
      await wait(37);
    }
  }
  return taken;
}

function words(taken) {
  const sorted = [...taken].sort((one, other) => one - other);
  const at = (share) => number(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${taken.length} keys)`;
}

/** Both ends of the proxies. */
async function startTraffic() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "screen-traffic.mjs"), options.rate], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  process.on("exit", () => child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const port = Number(await next());
  return {
    port,
    goThrough: (proxy) => child.stdin.write(`${proxy}\n`),
    report: async () => {
      child.stdin.write("\n");
      return JSON.parse(await next());
    },
    end: () => end(child),
  };
}

function proxyWords(port, how, ready) {
  const listen = ["--listen", "imap://127.0.0.1:0", "--ready-file", ready];
  return ["proxy", `imap://127.0.0.1:${port}`, ...listen, "--ca-dir", join(scratch, "ca"), how];
}

async function started(ready) {
  for (let i = 0; i < 400; i++) {
    try {
      const port = /:(\d+)\n/.exec(readFileSync(ready, "utf8"))?.[1];
      if (port !== undefined) return Number(port);
    } catch {
      // Not yet.
    }
    await wait(50);
  }
  throw new Error("the proxy does not start");
}

/**
 * Both are there all the time, and get the traffic in turns: what changes the speed of a machine meanwhile, and it may be a third
 * from minute to minute, changes it for both.
 */
async function measureLive(size) {
  await withTraffic(async (traffic) => {
    const lines = startLines(traffic.port);
    const screen = openScreen(traffic.port, size);
    try {
      const runs = [await watched(lines), await watched(screen)];
      for (const run of runs) await run.take(traffic, WARM_UP_MS);
      for (const run of runs) run.begin();
      for (let turn = 0; turn < (2 * Number(options.seconds) * 1000) / TURN_MS; turn++) {
        // One first, then the other first: A B B A.
        await runs[((turn + 1) >> 1) % 2].take(traffic, TURN_MS);
      }
      const [linesRun, screenRun] = runs.map((run) => run.read());
      const one = ({ exchanges, seconds, share, p50, p99 }) =>
        `${number(exchanges / seconds, 0)} exchanges/s, ${number(100 * share)} % of a core, ${number((share * seconds * 1e6) / exchanges)} µs an exchange, round trips ${number(p50)} / ${number(p99)} ms (p50 / p99)`;
      say(`live, ${size.name}:
  --lines: ${one(linesRun)}
  --tui:   ${one(screenRun)}, ${number(screenRun.frames)} frames/s
  the screen's own share: ${number(100 * (screenRun.share - linesRun.share))} % of a core`);
    } finally {
      await traffic.end();
      await Promise.all([lines.end(), screen.end()]);
    }
  });
}

function startLines(port) {
  const ready = join(scratch, `ready-${++lastReady}`);
  const nowhere = openSync("/dev/null", "w");
  const main = join(import.meta.dirname, "../../dist/cli/main.js");
  const child = spawn(process.execPath, [...nodeOptions, main, ...proxyWords(port, "--lines", ready)], {
    stdio: ["ignore", nowhere, "ignore"],
  });
  closeSync(nowhere);
  return { pid: child.pid, ready, frames: { count: 0 }, end: () => end(child) };
}

function openScreen(port, size) {
  const ready = join(scratch, `ready-${++lastReady}`);
  const terminal = openInTerminal(proxyWords(port, "--tui", ready), {
    ...size,
    emulated: false,
    nodeOptions,
  });
  return { ...terminal, ready };
}

/** What a proxy takes and does in its turns. */
async function watched({ pid, ready, frames }) {
  const port = await started(ready);
  let sums = { used: 0, seconds: 0, exchanges: 0, frames: 0 };
  let trips = [];
  return {
    begin: () => {
      sums = { used: 0, seconds: 0, exchanges: 0, frames: 0 };
      trips = [];
    },
    take: async (traffic, forMs) => {
      traffic.goThrough(port);
      await traffic.report();
      const before = { cpu: cpuSeconds(pid), frames: frames.count, at: performance.now() };
      await wait(forMs);
      sums.used += cpuSeconds(pid) - before.cpu;
      sums.seconds += (performance.now() - before.at) / 1000;
      sums.frames += frames.count - before.frames;
      const report = await traffic.report();
      sums.exchanges += report.exchanges;
      trips.push(report);
    },
    read: () => {
      const median = (key) => trips.map((trip) => trip[key]).sort((a, b) => a - b)[trips.length >> 1];
      const { used, seconds, exchanges } = sums;
      const perSecond = { share: used / seconds, frames: sums.frames / seconds };
      return { ...perSecond, seconds, exchanges, p50: median("p50"), p99: median("p99") };
    },
  };
}

/** Whoever has a proxy ends the traffic first: a proxy waits for its clients. */
async function withTraffic(run) {
  const traffic = await startTraffic();
  try {
    return await run(traffic);
  } finally {
    await traffic.end();
  }
}

async function measureStall(size) {
  const ready = join(scratch, `ready-${++lastReady}`);
  await withTraffic(async (traffic) => {
    const terminal = openInTerminal(proxyWords(traffic.port, "--tui", ready), { ...size, emulated: false });
    try {
      traffic.goThrough(await started(ready));
      await wait(WARM_UP_MS);
      await traffic.report();
      await wait(3000);
      const before = await traffic.report();
      terminal.stall();
      await wait(1000);
      await traffic.report();
      await wait(3000);
      const stalled = await traffic.report();
      const one = ({ exchanges, seconds, p50, p99 }) =>
        `${number(exchanges / seconds, 0)} exchanges/s, ${number(p50)} / ${number(p99)} ms`;
      say(`a terminal that stalls, ${size.name}: before ${one(before)}; stalled ${one(stalled)}`);
    } finally {
      await terminal.end();
    }
  });
}
