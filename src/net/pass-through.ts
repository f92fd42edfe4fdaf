/** The tap of a connection that is not intercepted: its octets are counted, and nobody looks at them. */
import type { ConnectionId, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import { NO_STARTTLS, type Taken } from "../core/intake.ts";
import type { Exception, RelayTap, Tap } from "./tap.ts";

export function createCountingTap(tap: Tap, connection: ConnectionId): RelayTap {
  function data(from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception): Taken {
    const relayed = as?.relayed === false ? { relayed: false } : {};
    const octets = bytes.length;
    tap.take({ kind: "omitted", connection, atMicros, from, octets, reason: "passedThrough", ...relayed });
    return { consumed: octets, switch: undefined };
  }

  return {
    take: (event) => tap.take(event),
    dropped: (from, octets) => tap.dropped(from, octets),
    startTls: (leg, atMicros) => tap.startTls(leg, atMicros),
    end: (from) => tap.end(from),
    error: (leg, code, message) => tap.error(leg, code, message),
    close: (by, reason) => tap.close(by, reason),
    data,
    relayed: data,
    // Whatever is spoken there, a word of ours would break it.
    serverFrame: () => "over",
    startTlsState: () => NO_STARTTLS,
  };
}
