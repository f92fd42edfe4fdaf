/** A past in memory, for tests of the screen. */
import { createObserver } from "../../src/core/observe.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { Past } from "../../src/tui/past.ts";

/** With `goesOn` more events may come: what is in flight has not ended with them. */
export function pastOfEvents(events: readonly WireEvent[], goesOn = false): Past {
  return {
    recall: async ({ connection, untilMicros, signal }, take) => {
      const observer = createObserver({ emit: take });
      for (const event of events) {
        if (event.connection === connection && event.atMicros <= untilMicros) observer.take(event);
      }
      signal.throwIfAborted();
      const snapshot = observer.connection(connection);
      if (!goesOn && untilMicros >= (events.at(-1)?.atMicros ?? 0)) observer.finish();
      return snapshot;
    },
    observe: async ({ depth, signal }, take) => {
      const observer = createObserver({ emit: take, depth });
      for (const event of events) observer.take(event);
      signal.throwIfAborted();
      if (!goesOn) observer.finish();
    },
    events: async (_signal, take) => {
      for (const event of events) take(event);
    },
  };
}
