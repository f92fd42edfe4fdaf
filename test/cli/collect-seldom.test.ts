import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { growthPercent } from "../../src/cli/collect-seldom.ts";
import { scriptArguments } from "../script.ts";

const MiB = 1024 * 1024;

test("a small heap may grow by the same octets, whatever its size; a large one as V8 wants", () => {
  assert.equal(growthPercent(8 * MiB), 1200);
  assert.equal(growthPercent(32 * MiB), 300);
  assert.equal(growthPercent(33 * MiB), 0);
  assert.equal(growthPercent(500 * MiB), 0);
});

test("gibibytes may pass through a small heap without its being collected as a whole more than now and then", {
  // What later ones make of the same flag is their affair; nothing depends on it but speed.
  skip: !process.version.startsWith("v20."),
}, () => {
  const script = scriptArguments("cli/collecting-process.ts");
  const log = execFileSync(process.execPath, ["--trace-gc", ...script], { encoding: "utf8" });
  const whole = log.match(/Mark-Compact/g)?.length ?? 0;
  // Ten a GiB without it, at the least. A busy machine gives octets back late, which V8 takes for growth now and then.
  assert.ok(whole <= 10, log);
});
