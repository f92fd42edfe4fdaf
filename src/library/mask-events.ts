/** Secrets out of events: the masker of the intake for whoever has clear octets and wants to keep or show them. */
import type { ConnectionId } from "../core/base/leg.ts";
import { createIntake, type Intake } from "../core/intake.ts";
import type { WireEvent } from "../core/wire/event.ts";

export interface MaskerOptions {
  /**
   * Gets the masked events of all connections, those of each in the order in which they came. A piece of a line is held back
   * while it may still turn out to be a secret, until the rest of it comes or the direction ends.
   */
  readonly onEvent: (event: WireEvent) => void;
}

export interface EventMasker {
  /** Takes a clear event. Never throws for any octets. */
  readonly take: (event: WireEvent) => void;
}

/** Makes a masker of clear events of any number of connections. It fails closed: what cannot be framed becomes a count. */
export function createEventMasker({ onEvent }: MaskerOptions): EventMasker {
  const intakes = new Map<ConnectionId, Intake>();
  return {
    take: (event) => {
      let intake = intakes.get(event.connection);
      if (intake === undefined) {
        const midway = event.kind !== "open" || event.midway;
        intake = createIntake({ keepSecrets: false, midway, emit: onEvent });
        intakes.set(event.connection, intake);
      }
      intake.take(event);
      if (event.kind === "close") intakes.delete(event.connection);
    },
  };
}

/** Masks the events of a whole capture at once. What is still held back at the end is decided as if its line ended there. */
export function maskEvents(events: Iterable<WireEvent>): readonly WireEvent[] {
  const masked: WireEvent[] = [];
  const open = new Map<ConnectionId, number>();
  const masker = createEventMasker({ onEvent: (event) => masked.push(event) });
  for (const event of events) {
    masker.take(event);
    if (event.kind === "close") open.delete(event.connection);
    else open.set(event.connection, event.atMicros);
  }
  // An end that nobody sent makes the masker decide, and is then left out again.
  for (const [connection, atMicros] of open) {
    for (const from of ["client", "server"] as const) {
      const before = masked.length;
      masker.take({ kind: "end", connection, atMicros, from });
      const added = masked.splice(before).filter((event) => event.kind !== "end");
      masked.push(...added);
    }
  }
  return masked;
}
