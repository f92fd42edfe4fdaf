/** Whole reading of a log, for tests. */
import type { WireEvent } from "../../src/core/wire/event.ts";
import { type EventLog, type LogQuery, readLog } from "../../src/files/event-log.ts";
import { comparable } from "../wire-events.ts";

export const NEVER: AbortSignal = new AbortController().signal;

export async function loggedEvents(
  log: EventLog,
  query: Omit<LogQuery, "signal"> = {},
): Promise<readonly WireEvent[]> {
  const events: WireEvent[] = [];
  await readLog(log, { ...query, signal: NEVER }, (event) => events.push(comparable(event)));
  return events;
}
