/** Reads captures: from a file, packed with gzip or not, growing or not, or from standard input. */
import { stat } from "node:fs/promises";
import { addAbortSignal, pipeline, Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { concat, detach, LF, NO_OCTETS } from "../core/base/octets.ts";
import { type CaptureHandlers, createCaptureDecoder } from "../core/capture/decode.ts";
import { CAPTURE_VERSION, type CaptureHeader, type CaptureProblem } from "../core/capture/format.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { fileOctets, type ReadingEnd } from "./file-octets.ts";
import { systemReason } from "./system-error.ts";

export interface ReadCaptureOptions {
  /** Goes on as the file grows, until the signal; a packed file and standard input end where they end. */
  readonly follow?: boolean;
  /** Ends the reading without an error. */
  readonly signal?: AbortSignal;
  /** Waited for between pieces of the file: for handlers whose output must not pile up. */
  readonly room?: () => Promise<void>;
  /**
   * Told between pieces how many octets of the capture (unpacked) are whole records that were read; at its end, all. Of the
   * record behind them octets may have been given already.
   */
  readonly onBorder?: (octets: number) => void;
  /** What `-` stands for, if not the standard input of the process. */
  readonly stdin?: Readable;
}

/** Problems that do not end the reading, in the order of the file. */
export interface CaptureEventsOptions extends ReadCaptureOptions {
  readonly onHeader?: (header: CaptureHeader) => void;
  readonly onProblem?: (problem: CaptureProblem) => void;
}

type Chunks = AsyncGenerator<Uint8Array, ReadingEnd, undefined>;

/**
 * Reads a capture to its end and gives what it holds to the handlers; `-` is standard input. It is a capture by its first
 * line, never by its name. Problems that leave it readable go to `onProblem`; what a handler throws ends the reading.
 *
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE, ERR_CAPTURE_NOT_ONE, ERR_CAPTURE_TOO_NEW
 */
export async function readCapture(
  path: string,
  handlers: CaptureHandlers,
  options: ReadCaptureOptions = {},
): Promise<ReadingEnd> {
  const steps = readingSteps(path, handlers, options);
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done === true) return step.value;
      await options.room?.();
    }
  } finally {
    await steps.return("end");
  }
}

/**
 * The events of a capture, one by one, for `for await`; leaving the loop closes the file. `readCapture` is faster.
 *
 * @throws ImapscopeError as `readCapture` does, after the events before
 */
export async function* captureEvents(
  path: string,
  options: CaptureEventsOptions = {},
): AsyncGenerator<WireEvent, void, undefined> {
  let events: WireEvent[] = [];
  const handlers: CaptureHandlers = {
    onHeader: (header) => options.onHeader?.(header),
    onEvent: (event) => events.push(event),
    onProblem: (problem) => options.onProblem?.(problem),
  };
  for await (const _ of readingSteps(path, handlers, options)) {
    yield* events;
    events = [];
  }
}

/**
 * All octets of a capture, unpacked, or `undefined` where they are more than `most`; `-` is standard input.
 *
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE
 */
export async function wholeCapture(
  path: string,
  most: number,
  options: Pick<ReadCaptureOptions, "stdin"> = {},
): Promise<Uint8Array | undefined> {
  if (await isLarger(path, most)) return undefined;
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of captureChunks(path, options)) {
    octets += chunk.length;
    if (octets > most) return undefined;
    chunks.push(detach(chunk));
  }
  return concat(chunks);
}

/** Whether that is known before it is read; what is not there is told by who reads it. */
async function isLarger(path: string, octets: number): Promise<boolean> {
  const found = path === "-" ? undefined : await stat(path).catch(() => undefined);
  return found !== undefined && found.size > octets;
}

