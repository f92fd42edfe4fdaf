import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("where everything is replaced after a while, not much more is in memory than is kept", {
  // What later ones make of the same flag is their affair; nothing depends on it but memory.
  skip: !process.version.startsWith("v20."),
}, () => {
  const script = fileURLToPath(new URL("./soon-collecting-process.ts", import.meta.url));
  const run = execFileSync(process.execPath, ["--import", "tsx", script], { encoding: "utf8" });
  const { kept, most }: { kept: number; most: number } = JSON.parse(run);
  assert.ok(most < 3 * kept, run);
});
