/** A folder of its own for the files of a test, removed with the test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

export function scratchPath(context: TestContext, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "imapscope-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