/** Gives a chunk's worth to the handlers at each step. */
async function* readingSteps(
  path: string,
  handlers: CaptureHandlers,
  options: ReadCaptureOptions,
): AsyncGenerator<undefined, ReadingEnd, undefined> {
  let refused: ImapscopeError | undefined;
  const onProblem = (problem: CaptureProblem): void => {
    refused ??= refusal(path, problem);
    if (refused === undefined) handlers.onProblem(problem);
  };
  const decoder = createCaptureDecoder({ ...handlers, onProblem });
  const chunks = captureChunks(path, options);
  let passed = 0;
  try {
    for (;;) {
      const chunk = await chunks.next();
      for (const piece of chunk.done === true ? [NO_OCTETS] : piecesOf(chunk.value)) {
        if (chunk.done !== true) decoder.push(piece);
        // Where the reader was told to stop, a record that is not whole is no fault of the file.
        else if (chunk.value !== "aborted") decoder.finish();
        passed += piece.length;
        options.onBorder?.(decoder.ended() ? passed : decoder.wholeOctets());
        yield;
        if (refused !== undefined) throw refused;
        if (decoder.ended()) return chunk.done === true ? chunk.value : "end";
      }
      if (chunk.done === true) return chunk.value;
    }
  } finally {
    await chunks.return("end");
  }
}

/** Few enough octets that what is made of them holds nobody up, each to the end of a line where there is one. */
function* piecesOf(chunk: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < chunk.length; ) {
    const piece = chunk.subarray(at, at + PIECE_OCTETS);
    const line = piece.lastIndexOf(LF) + 1;
    at += line === 0 ? piece.length : line;
    yield line === 0 ? piece : piece.subarray(0, line);
  }
}

const PIECE_OCTETS = 64 * 1024;

function refusal(path: string, problem: CaptureProblem): ImapscopeError | undefined {
  if (problem.kind === "tooNew") {
    const values = { path, version: String(problem.version), newest: String(CAPTURE_VERSION) };
    return new ImapscopeError("ERR_CAPTURE_TOO_NEW", values);
  }
  if (problem.kind !== "notCapture") return undefined;
  return new ImapscopeError("ERR_CAPTURE_NOT_ONE", { path, reason: problem.message });
}

/** The octets of the capture itself, unpacked where they are packed. */
async function* captureChunks(path: string, options: ReadCaptureOptions): Chunks {
  let follow = options.follow === true;
  const source =
    path === "-"
      ? streamOctets(options.stdin ?? process.stdin, options.signal)
      : fileOctets(path, { follow: () => follow, signal: options.signal });
  try {
    const { first, end } = await firstOctets(source);
    if (!isGzip(first)) {
      yield first;
      return end ?? (yield* source);
    }
    follow = false;
    return yield* unpacked(first, source);
  } catch (cause) {
    throw new ImapscopeError("ERR_CAPTURE_UNREADABLE", { path, reason: systemReason(cause) }, { cause });
  } finally {
    await source.return("end");
  }
}

/** As many chunks as it takes to tell gzip from plain text, as one; and how the source ended, where it did. */
async function firstOctets(source: Chunks): Promise<{ first: Uint8Array; end: ReadingEnd | undefined }> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < GZIP.length) {
    const chunk = await source.next();
    if (chunk.done === true) return { first, end: chunk.value };
    first = concat([first, chunk.value]);
  }
  return { first, end: undefined };
}

/** ID1 and ID2 (RFC 1952 §2.3.1). */
const GZIP = [0x1f, 0x8b];

export function isGzip(first: Uint8Array): boolean {
  return GZIP.every((octet, i) => first[i] === octet);
}

/** A packed file that was cut off gives what can be unpacked of it, as a plain one does. */
async function* unpacked(first: Uint8Array, source: Chunks): Chunks {
  let end: ReadingEnd = "end";
  async function* packed(): AsyncGenerator<Uint8Array, void, undefined> {
    yield first;
    end = yield* source;
  }
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: UNPACKED_OCTETS });
  // Its failure is met below: the stream that is read is destroyed with it.
  pipeline(Readable.from(packed()), gunzip, () => undefined);
  for await (const chunk of gunzip) yield octetsOf(chunk);
  return end;
}

const UNPACKED_OCTETS = 256 * 1024;

async function* streamOctets(stream: Readable, signal: AbortSignal | undefined): Chunks {
  if (signal !== undefined) addAbortSignal(signal, stream);
  try {
    for await (const chunk of stream) yield octetsOf(chunk);
    return "end";
  } catch (error) {
    if (signal?.aborted === true) return "aborted";
    throw error;
  }
}

/** Streams give octets, or text where somebody has set an encoding on them. */
function octetsOf(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}
