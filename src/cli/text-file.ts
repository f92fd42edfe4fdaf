/** Small files that are named on the command line: certificates to read, ports and reports to write. */
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import { type ErrorCode, ImapscopeError } from "../errors.ts";
import { temporaryBeside } from "../files/replace-file.ts";

/**
 * The text of a file, or nothing of none.
 * @throws ImapscopeError of that code, with the reason
 */
export async function readText(path: string | undefined, code: ErrorCode): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new ImapscopeError(code, { reason: reasonOf(cause) }, { cause });
  }
}

/**
 * Writes a file for whoever waits for it: it is there with all of its text or not at all. What is no file, such as a pipe, is
 * written to.
 * @throws ImapscopeError of that code, with the path and the reason
 */
export async function writeText(path: string, text: string, code: ErrorCode): Promise<void> {
  try {
    if (!(await putInPlace(path, text))) await writeFile(path, text);
  } catch (cause) {
    throw new ImapscopeError(code, { path, reason: reasonOf(cause) }, { cause });
  }
}

/** False where that cannot be done: the folder may be one in which nothing can be made, and the file one that can be written. */
async function putInPlace(path: string, text: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile() === false) return false;
  const temporary = temporaryBeside(path);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, path);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
