/** The file that a recorder writes to: made anew, readable by its owner only, written by position. */
import { constants, writeSync as writeToDescriptor } from "node:fs";
import { type FileHandle, lstat, open, readlink, rm, stat } from "node:fs/promises";
import { ImapscopeError } from "../errors.ts";
import { systemCode, systemReason } from "./system-error.ts";

/**
 * Through the system's memory, or `direct`: from the caller's memory to the device, without a copy that the system would have
 * to find memory for. That needs memory, position and size at the borders of pages; where it cannot be done, it is `cached`.
 */
export type WritingWay = "direct" | "cached";

/**
 * Writes stand at positions, so that writing the same octets again, when a crash interrupts a write that is under way, does
 * no harm.
 */
export interface CaptureFile {
  /** Writes all octets of runs that stand one behind the other, or rejects with the system's error. */
  readonly write: (runs: readonly Uint8Array[], position: number, way?: WritingWay) => Promise<void>;
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
    if (!(await isReplaceable(path))) {
      throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: "it is not a regular file" });
    }
    if (options.force) await rm(path, { force: true });
    return captureFile(path, await open(path, "wx", 0o600));
  } catch (cause) {
    if (cause instanceof ImapscopeError) throw cause;
    if (systemCode(cause) === "EEXIST") throw new ImapscopeError("ERR_CAPTURE_EXISTS", { path }, { cause });
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
}

/**
 * Whether what has that name may be replaced, if anything has. Devices, pipes and folders are never a capture that somebody wants to
 * replace, nor are links to them; a link of the system to an open file (/dev/stdout) is not ours to remove, whatever the file is.
 */
async function isReplaceable(path: string): Promise<boolean> {
  try {
    const found = await lstat(path);
    if (!found.isSymbolicLink()) return found.isFile();
    if (/^\/proc\/|^pipe:|^socket:/.test(await readlink(path))) return false;
    return (await stat(path)).isFile();
  } catch (error) {
    // A link that leads nowhere, too.
    if (systemCode(error) === "ENOENT") return true;
    throw error;
  }
}

function captureFile(path: string, handle: FileHandle): CaptureFile {
  /** The same file, opened to be written to directly; made when it is first needed. */
  let direct: Promise<FileHandle | undefined> | undefined;

  async function write(runs: readonly Uint8Array[], position: number, way?: WritingWay): Promise<void> {
    let at = way === "direct" ? await writeDirectly(runs, position) : 0;
    for (let left = behind(runs, at); left.length > 0; ) {
      const { bytesWritten } = await handle.writev(left, position + at);
      at += bytesWritten;
      left = behind(left, bytesWritten);
    }
  }

  /** Gives how many octets were written; what has failed is tried again the other way, which tells why. */
  async function writeDirectly(runs: readonly Uint8Array[], position: number): Promise<number> {
    direct ??= reopenDirect(handle);
    const opened = await direct;
    try {
      return (await opened?.writev(runs, position))?.bytesWritten ?? 0;
    } catch {
      direct = Promise.resolve(undefined);
      await opened?.close();
      return 0;
    }
  }

  function writeSync(bytes: Uint8Array, position: number): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeToDescriptor(handle.fd, bytes, at, bytes.length - at, position + at);
    }
  }

  async function close(): Promise<void> {
    await (await direct)?.close();
    await handle.close();
  }

  async function discard(): Promise<void> {
    await close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
  }

  return { write, writeSync, sync: () => handle.sync(), close, discard };
}

/** What is left of runs behind so many octets of theirs. */
function behind(runs: readonly Uint8Array[], octets: number): readonly Uint8Array[] {
  let over = octets;
  return runs.flatMap((run) => {
    const written = Math.min(over, run.length);
    over -= written;
    return written === run.length ? [] : [run.subarray(written)];
  });
}

/** By its descriptor, so that it is the same file for certain; only Linux has such a path, and only some file systems do it. */
function reopenDirect(handle: FileHandle): Promise<FileHandle | undefined> {
  const flags = constants.O_WRONLY | constants.O_DIRECT;
  return open(`/proc/self/fd/${handle.fd}`, flags).catch(() => undefined);
}
