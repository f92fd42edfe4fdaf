/**
 * Keeps checkpoints of connections while they are observed, so that a moment of a long one can be observed again without all
 * before it.
 *
 * Theory of operation. A connection is saved before an event that is later than all before it, so that a checkpoint is found
 * by its time alone, and only when enough has happened in it since it was saved last. All together take a bounded share of
 * memory: over it every other one of each connection is forgotten, and from then on they are twice as far apart. Of
 * a connection whose times go back there are none.
 */
import type { ConnectionId } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { WireEvent } from "../wire/event.ts";
import { type Checkpoint, sizeOf } from "./checkpoint.ts";

/** What may have to be observed again before what is asked for, as long as there is room: some ten milliseconds. */
const OCTETS_APART = 256 * 1024;
/** What an event costs beside its octets, as octets. */
const EVENT_OCTETS = 100;
/** Sixteen megabytes. */
const WORDS_KEPT = 2_000_000;

export interface CheckpointStore {
  /** To be told of each event of a connection before its observer takes it. */
  readonly before: (
    event: WireEvent,
    observer: { readonly checkpoint: () => Checkpoint | undefined },
  ) => void;
  /** The last checkpoint whose events are all earlier than this. */
  readonly find: (connection: ConnectionId, beforeMicros: Micros) => Checkpoint | undefined;
  /** Words of memory that all of them take, about. */
  readonly words: () => number;
}

export interface CheckpointStoreOptions {
  readonly octetsApart?: number;
  readonly wordsKept?: number;
}

interface Followed {
  lastMicros: Micros;
  octets: number;
  ascends: boolean;
  saved: Checkpoint[];
}

export function createCheckpointStore(options: CheckpointStoreOptions = {}): CheckpointStore {
  const wordsKept = options.wordsKept ?? WORDS_KEPT;
  let octetsApart = options.octetsApart ?? OCTETS_APART;
  const connections = new Map<ConnectionId, Followed>();
  let words = 0;

  function followed(event: WireEvent): Followed {
    const known = connections.get(event.connection);
    if (known !== undefined) return known;
    const begun = { lastMicros: event.atMicros, octets: 0, ascends: true, saved: [] };
    connections.set(event.connection, begun);
    return begun;
  }

  function thin(): void {
    octetsApart *= 2;
    words = 0;
    for (const each of connections.values()) {
      each.saved = each.saved.filter((_saved, i) => i % 2 === 1);
      each.saved.forEach((saved, i) => {
        words += sizeOf(saved, each.saved[i - 1]);
      });
    }
  }

  return {
    before: (event, observer) => {
      const own = followed(event);
      const { atMicros } = event;
      // A connection number that is used again is another connection, whose exchanges are numbered on.
      if (atMicros < own.lastMicros || (event.kind === "open" && own.octets > 0)) {
        own.ascends = false;
        own.saved = [];
      }
      if (own.octets >= octetsApart && own.ascends && atMicros > own.lastMicros) {
        const saved = observer.checkpoint();
        if (saved !== undefined) {
          own.octets = 0;
          words += sizeOf(saved, own.saved.at(-1));
          own.saved.push(saved);
          if (words > wordsKept) thin();
        }
      }
      own.lastMicros = atMicros;
      own.octets += EVENT_OCTETS + (event.kind === "data" ? event.bytes.length : 0);
      // Most connections are short.
      if (event.kind === "close" && own.saved.length === 0) connections.delete(event.connection);
    },
    find: (connection, beforeMicros) =>
      connections.get(connection)?.saved.findLast(({ lastMicros }) => lastMicros < beforeMicros),
    words: () => words,
  };
}
