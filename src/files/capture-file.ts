/** The file that a recorder writes to: made anew, readable by its owner only, written by position. */
import { writeSync as writeToDescriptor } from "node:fs";
import { type FileHandle, lstat, open, rm } from "node:fs/promises";
import { ImapscopeError } from "../errors.ts";
import { systemCode, systemReason } from "./system-error.ts";

/**
 * Writes stand at positions, so that writing the same octets again, when a crash interrupts a write that is under way, does
 * no harm.
 */
export interface CaptureFile {
  /** Writes all of the octets, or rejects with the system's error. */
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  /** The same at once, for the last moments of a process. */
  readonly writeSync: (bytes: Uint8Array, position: number) => void;
  /** Waits until the device has what was written. */
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Closes and removes the file: nothing is to be left of it. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes the file, mode 0600. With `force` an existing regular file is replaced by a new one: who still reads the old one
 * keeps it, and its mode is not taken over.
 *
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE
 */
export async function createCaptureFile(
  path: string,
  options: { readonly force: boolean },
): Promise<CaptureFile> {
  try {
    if (options.force) await removeFile(path);
    return captureFile(path, await open(path, "wx", 0o600));
  } catch (cause) {
    if (cause instanceof ImapscopeError) throw cause;
    if (systemCode(cause) === "EEXIST") throw new ImapscopeError("ERR_CAPTURE_EXISTS", { path }, { cause });
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
}

/** Devices, pipes and folders are not removed: they are never a capture that somebody wants to replace. */
async function removeFile(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isFile() && !found.isSymbolicLink()) {
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: "it is not a regular file" });
  }
  await rm(path);
}

function captureFile(path: string, handle: FileHandle): CaptureFile {
  async function write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
    }
  }

  function writeSync(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeToDescriptor(handle.fd, bytes, at, bytes.length - at, position + at);
    }
  }

  async function discard(): Promise<void> {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
  }

  return { write, writeSync, sync: () => handle.sync(), close: () => handle.close(), discard };
}
