/**
 * A capture that is read once and can be read again: what it holds is given as it is read, in turns of a few milliseconds, so
 * that the first of it can be shown while the rest is still being read. What cannot be sought (packed files, pipes) is
 * unpacked into a spool.
 */
import { type FileHandle, open, stat } from "node:fs/promises";
import type { CaptureHandlers } from "../core/capture/decode.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { createBlockIndex } from "./block-index.ts";
import { isGzip, type ReadCaptureOptions, readCapture } from "./capture-reader.ts";
import type { EventLog } from "./event-log.ts";
import { slicesOf } from "./event-slices.ts";
import type { ReadingEnd } from "./file-octets.ts";
import { createSpool, type SpoolOptions } from "./spool.ts";
import { systemReason } from "./system-error.ts";
import { createTurns } from "./turns.ts";

export interface CaptureLogOptions extends Pick<ReadCaptureOptions, "follow" | "signal" | "stdin"> {
  /** The bound of the spool, where one is needed. */
  readonly spool?: SpoolOptions;
}

export interface CaptureLog {
  readonly log: EventLog;
  /** Octets of the file when it was opened, which `log.index` goes through; `undefined` where it is packed or a pipe. */
  readonly size: number | undefined;
  /** How the first reading ended. Rejects with an ImapscopeError as `readCapture` does. */
  readonly done: Promise<ReadingEnd>;
}

/**
 * Opens a capture and begins to read it. Long runs of octets are given to the handlers in pieces.
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE
 */
export async function openCaptureLog(
  path: string,
  handlers: CaptureHandlers,
  options: CaptureLogOptions = {},
): Promise<CaptureLog> {
  const handle = await seekable(path);
  if (handle === undefined) return { ...readIntoSpool(path, handlers, options), size: undefined };
  const { size } = await handle.stat();
  return { ...readInPlace(path, handle, handlers, options), size };
}

type Reading = Omit<CaptureLog, "size">;

/** The file, where it can be read at any place as it is. */
async function seekable(path: string): Promise<FileHandle | undefined> {
  if (path === "-") return undefined;
  try {
    if (!(await stat(path)).isFile()) return undefined;
    const handle = await open(path, "r");
    const first = new Uint8Array(2);
    await handle.read(first, 0, first.length, 0);
    if (!isGzip(first)) return handle;
    await handle.close();
    return undefined;
  } catch (cause) {
    throw new ImapscopeError("ERR_CAPTURE_UNREADABLE", { path, reason: systemReason(cause) }, { cause });
  }
}

function readInPlace(
  path: string,
  handle: FileHandle,
  handlers: CaptureHandlers,
  options: CaptureLogOptions,
): Reading {
  const index = createBlockIndex();
  let over = false;
  let last: WireEvent | undefined;
  const note = (event: WireEvent): void => {
    last = event;
    index.note(event.connection, event.atMicros);
  };
  const done = readInTurns(path, handlers, options, {
    onEvent: note,
    onBorder: (octets) => {
      index.border(octets);
      // Its record may go on behind the border.
      if (last !== undefined) note(last);
    },
    onEnd: () => {
      over = true;
    },
  });
  async function read(into: Uint8Array, start: number): Promise<number> {
    for (let at = 0; at < into.length; ) {
      const { bytesRead } = await handle.read(into, at, into.length - at, start + at);
      if (bytesRead === 0) throw new Error("it is shorter than it was");
      at += bytesRead;
    }
    return into.length;
  }
  const log: EventLog = {
    index,
    read,
    flush: () => Promise.resolve(),
    isOver: () => over,
    restated: () => new Map(),
    close: () => handle.close(),
  };
  return { log, done };
}

function readIntoSpool(path: string, handlers: CaptureHandlers, options: CaptureLogOptions): Reading {
  const spool = createSpool(options.spool);
  const done = readInTurns(path, handlers, options, {
    onEvent: spool.append,
    onEnd: spool.end,
    room: spool.drained,
  });
  return { log: spool, done };
}

interface Passing {
  /** Gets every event before the handlers do. */
  readonly onEvent: (event: WireEvent) => void;
  readonly onBorder?: (octets: number) => void;
  readonly onEnd: () => void;
  readonly room?: () => Promise<void>;
}

async function readInTurns(
  path: string,
  handlers: CaptureHandlers,
  { follow, signal, stdin }: CaptureLogOptions,
  passing: Passing,
): Promise<ReadingEnd> {
  const turns = createTurns(undefined);
  let waiting: WireEvent[] = [];

  async function give(): Promise<void> {
    const events = waiting;
    waiting = [];
    for (const event of events) {
      for (const slice of slicesOf(event)) {
        handlers.onEvent(slice);
        if (turns.isOver()) await turns.next();
      }
    }
    if (turns.isOver()) await turns.next();
    await passing.room?.();
  }

  const onEvent = (event: WireEvent): void => {
    passing.onEvent(event);
    waiting.push(event);
  };
  try {
    return await readCapture(
      path,
      { ...handlers, onEvent },
      {
        room: give,
        ...(passing.onBorder === undefined ? {} : { onBorder: passing.onBorder }),
        ...(follow === undefined ? {} : { follow }),
        ...(signal === undefined ? {} : { signal }),
        ...(stdin === undefined ? {} : { stdin }),
      },
    );
  } finally {
    passing.onEnd();
  }
}
