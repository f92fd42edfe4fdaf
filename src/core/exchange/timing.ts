/** The arithmetic of an exchange's times: pure, on times at which octets were read (design: Timings of an exchange). */
import type { Micros } from "../base/time.ts";
import type { Timings } from "./exchange.ts";

/** What was seen, before arithmetic. */
export interface Moments {
  readonly sentMicros: Micros;
  /** The last octet of the command, of its last SASL line for AUTHENTICATE; undefined while it is being received. */
  readonly sentEndMicros: Micros | undefined;
  readonly firstResponseMicros: Micros | undefined;
  readonly completedMicros: Micros | undefined;
  readonly gapMicros: Micros;
  readonly continuationMicros: readonly Micros[];
  /** When IDLE was accepted, and when DONE was read. */
  readonly idleStartMicros: Micros | undefined;
  readonly doneMicros: Micros | undefined;
}

/**
 * Derives the intervals; none is negative and total = upload + wait + download, also where the server answered before
 * the command was complete (a refused literal, RFC 7888 §4): then all of it is upload.
 */
export function timingsOf(moments: Moments): Timings {
  const { sentMicros: sent, completedMicros: completed, firstResponseMicros: first } = moments;
  const sentEnd = clamp(moments.sentEndMicros ?? completed, sent, completed);
  const answered = clamp(first ?? completed, sentEnd, completed);
  return {
    sentMicros: sent,
    sentEndMicros: moments.sentEndMicros,
    firstResponseMicros: first,
    completedMicros: completed,
    gapMicros: Math.max(0, moments.gapMicros),
    uploadMicros: between(sent, sentEnd),
    waitMicros: between(sentEnd, answered),
    downloadMicros: completed === undefined ? undefined : between(answered, completed),
    totalMicros: between(sent, completed),
    continuationMicros: moments.continuationMicros,
    idleMicros: between(moments.idleStartMicros, moments.doneMicros ?? completed),
    idleEndMicros: between(moments.doneMicros, completed),
    roundTrips: moments.continuationMicros.length + (completed === undefined ? 0 : 1),
  };
}

function clamp(
  value: Micros | undefined,
  low: Micros | undefined,
  high: Micros | undefined,
): Micros | undefined {
  if (value === undefined || low === undefined) return undefined;
  return Math.min(Math.max(value, low), high ?? Number.POSITIVE_INFINITY);
}

function between(from: Micros | undefined, to: Micros | undefined): Micros | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}
