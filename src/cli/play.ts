/** Plays a capture at the pace at which it happened, but for pauses that nobody wants to wait for. */
import { setTimeout as delay } from "node:timers/promises";
import type { CaptureHandlers } from "../core/capture/decode.ts";
import { captureEvents } from "../files/capture-reader.ts";

export interface PlayOptions {
  /** Otherwise all of it comes at once. */
  readonly paced: boolean;
  /** Ends it before its end. */
  readonly signal: AbortSignal;
}

/** Nobody wants to watch a client think for longer. */
const LONGEST_PAUSE_MS = 1500;

export async function play(
  path: string,
  handlers: CaptureHandlers,
  { paced, signal }: PlayOptions,
): Promise<void> {
  let lastMicros = 0;
  for await (const event of captureEvents(path, { ...handlers, signal })) {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, (event.atMicros - lastMicros) / 1000);
    lastMicros = event.atMicros;
    if (paced && pauseMs >= 1) await delay(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    handlers.onEvent(event);
  }
}
