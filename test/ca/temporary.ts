/** Throw-away directories for tests that write files. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

/** A fresh directory that is removed after the tests of the file. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "imapscope-test-"));
  after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
