/** A file without a name: only this process can read it, and nothing is left of it when the process ends, however it ends. */
import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
