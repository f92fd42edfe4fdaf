/** A literal while its octets arrive. */
import { NO_OCTETS } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Literal } from "./frame.ts";
import type { LiteralHeader } from "./literal-header.ts";

export type GrowingLiteral = { -readonly [K in keyof Literal]: Literal[K] };

/** A literal of which nothing but the header has come. */
export function announcedLiteral(header: LiteralHeader, announcedMicros: Micros): GrowingLiteral {
  return {
    octets: header.octets,
    received: 0,
    head: NO_OCTETS,
    synchronizing: header.synchronizing,
    literal8: header.literal8,
    announcedMicros,
    continuedMicros: undefined,
  };
}
