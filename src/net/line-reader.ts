/** Reads a stream line by line for as long as imapscope itself talks to a server, and leaves the rest as it is. */
import type { Socket } from "node:net";
import { LF, NO_OCTETS } from "../core/base/octets.ts";
import type { Micros } from "../core/base/time.ts";
import type { Clock } from "./clock.ts";
import { codeOf } from "./leg-socket.ts";
import type { StopSignal } from "./stop-signal.ts";

export interface Line {
  /** With its line end. */
  readonly bytes: Uint8Array;
  /** When its last octet was read. */
  readonly atMicros: Micros;
}

export interface LineReader {
  /** The next line; `undefined` once there will be none. */
  readonly next: () => Promise<Line | undefined>;
  /** Why there will be no more lines; `undefined` while there may be. */
  readonly failure: () => string | undefined;
  /** Whether the stream ended or closed rather than failed. */
  readonly ended: () => boolean;
  /** Takes the octets that were read beyond the last line. */
  readonly take: () => Uint8Array;
  /** Pauses the stream and puts back what was not taken. */
  readonly release: () => void;
}

/** More than any greeting and list of capabilities. */
const ALL_OCTETS = 64 * 1024;

/** Reads until released, at most `timeoutMs` and 64 KiB in all; an abort destroys the stream. */
export function createLineReader(
  stream: Socket,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: StopSignal },
): LineReader {
  let buffered: Uint8Array = NO_OCTETS;
  let octets = 0;
  let atMicros: Micros = 0;
  let failure: string | undefined;
  let ended = false;
  let wake: () => void = () => undefined;

  const fail = (code: string) => {
    failure ??= code;
    wake();
  };
  const onData = (bytes: Uint8Array) => {
    atMicros = options.clock.micros();
    buffered = Buffer.concat([buffered, bytes]);
    octets += bytes.length;
    if (octets > ALL_OCTETS) fail("IMAPSCOPE_NO_STARTTLS");
    wake();
  };
  const onError = (error: Error) => fail(codeOf(error));
  const onEnd = () => {
    ended = true;
    fail("ECONNRESET");
  };
  const abort = () => stream.destroy();
  const timer = setTimeout(() => fail("ETIMEDOUT"), options.timeoutMs);
  stream.on("data", onData).on("error", onError).on("end", onEnd).on("close", onEnd);
  options.signal.addEventListener("abort", abort);

  async function next(): Promise<Line | undefined> {
    for (;;) {
      const end = buffered.indexOf(LF) + 1;
      if (end > 0) {
        const bytes = buffered.subarray(0, end);
        buffered = buffered.subarray(end);
        return { bytes, atMicros };
      }
      if (failure !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    next,
    failure: () => failure,
    ended: () => ended,
    take: () => {
      const rest = buffered;
      buffered = NO_OCTETS;
      return rest;
    },
    release: () => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", abort);
      stream.off("data", onData).off("error", onError).off("end", onEnd).off("close", onEnd);
      stream.pause();
      if (buffered.length > 0 && !stream.readableEnded) stream.unshift(buffered);
    },
  };
}
