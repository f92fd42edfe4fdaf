/** What a file that begins in the middle of a connection says of it first: the facts without which the rest cannot be read. */
import type { Leg } from "../core/base/leg.ts";
import type { WireEvent } from "../core/wire/event.ts";

export interface ConnectionFacts {
  /** Takes every event of the connection, and keeps the few that will be needed. */
  readonly take: (event: WireEvent) => void;
  /** They as they were, at their own times, in their order; the `open` says that what follows begins midway. */
  readonly restated: () => readonly WireEvent[];
}

export function createConnectionFacts(): ConnectionFacts {
  return new KeptFacts();
}

/** Each connection that is recorded has them: a short list takes less than a map. */
class KeptFacts implements ConnectionFacts {
  private kept: readonly WireEvent[] = [];

  take(event: WireEvent): void {
    if (!isNeeded(event)) return;
    this.kept = [...this.kept.filter((earlier) => !replaces(event, earlier)), event];
  }

  restated(): readonly WireEvent[] {
    return this.kept.map((event) => (event.kind === "open" ? { ...event, midway: true } : event));
  }
}

const NEEDED: ReadonlySet<WireEvent["kind"]> = new Set(["open", "tls", "deflate", "end"]);

function isNeeded({ kind }: WireEvent): boolean {
  return NEEDED.has(kind);
}

/** A later fact of the same replaces the earlier one. */
function replaces(event: WireEvent, earlier: WireEvent): boolean {
  return event.kind === earlier.kind && sideOf(event) === sideOf(earlier);
}

function sideOf(event: WireEvent): Leg | undefined {
  if ("leg" in event) return event.leg;
  return "from" in event ? event.from : undefined;
}
