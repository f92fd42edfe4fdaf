/**
 * Mailboxes whose UIDs mean something else now: where UIDVALIDITY is another one, the UIDs that recorded commands name are
 * those of other messages, or of none (RFC 9051 §2.3.1.1). Which message was meant cannot be found out.
 */
import type { ConnectionId } from "../base/leg.ts";
import { createObserver } from "../observe.ts";
import type { WireEvent } from "../wire/event.ts";

export interface ChangedValidity {
  readonly mailbox: string;
  readonly recorded: string;
  readonly now: string;
}

/** Those that were selected in both, and in which commands named UIDs then. */
export function changedValidities(
  recorded: Iterable<WireEvent>,
  now: Iterable<WireEvent>,
): readonly ChangedValidity[] {
  const before = validities(recorded);
  const after = validities(now);
  return [...before].flatMap(([mailbox, { validity, usesUids }]) => {
    const current = after.get(mailbox)?.validity;
    const changed = validity !== undefined && current !== undefined && current !== validity;
    return usesUids && changed ? [{ mailbox, recorded: validity, now: current }] : [];
  });
}

interface Known {
  validity: string | undefined;
  usesUids: boolean;
}

function validities(events: Iterable<WireEvent>): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const observer = createObserver({
    depth: "shallow",
    emit: (observation) => {
      if (observation.kind !== "exchange") return;
      const { connection, exchange } = observation;
      note(connection, exchange.commandName.startsWith("UID "));
    },
  });
  function note(connection: ConnectionId, usesUids: boolean): void {
    const mailbox = observer.connection(connection)?.mailbox;
    if (mailbox?.name === undefined) return;
    const one = known.get(mailbox.name) ?? { validity: undefined, usesUids: false };
    known.set(mailbox.name, one);
    one.usesUids ||= usesUids;
    one.validity = mailbox.uidValidity ?? one.validity;
  }
  for (const event of events) observer.take(event);
  observer.finish();
  return known;
}
