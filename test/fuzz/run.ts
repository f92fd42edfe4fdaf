/**
 * Runs the fuzz: every target, or those that are named, each for its share of the time.
 *
 *     npm run fuzz -- --seconds 600 --seed 7 wire captures
 *
 * What fails is shown with its seed, its path and what it was shrunk to, and belongs to the corpus (corpus.ts).
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { argumentTargets } from "./arguments.ts";
import { captureTargets } from "./capture-files.ts";
import { garbageTargets } from "./garbage.ts";
import type { Target } from "./target.ts";
import { wireTargets } from "./wire.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 0x7fffffff) },
  },
});
const all: readonly Target[] = [...wireTargets, ...captureTargets, ...argumentTargets, ...garbageTargets];
const chosen = all.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)),
);
const seed = Number(values.seed);
const shareMs = (Number(values.seconds) * 1000) / chosen.length;
if (!(shareMs > 0) || !Number.isInteger(seed)) {
  console.error(`fuzz: no such target or number; the targets are ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

process.on("uncaughtException", (error) => {
  console.error(`fuzz: an exception that nobody caught, from seed ${seed} on: ${error.stack}`);
  process.exit(1);
});

/** Tried in rounds, because fast-check's own limit of time leaves the last case running. */
const ROUND = 20;

let failed = false;
for (const { name, property, close } of chosen) {
  const until = performance.now() + shareMs;
  let runs = 0;
  let round = seed;
  for (; performance.now() < until; round += 1) {
    const details = await fc.check(property, { seed: round, numRuns: ROUND, includeErrorInReport: true });
    runs += details.numRuns;
    if (!details.failed) continue;
    failed = true;
    console.error(
      `FAILED  ${name}: npm run fuzz -- --seed ${round} ${name}\n${fc.defaultReportMessage(details)}`,
    );
    break;
  }
  await close?.();
  console.log(`${name}: ${runs} runs, seeds ${seed} to ${round}`);
}
process.exit(failed ? 1 : 0);
