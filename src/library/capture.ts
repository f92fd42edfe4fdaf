/** Captures: the octets of one to events and back, in memory, and a file to observations. */
import { concat, utf8 } from "../core/base/octets.ts";
import { createCaptureDecoder } from "../core/capture/decode.ts";
import { encodeHeader, encodeToRuns } from "../core/capture/encode.ts";
import { CAPTURE_VERSION, type CaptureHeader, type CaptureProblem } from "../core/capture/format.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import type { Depth } from "../core/observer/context.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { type CaptureEventsOptions, captureEvents } from "../files/capture-reader.ts";
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

export interface ObserveCaptureOptions extends CaptureEventsOptions {
  /** `shallow` leaves ENVELOPE and BODYSTRUCTURE unparsed, `skim` gives no requests and responses one by one; the default is `full`. */
  readonly depth?: Depth;
}

/**
 * The observations of a capture file, one by one, for `for await`: those that a proxy gave when it recorded it. Leaving the
 * loop closes the file. Memory is bounded: neither the file nor the observations are gathered.
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE, ERR_CAPTURE_NOT_ONE, ERR_CAPTURE_TOO_NEW
 */
export async function* observeCapture(
  path: string,
  options: ObserveCaptureOptions = {},
): AsyncGenerator<Observation, void, undefined> {
  const waiting: Observation[] = [];
  const observer = createObserver({
    emit: (observation) => waiting.push(observation),
    depth: options.depth ?? "full",
  });
  for await (const event of captureEvents(path, options)) {
    observer.take(event);
    yield* waiting.splice(0);
  }
  observer.finish();
  yield* waiting;
}
