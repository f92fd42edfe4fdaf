/** How a test runs a script of the tests in a process of its own. */
import { join } from "node:path";

/**
 * What node is to be given for a script, by its path below `test`: it was compiled with the tests (test/run.mjs), else tsx
 * does it.
 */
export function scriptArguments(path: string): string[] {
  const compiled = process.env["IMAPSCOPE_COMPILED_TESTS"];
  if (compiled === undefined) return ["--import", "tsx", join(import.meta.dirname, path)];
  return [join(compiled, path.replace(/\.ts$/, ".mjs"))];
}
