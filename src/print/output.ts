/**
 * Writes lines to a stream that may be slow or gone, and never waits for it: what the stream does not take in time is
 * dropped and counted, since a terminal or pipe that stalls must not stall the relay. A write costs more than making a line
 * does, so the lines of one turn of the event loop are written together at its end.
 */
import type { Writable } from "node:stream";

/** Octets that may wait in the stream. */
const BOUND_OCTETS = 1024 * 1024;
/** Characters that are gathered before they are written: no more than a write is worth. */
const GATHERED = 64 * 1024;

export interface OutputOptions {
  readonly stream: Writable;
  /** Octets that may wait in the stream before lines are dropped; 1 MiB where it is left out. */
  readonly boundOctets?: number;
  /** What to say, with its line end, once there is room again after that many lines were dropped. */
  readonly dropped: (lines: number) => string;
  /** Told once when nobody reads any longer (EPIPE) or the stream failed otherwise. */
  readonly onGone?: (error: Error) => void;
}

export interface Output {
  /** Takes whole lines. Never throws and never waits. */
  readonly write: (lines: string) => void;
  /** Lines dropped so far. */
  readonly droppedLines: () => number;
  /** Resolves when the stream can take more without dropping lines: for writers that can wait. */
  readonly room: () => Promise<void>;
  /** Resolves when everything taken was written, or nobody reads any longer. Writes nothing more after it. */
  readonly end: () => Promise<void>;
}

export function createOutput({ stream, boundOctets = BOUND_OCTETS, dropped, onGone }: OutputOptions): Output {
  let unsaid = 0;
  let total = 0;
  let gone = false;
  let ended = false;
  let gathered = "";

  setNonBlocking(stream);
  // A reader that went away (`| head`) is no error of ours: it ends the output and nothing else.
  stream.on("error", (error: Error) => {
    if (gone) return;
    gone = true;
    onGone?.(error);
  });
  stream.on("drain", () => {
    sayDropped();
    give();
  });

  function sayDropped(): void {
    if (unsaid === 0) return;
    gathered += dropped(unsaid);
    unsaid = 0;
  }

  function give(): void {
    const lines = gathered;
    gathered = "";
    if (lines !== "" && !gone) stream.write(lines);
  }

  function waiting(): number {
    return stream.writableLength + gathered.length;
  }

  return {
    write(lines) {
      if (gone || ended) return;
      if (waiting() > boundOctets) {
        const count = countLines(lines);
        unsaid += count;
        total += count;
        return;
      }
      if (gathered === "") queueMicrotask(give);
      sayDropped();
      gathered += lines;
      if (gathered.length > GATHERED) give();
    },
    droppedLines: () => total,
    room() {
      if (waiting() * 2 <= boundOctets) return Promise.resolve();
      give();
      return flushed(stream, () => gone);
    },
    end() {
      ended = true;
      sayDropped();
      give();
      return flushed(stream, () => gone);
    },
  };
}

/** Resolves once the stream has taken all that was written to it, or is gone. The stream stays open: it may be stdout. */
function flushed(stream: Writable, isGone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off("error", done).off("close", done);
      resolve();
    };
    if (isGone() || stream.destroyed || stream.writableEnded) {
      resolve();
      return;
    }
    stream.once("error", done).once("close", done);
    stream.write("", done);
  });
}

/** Node writes to a terminal synchronously, so that a stopped one (Ctrl-S) would stop the process. */
function setNonBlocking(stream: Writable): void {
  if (!("isTTY" in stream) || stream.isTTY !== true || !("_handle" in stream)) return;
  const handle: unknown = stream._handle;
  if (typeof handle !== "object" || handle === null || !("setBlocking" in handle)) return;
  if (typeof handle.setBlocking === "function") handle.setBlocking(false);
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return Math.max(1, lines);
}
