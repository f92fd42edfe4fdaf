/** The tap of a connection that is not intercepted: its octets are counted, and nobody looks at them. */
import type { ConnectionId } from "../core/base/leg.ts";
import { NO_STARTTLS } from "../core/intake.ts";
import type { Tap } from "./tap.ts";

export function createCountingTap(tap: Tap, connection: ConnectionId): Tap {
  return {
    take: (event) => tap.take(event),
    dropped: (from, octets) => tap.dropped(from, octets),
    startTls: (leg, atMicros) => tap.startTls(leg, atMicros),
    end: (from) => tap.end(from),
    error: (leg, code, message) => tap.error(leg, code, message),
    close: (by, reason) => tap.close(by, reason),
    data: (from, bytes, atMicros, as) => {
      const relayed = as?.relayed === false ? { relayed: false } : {};
      const octets = bytes.length;
      tap.take({ kind: "omitted", connection, atMicros, from, octets, reason: "passedThrough", ...relayed });
      return { consumed: octets, switch: undefined };
    },
    // Whatever is spoken there, a word of ours would break it.
    atServerFrameBorder: () => false,
    startTlsState: () => NO_STARTTLS,
  };
}
