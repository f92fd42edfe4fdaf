/** What a file that begins in the middle of a connection says of it first: the facts without which the rest cannot be read. */
import type { WireEvent } from "../core/wire/event.ts";

export interface ConnectionFacts {
  /** Takes every event of the connection, and keeps the few that will be needed. */
  readonly take: (event: WireEvent) => void;
  /** They as they were, at their own times, in their order; the `open` says that what follows begins midway. */
  readonly restated: () => readonly WireEvent[];
}

export function createConnectionFacts(): ConnectionFacts {
  const kept = new Map<string, WireEvent>();
  return {
    take: (event) => {
      const what = whatItTells(event);
      if (what === undefined) return;
      kept.delete(what);
      kept.set(what, event);
    },
    restated: () =>
      [...kept.values()].map((event) => (event.kind === "open" ? { ...event, midway: true } : event)),
  };
}

/** A later fact of the same replaces the earlier one. */
function whatItTells(event: WireEvent): string | undefined {
  switch (event.kind) {
    case "open":
      return event.kind;
    case "tls":
      return `${event.kind} ${event.leg}`;
    case "deflate":
    case "end":
      return `${event.kind} ${event.from}`;
    case "data":
    case "omitted":
    case "starttls":
    case "close":
    case "error":
      return undefined;
  }
}
