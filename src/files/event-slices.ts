/** Long runs of octets in pieces: what one takes to observe is bounded, and the observations are the same. */
import { spanCutter } from "../core/capture/spans.ts";
import type { WireEvent } from "../core/wire/event.ts";

const SLICE_OCTETS = 64 * 1024;

export function* slicesOf(event: WireEvent): Generator<WireEvent, void, undefined> {
  if (event.kind !== "data" || event.bytes.length <= SLICE_OCTETS) {
    yield event;
    return;
  }
  const spansWithin = spanCutter(event.redacted);
  for (let at = 0; at < event.bytes.length; at += SLICE_OCTETS) {
    const bytes = event.bytes.subarray(at, at + SLICE_OCTETS);
    yield { ...event, bytes, redacted: spansWithin(at, at + bytes.length) };
  }
}
