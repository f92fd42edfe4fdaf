import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { scriptArguments } from "../script.ts";

test("where everything is replaced after a while, not much more is in memory than is kept", {
  // What later ones make of the same flag is their affair; nothing depends on it but memory.
  skip: !process.version.startsWith("v20."),
}, () => {
  const script = scriptArguments("cli/soon-collecting-process.ts");
  const run = execFileSync(process.execPath, script, { encoding: "utf8" });
  const { kept, most }: { kept: number; most: number } = JSON.parse(run);
  assert.ok(most < 3 * kept, run);
});
