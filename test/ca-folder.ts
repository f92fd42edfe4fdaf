/** A folder with a CA, for tests of other things: to make one takes longer than most of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let own: string | undefined;

/** The one that all tests share (test/run.mjs makes it), else one of this process, whose first user makes the CA. Not to be written into. */
export function caFolder(): string {
  return process.env["IMAPSCOPE_TESTS_CA"] ?? ownFolder();
}

function ownFolder(): string {
  if (own !== undefined) return own;
  const folder = mkdtempSync(join(tmpdir(), "imapscope-tests-ca-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  own = folder;
  return folder;
}
