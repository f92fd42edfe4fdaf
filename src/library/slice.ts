/** Cuts a capture down to what is wanted of it, as a capture of plain records that still replays. */
import { utf8 } from "../core/base/octets.ts";
import { encodeEvent, encodeHeader } from "../core/capture/encode.ts";
import { CAPTURE_VERSION, type CaptureHeader, type CaptureProblem } from "../core/capture/format.ts";
import { createObserver } from "../core/observe.ts";
import { createSlicer } from "../core/slice.ts";
import { createSliceChoice, type SliceWishes } from "../core/slice-choice.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { type ReadCaptureOptions, readCapture } from "../files/capture-reader.ts";
import { version } from "../version.ts";

export interface SliceOptions extends Pick<ReadCaptureOptions, "signal" | "stdin"> {
  /** What to cut out; times count from when the capture began, which its header tells. */
  readonly wishesOf: (header: CaptureHeader) => SliceWishes;
  readonly onProblem?: (problem: CaptureProblem) => void;
}

export interface Slice {
  /** Connections of which something is left. */
  readonly connections: number;
  /** Gives the octets of the new capture, in order. */
  readonly write: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>;
}

/**
 * Reads a capture to find what is wanted of it; `write` reads it once more (standard input, `-`, is kept in memory for that).
 *
 * @throws ImapscopeError ERR_SLICE_EMPTY where nothing is, and as `readCapture` does
 */
export async function sliceCapture(path: string, options: SliceOptions): Promise<Slice> {
  const { wishesOf, onProblem = () => {}, ...reading } = options;
  let header = undefined as CaptureHeader | undefined;
  let choice = createSliceChoice({});
  const observer = createObserver({ emit: (observation) => choice.take(observation) });
  const kept: WireEvent[] = [];
  await readCapture(
    path,
    {
      onHeader: (read) => {
        header = read;
        choice = createSliceChoice(wishesOf(read));
      },
      onEvent: (event) => {
        observer.take(event);
        if (path === "-") kept.push(event.kind === "data" ? { ...event, bytes: event.bytes.slice() } : event);
      },
      onProblem,
    },
    reading,
  );
  observer.finish();
  const stretches = choice.finish();
  if (stretches.size === 0 || header === undefined) throw new ImapscopeError("ERR_SLICE_EMPTY", { path });
  const first = encodeHeader({ ...header, version: CAPTURE_VERSION, createdBy: `imapscope ${version()}` });

  async function write(write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    let waiting = [utf8(first)];
    const sink = {
      text: (text: string) => waiting.push(utf8(text)),
      bytes: (bytes: Uint8Array) => waiting.push(bytes.slice()),
    };
    const { take } = createSlicer({
      stretches,
      emit: (event) => encodeEvent(event, sink, { plainOnly: true }),
    });
    const room = async (): Promise<void> => {
      const ready = waiting;
      waiting = [];
      for (const bytes of ready) await write(bytes);
    };
    if (path === "-") for (const event of kept) take(event);
    else
      await readCapture(
        path,
        { onHeader: () => {}, onEvent: take, onProblem: () => {} },
        { ...reading, room },
      );
    await room();
  }

  return { connections: stretches.size, write };
}
