/** A file without a name: only this process can read it, and nothing is left of it when the process ends, however it ends. */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImapscopeError } from "../errors.ts";
import { systemCode, systemReason } from "./system-error.ts";

/** @throws the system's error */
export async function openTemporaryFile(folder: string = tmpdir()): Promise<FileHandle> {
  const path = join(folder, `imapscope-${randomUUID()}`);
  const handle = await open(path, "wx+", 0o600);
  try {
    await rm(path);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

/**
 * Makes such files or writes to them, for those whose user has to mend it where that fails.
 * @throws ImapscopeError ERR_TEMPORARY_UNWRITABLE in place of the system's error
 */
export async function withTemporary<T>(work: () => Promise<T>, folder: string = tmpdir()): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    const reason = systemReason(error);
    throw new ImapscopeError("ERR_TEMPORARY_UNWRITABLE", { folder, reason }, { cause: error });
  }
}
