/**
 * How fast the core is, on one core, without sockets: octets through the intake (framing, masking), the observer (parsing,
 * attribution, rules) at each depth, and both together; beside them node-imap's parser, which looks at tokens only.
 *
 *     npx tsc -b && node test/bench/core.mjs [WORD]
 *
 * It measures what is shipped, `dist`, and without tsx, which names every closure and so costs what the program does not. A
 * WORD chooses workloads by a part of their name. Figures are medians of the processor time of nine runs, each a connection
 * of its own, after twelve to warm up. Each contender has a process of its own: what one teaches the compiler slows the next.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createIntake } from "../../dist/core/intake.js";
import { createObserver } from "../../dist/core/observe.js";
import { workloads } from "./workloads.mjs";

const RUNS = 9;
const WARM_UP = 12;

const nothing = () => {};

/** For each contender: makes a connection, takes it to where the measurement begins, and gives what is to be measured. */
const CONTENDERS = new Map([
  ["intake", (workload) => through(intakeInto(nothing), workload)],
  ["observer, skim", (workload) => through(observing("skim"), workload)],
  ["observer, shallow", (workload) => through(observing("shallow"), workload)],
  ["observer, full", (workload) => through(observing("full"), workload)],
  ["intake + observer, skim", (workload) => through(intakeInto(observing("skim")), workload)],
  ["intake + observer, shallow", (workload) => through(intakeInto(observing("shallow")), workload)],
  ["intake + observer, full", (workload) => through(intakeInto(observing("full")), workload)],
  ["node-imap's parser", nodeImap],
]);

function observing(depth) {
  return createObserver({ emit: nothing, depth }).take;
}

function intakeInto(emit) {
  const intake = createIntake({ keepSecrets: false, emit });
  return (event) => intake.take(event);
}

function through(take, { before, events }) {
  for (const event of before) take(event);
  return () => {
    for (const event of events) take(event);
  };
}

/** The events of the server only; bodies are read and thrown away. Done with the last tagged response. */
function nodeImap({ events }) {
  const { Parser } = createRequire(import.meta.url)("imap/lib/Parser.js");
  return () =>
    new Promise((resolve) => {
      const stream = new Readable({ read: nothing, highWaterMark: 1 << 30 });
      for (const { from, bytes } of events) if (from === "server") stream.push(bytes);
      let awaited = 0;
      for (const { from, bytes } of events) {
        if (from === "client") awaited += bytes.filter((octet) => octet === 10).length;
      }
      const parser = new Parser(stream);
      parser.on("body", (body) => body.resume());
      parser.on("untagged", nothing);
      parser.on("tagged", () => {
        if (--awaited === 0) resolve();
      });
    });
}

/** Processor time of one run in microseconds, with the collection of its garbage. */
async function run(contender, workload) {
  const measured = contender(workload);
  const before = process.cpuUsage();
  await measured();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

async function measure(name, workload) {
  const times = [];
  for (let round = 0; round < WARM_UP + RUNS; round++) {
    const micros = await run(CONTENDERS.get(name), workload);
    if (round >= WARM_UP) times.push(micros);
  }
  const micros = times.sort((a, b) => a - b)[RUNS >> 1];
  const rate = (workload.octets / micros).toFixed(1);
  const each = (micros / workload.units).toFixed(2);
  console.log(`  ${name.padEnd(28)}${rate.padStart(9)} MB/s ${each.padStart(9)} µs a response`);
}

const [word = "", only] = process.argv.slice(2);
for (const workload of workloads().filter(({ name }) => name.includes(word))) {
  if (only !== undefined) {
    await measure(only, workload);
    continue;
  }
  console.log(`${workload.name}: ${(workload.octets / 1e6).toFixed(1)} MB, ${workload.units} responses`);
  for (const name of CONTENDERS.keys()) {
    const self = fileURLToPath(import.meta.url);
    spawnSync(process.execPath, [self, workload.name, name], { stdio: "inherit" });
  }
}
