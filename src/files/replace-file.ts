/** Writes a file so that it is there whole or not at all: under another name first, in the same folder. */
import { randomUUID } from "node:crypto";
import { type FileHandle, lstat, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ImapscopeError } from "../errors.ts";
import { systemCode, systemReason } from "./system-error.ts";

/** Octets that are gathered before they are written. */
const PIECE_OCTETS = 256 * 1024;

/** A free name in the folder of a file, for what is to be moved into its place when it is whole. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}`);
}

export interface WholeFile {
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Gives `make` a file to write to, mode 0600, and puts it in its place when that is done. Where `make` fails, or a write,
 * nothing is left of it, and what was there before is as it was.
 *
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, and what `make` throws
 */
export async function writeWholeFile(
  path: string,
  { force }: { readonly force: boolean },
  make: (file: WholeFile) => Promise<void>,
): Promise<void> {
  const place = await placeOf(path, force);
  const temporary = temporaryBeside(place);
  const unwritable = (cause: unknown): ImapscopeError =>
    new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  let handle: FileHandle;
  try {
    handle = await open(temporary, "wx", 0o600);
  } catch (cause) {
    throw unwritable(cause);
  }
  try {
    await fill(handle, make, unwritable);
    try {
      if (!force) await reserve(path, place);
      await rename(temporary, place);
    } catch (cause) {
      throw cause instanceof ImapscopeError ? cause : unwritable(cause);
    }
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function fill(
  handle: FileHandle,
  make: (file: WholeFile) => Promise<void>,
  unwritable: (cause: unknown) => ImapscopeError,
): Promise<void> {
  let waiting: Uint8Array[] = [];
  let octets = 0;
  const flush = async (): Promise<void> => {
    const all = Buffer.concat(waiting);
    waiting = [];
    octets = 0;
    try {
      for (let at = 0; at < all.length; ) at += (await handle.write(all, at)).bytesWritten;
    } catch (cause) {
      throw unwritable(cause);
    }
  };
  try {
    await make({
      write: async (bytes) => {
        waiting.push(bytes);
        octets += bytes.length;
        if (octets >= PIECE_OCTETS) await flush();
      },
    });
    await flush();
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}

/** Where links lead, if the file is to be replaced; devices and folders are never a capture to be replaced. */
async function placeOf(path: string, force: boolean): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return path;
  if (!force) throw new ImapscopeError("ERR_CAPTURE_EXISTS", { path });
  const place = await realpath(path).catch(() => path);
  const target = await lstat(place).catch(() => undefined);
  if (target?.isFile() === false && !target.isSymbolicLink()) {
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: "it is not a regular file" });
  }
  return place;
}

/** Takes the name, so that nothing that was put there meanwhile is replaced. */
async function reserve(path: string, place: string): Promise<void> {
  try {
    await (await open(place, "wx", 0o600)).close();
  } catch (cause) {
    if (systemCode(cause) === "EEXIST") throw new ImapscopeError("ERR_CAPTURE_EXISTS", { path }, { cause });
    throw cause;
  }
}
