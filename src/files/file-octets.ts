/** The octets of a file that may still be growing. */
import { watch } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";

const CHUNK_OCTETS = 256 * 1024;
/** How long a change may go unseen where the system does not tell of it. */
const POLL_MS = 150;

export interface FileOctetsOptions {
  /** Asked at every end of the file: whether to wait for more. */
  readonly follow: () => boolean;
  /** Ends the reading, also while it waits. */
  readonly signal?: AbortSignal | undefined;
}

/** How a reading ended: at the end of the file, by the signal, or because the file is another one now, or shorter. */
export type ReadingEnd = "end" | "aborted" | "replaced";

/**
 * Yields the octets of a file from its beginning, each chunk in memory of its own, and returns how it ended. Opens the
 * file at the first `next` and closes it in any case.
 *
 * @throws the system's error where the file cannot be read
 */
export async function* fileOctets(
  path: string,
  options: FileOctetsOptions,
): AsyncGenerator<Uint8Array, ReadingEnd, undefined> {
  const { follow, signal } = options;
  const handle = await open(path, "r");
  const changes = follow() ? watchChanges(path) : undefined;
  try {
    for (let position = 0; ; ) {
      if (signal?.aborted === true) return "aborted";
      const chunk = await readAt(handle, position);
      if (chunk.length > 0) {
        position += chunk.length;
        yield chunk;
      } else if (!follow()) return "end";
      else if (await isReplaced(handle, path, position)) return "replaced";
      else await changes?.next(signal);
    }
  } finally {
    changes?.stop();
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_OCTETS);
  const { bytesRead } = await handle.read(buffer, 0, CHUNK_OCTETS, position);
  // A few octets of a growing file must not keep a whole buffer.
  return bytesRead < CHUNK_OCTETS / 2
    ? Uint8Array.from(buffer.subarray(0, bytesRead))
    : buffer.subarray(0, bytesRead);
}

/** A removed file may still be written to, and is not replaced. */
async function isReplaced(handle: FileHandle, path: string, position: number): Promise<boolean> {
  const ours = await handle.stat();
  if (ours.isFile() && ours.size < position) return true;
  const theirs = await stat(path).catch(() => undefined);
  return theirs !== undefined && (theirs.ino !== ours.ino || theirs.dev !== ours.dev);
}

interface Changes {
  /** Resolves at a change since the last call, at the next poll, or at the signal. */
  readonly next: (signal: AbortSignal | undefined) => Promise<void>;
  readonly stop: () => void;
}

function watchChanges(path: string): Changes {
  let changed = false;
  let wake: (() => void) | undefined;
  const onChange = (): void => {
    changed = true;
    wake?.();
  };
  const stop = watchPath(path, onChange);

  function next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        wake = undefined;
        changed = false;
        resolve();
      };
      const timer = setTimeout(done, POLL_MS);
      wake = done;
      signal?.addEventListener("abort", done);
      if (changed || signal?.aborted === true) done();
    });
  }

  return { next, stop };
}

/** Where the system cannot watch (no more watches, a network file system), polling alone finds the changes. */
function watchPath(path: string, onChange: () => void): () => void {
  try {
    const watcher = watch(path, onChange);
    watcher.on("error", () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
