/** Small files that are named on the command line: certificates to read, ports and reports to write. */
import { readFile, writeFile } from "node:fs/promises";
import { type ErrorCode, ImapscopeError } from "../errors.ts";

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

/** @throws ImapscopeError of that code, with the path and the reason */
export async function writeText(path: string, text: string, code: ErrorCode): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new ImapscopeError(code, { path, reason: reasonOf(cause) }, { cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
