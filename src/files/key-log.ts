/**
 * The key log: a line for each secret of a TLS connection, in the form of NSS that Wireshark reads. Lines are appended as
 * they come, to a file that only its owner can read. It never harms the relay: lines wait in memory while a slow file takes
 * others, and a file that fails ends the log and nothing else.
 */
import { type FileHandle, open } from "node:fs/promises";
import { concat } from "../core/base/octets.ts";
import { ImapscopeError } from "../errors.ts";
import { systemReason } from "./system-error.ts";

export interface KeyLogFile {
  /** Appends all of the octets, or rejects with the system's error. */
  readonly append: (bytes: Uint8Array) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface KeyLogOptions {
  /** Told once when a write has failed and the log is over. */
  readonly onEnd: (error: ImapscopeError) => void;
  /** Octets that may wait to be written; a handshake brings less than 1,000. */
  readonly waitingOctets?: number;
  /** Opens the file; for tests. */
  readonly openFile?: (path: string) => Promise<KeyLogFile>;
}

export interface KeyLog {
  /** Takes a line with its line end. Never throws. */
  readonly add: (line: Uint8Array) => void;
  /** Settles when all lines are written. Never rejects. */
  readonly close: () => Promise<void>;
}

const WAITING_OCTETS = 1024 * 1024;

/** @throws ImapscopeError ERR_KEY_LOG_UNWRITABLE */
export async function openKeyLog(path: string, options: KeyLogOptions): Promise<KeyLog> {
  const bound = options.waitingOctets ?? WAITING_OCTETS;
  const file = await openOrThrow(path, options.openFile ?? openOwnFile);
  let waiting: Uint8Array[] = [];
  let waitingOctets = 0;
  let writing: Promise<void> | undefined;
  let over = false;

  function end(reason: string, cause?: unknown): void {
    if (over) return;
    over = true;
    waiting = [];
    options.onEnd(new ImapscopeError("ERR_KEY_LOG_ENDED", { path, reason }, { cause }));
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const bytes = concat(waiting);
      waiting = [];
      waitingOctets = 0;
      await file.append(bytes).catch((cause: unknown) => end(systemReason(cause), cause));
    }
    writing = undefined;
  }

  return {
    add: (line) => {
      if (over) return;
      waitingOctets += line.length;
      if (waitingOctets > bound) {
        end("the file is too slow");
        return;
      }
      waiting.push(line);
      writing ??= writeAll();
    },
    close: async () => {
      await writing;
      over = true;
      await file.close().catch(() => undefined);
    },
  };
}

async function openOrThrow(
  path: string,
  openFile: (path: string) => Promise<KeyLogFile>,
): Promise<KeyLogFile> {
  try {
    return await openFile(path);
  } catch (cause) {
    throw new ImapscopeError("ERR_KEY_LOG_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
}

async function openOwnFile(path: string): Promise<KeyLogFile> {
  const handle = await open(path, "a", 0o600);
  try {
    await closeToOthers(handle);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { append: (bytes) => handle.appendFile(bytes), close: () => handle.close() };
}

/** A log that is there already may have been made by a program that cared less. Pipes and devices are left as they are. */
async function closeToOthers(handle: FileHandle): Promise<void> {
  const found = await handle.stat();
  if (found.isFile() && (found.mode & 0o077) !== 0) await handle.chmod(0o600);
}
