/** Captures in memory: the octets of a file to events and back. Files themselves are opened by `openCapture`. */
import { concat, utf8 } from "../core/base/octets.ts";
import { createCaptureDecoder } from "../core/capture/decode.ts";
import { encodeHeader, encodeToRuns } from "../core/capture/encode.ts";
import { CAPTURE_VERSION, type CaptureHeader, type CaptureProblem } from "../core/capture/format.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { version } from "../version.ts";
import { type Octets, toBytes } from "./octets.ts";

/** A capture as far as it could be read. */
export interface DecodedCapture {
  /** `undefined` where the octets are no capture at all; then `problems` says so. */
  readonly header: CaptureHeader | undefined;
  readonly events: readonly WireEvent[];
  /** What is wrong with it: damaged lines, a last record that was cut off. */
  readonly problems: readonly CaptureProblem[];
}

/** Reads the octets of a capture, not compressed. Never throws: what cannot be read is among the problems. */
export function decodeCapture(octets: Octets): DecodedCapture {
  let header: CaptureHeader | undefined;
  const events: WireEvent[] = [];
  const problems: CaptureProblem[] = [];
  const decoder = createCaptureDecoder({
    onHeader: (read) => {
      header = read;
    },
    onEvent: (event) => events.push(event),
    onProblem: (problem) => problems.push(problem),
  });
  decoder.push(toBytes(octets));
  decoder.finish();
  return { header, events, problems };
}

/**
 * Writes events as a capture of plain records, which git, editors and jq leave alone. It masks nothing by itself: give it
 * events that imapscope gave, or mask them first (`maskEvents`), and say in `redacted` what was masked.
 */
export function encodeCapture(events: Iterable<WireEvent>, header: Partial<CaptureHeader> = {}): Uint8Array {
  const runs = [
    utf8(
      encodeHeader({
        version: CAPTURE_VERSION,
        createdAt: new Date().toISOString(),
        createdBy: `imapscope ${version()}`,
        redacted: ["credentials"],
        ...header,
      }),
    ),
  ];
  for (const event of events) runs.push(...encodeToRuns(event, { plainOnly: true }));
  return concat(runs);
}
