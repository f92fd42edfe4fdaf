/**
 * How fast the core is, on one core, without sockets: octets through the intake (framing, masking), the observer (parsing,
 * attribution, rules) at both depths, and both together; beside them node-imap's parser, which looks at tokens only.
 *
 *     npx tsc -b && node --import tsx test/bench/core.ts [WORD]
 *
 * It measures what is shipped, `dist`: tsx names every closure, which costs what closures do not. A WORD chooses workloads by
 * a part of their name. Figures are medians of the processor time of five runs, each a connection of its own, after three to warm up.
 */
import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type * as IntakeModule from "../../src/core/intake.ts";
import type * as ObserveModule from "../../src/core/observe.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { type Workload, workloads } from "./workloads.ts";

const RUNS = 5;
const WARM_UP = 3;
const OPTIONS = ["--expose-gc", "--import", "tsx"];

const core = new URL(process.env["BENCH_CORE"] ?? "../../dist/core/", import.meta.url);
const { createIntake } = (await import(new URL("intake.js", core).href)) as typeof IntakeModule;
const { createObserver } = (await import(new URL("observe.js", core).href)) as typeof ObserveModule;

/** Makes a connection and takes it to where the measurement begins; gives what is to be measured. */
type Contender = (workload: Workload) => () => void | Promise<void>;

const nothing = (): void => {};

function through(take: (event: WireEvent) => unknown, { before, events }: Workload): () => void {
  for (const event of before) take(event);
  return () => {
    for (const event of events) take(event);
  };
}

const CONTENDERS: readonly (readonly [name: string, contender: Contender])[] = [
  ["intake", (workload) => through(createIntake({ keepSecrets: false, emit: nothing }).take, workload)],
  [
    "observer, shallow",
    (workload) => through(createObserver({ emit: nothing, depth: "shallow" }).take, workload),
  ],
  ["observer, full", (workload) => through(createObserver({ emit: nothing, depth: "full" }).take, workload)],
  ["intake + observer, shallow", (workload) => both(workload, "shallow")],
  ["intake + observer, full", (workload) => both(workload, "full")],
  ["node-imap's parser", nodeImap],
];

function both(workload: Workload, depth: "shallow" | "full"): () => void {
  const observer = createObserver({ emit: nothing, depth });
  return through(createIntake({ keepSecrets: false, emit: observer.take }).take, workload);
}

interface NodeImapParser {
  on: (event: string, listener: (...values: never[]) => void) => void;
}

/** The events of the server only; bodies are read and thrown away. */
function nodeImap({ events }: Workload): () => Promise<void> {
  return async () => {
    const { default: imap } = (await import("imap/lib/Parser.js" as string)) as {
      default: { readonly Parser: new (stream: Readable) => NodeImapParser };
    };
    const stream = new Readable({ read: nothing, highWaterMark: 1 << 30 });
    for (const { from, bytes } of events) if (from === "server") stream.push(bytes);
    const parser = new imap.Parser(stream);
    parser.on("body", (body: Readable) => void body.resume());
    parser.on("untagged", nothing);
    const seen = new Promise<void>((resolve) => {
      const last = events.findLast(({ from }) => from === "server");
      let tagged = 0;
      const awaited = last === undefined ? 0 : completions(events);
      parser.on("tagged", () => {
        if (++tagged === awaited) resolve();
      });
    });
    await seen;
  };
}

function completions(events: Workload["events"]): number {
  return events.filter(({ from }) => from === "client").reduce((sum, { bytes }) => sum + lines(bytes), 0);
}

function lines(bytes: Uint8Array): number {
  return bytes.reduce((count, octet) => (octet === 10 ? count + 1 : count), 0);
}

/** Processor time of one run in microseconds, with the collection of its garbage. */
async function run(contender: Contender, workload: Workload): Promise<number> {
  const measured = contender(workload);
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.cpuUsage();
  await measured();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function medianOf(contender: Contender, workload: Workload): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + RUNS; round++) {
    const micros = await run(contender, workload);
    if (round >= WARM_UP) times.push(micros);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? 0;
}

const [word = "", chosen] = process.argv.slice(2);
for (const workload of workloads().filter(({ name }) => name.includes(word))) {
  const title = `${workload.name}: ${(workload.octets / 1e6).toFixed(1)} MB, ${workload.units} responses`;
  if (chosen === undefined) console.log(title);
  for (const [name, contender] of CONTENDERS) {
    if (chosen === undefined) {
      // A process of its own: what one contender teaches the compiler must not slow the next one.
      const self = fileURLToPath(import.meta.url);
      spawnSync(process.execPath, [...OPTIONS, self, workload.name, name], { stdio: "inherit" });
    } else if (chosen === name) {
      const micros = await medianOf(contender, workload);
      const rate = (workload.octets / micros).toFixed(1);
      const each = (micros / workload.units).toFixed(2);
      console.log(`  ${name.padEnd(28)}${rate.padStart(9)} MB/s ${each.padStart(9)} µs a response`);
    }
  }
}
