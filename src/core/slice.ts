/**
 * Cuts pieces of time out of a capture, so that what is left can be read on its own: no line and no literal is split, and what
 * a reader must know of a connection (where it goes, its TLS, how it ended) stays. Events that came while a unit was under way
 * are kept or left out together.
 */
import type { ConnectionId, Sender } from "./base/leg.ts";
import type { Micros } from "./base/time.ts";
import { createDialogue, type Dialogue } from "./dialogue/dialogue.ts";
import { receiveAll } from "./dialogue/receive-all.ts";
import type { DataEvent, OmittedEvent, OpenEvent, WireEvent } from "./wire/event.ts";

export interface Stretch {
  readonly fromMicros: Micros;
  /** With the events of this time. */
  readonly untilMicros: Micros;
}

export interface SlicerOptions {
  /** What to keep of which connection; connections that are not named are left out whole. */
  readonly stretches: ReadonlyMap<ConnectionId, readonly Stretch[]>;
  readonly emit: (event: WireEvent) => void;
}

export interface Slicer {
  /** Takes every event of the capture, in order. */
  readonly take: (event: WireEvent) => void;
}

type Octets = DataEvent | OmittedEvent;

interface Following {
  readonly dialogue: Dialogue;
  /** Apart from each other and in order; those that are over are behind `at`. */
  readonly stretches: readonly Stretch[];
  at: number;
  /** Since both directions were between units. */
  group: Octets[];
  groupOctets: number;
  wanted: boolean;
  /** Facts that wait for the first octets that are kept: only then it is known what was left out before them. */
  facts: WireEvent[] | undefined;
  leftOut: boolean;
}

/** A unit that is longer than this is kept without waiting for what becomes of it. */
const GROUP_OCTETS = 16 * 1024 * 1024;
const SENDERS: readonly Sender[] = ["client", "server"];

export function createSlicer({ stretches, emit }: SlicerOptions): Slicer {
  const following = new Map<ConnectionId, Following>();

  function follow(event: WireEvent, wanted: readonly Stretch[]): Following {
    const known = following.get(event.connection);
    if (known !== undefined) return known;
    const midway = event.kind !== "open" || event.midway;
    const one: Following = {
      dialogue: createDialogue({ emit: () => {}, midway, literalHeadOctets: 0 }),
      stretches: joined(wanted),
      ...{ at: 0, group: [], groupOctets: 0, wanted: false, facts: [], leftOut: false },
    };
    following.set(event.connection, one);
    return one;
  }

  function takeOctets(one: Following, event: Octets): void {
    const octets = event.kind === "data" ? event.bytes.length : event.octets;
    one.group.push(event);
    one.groupOctets += octets;
    one.wanted ||= isWithin(one, event.atMicros);
    if (event.relayed !== false) frame(one.dialogue, event);
    if (SENDERS.every((from) => one.dialogue.atBorder(from) || one.dialogue.isOpaque(from))) settle(one);
    else if (one.groupOctets > GROUP_OCTETS) {
      one.wanted = true;
      giveGroup(one);
    }
  }

  function settle(one: Following): void {
    if (one.wanted) giveGroup(one);
    else one.leftOut ||= one.group.length > 0;
    one.group = [];
    one.groupOctets = 0;
    one.wanted = false;
  }

  function giveGroup(one: Following): void {
    giveFacts(one);
    for (const event of one.group) emit(event);
    one.group = [];
    one.groupOctets = 0;
  }

  function giveFacts(one: Following): void {
    for (const fact of one.facts ?? []) {
      emit(
        fact.kind === "open" ? ({ ...fact, midway: fact.midway || one.leftOut } satisfies OpenEvent) : fact,
      );
    }
    one.facts = undefined;
  }

  function takeFact(one: Following, event: Exclude<WireEvent, Octets>): void {
    if (event.kind === "starttls") one.dialogue.switched("startTls", undefined);
    if (event.kind === "deflate") one.dialogue.switched("deflate", event.from);
    if (event.kind === "end") one.dialogue.finish(event.from);
    if (event.kind === "close") {
      settle(one);
      giveFacts(one);
      following.delete(event.connection);
    }
    if (one.facts === undefined) emit(event);
    else one.facts.push(event);
  }

  return {
    take: (event) => {
      const wanted = stretches.get(event.connection);
      if (wanted === undefined) return;
      const one = follow(event, wanted);
      if (event.kind === "data" || event.kind === "omitted") takeOctets(one, event);
      else takeFact(one, event);
    },
  };
}

/** Events come in the order of their times, so that what is over need not be looked at again. */
function isWithin(one: Following, atMicros: Micros): boolean {
  while ((one.stretches[one.at]?.untilMicros ?? Number.POSITIVE_INFINITY) < atMicros) one.at++;
  return (one.stretches[one.at]?.fromMicros ?? Number.POSITIVE_INFINITY) <= atMicros;
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = [...stretches].sort((one, other) => one.fromMicros - other.fromMicros);
  const apart: { fromMicros: Micros; untilMicros: Micros }[] = [];
  for (const { fromMicros, untilMicros } of sorted) {
    const last = apart.at(-1);
    if (last !== undefined && fromMicros <= last.untilMicros) {
      last.untilMicros = Math.max(last.untilMicros, untilMicros);
    } else apart.push({ fromMicros, untilMicros });
  }
  return apart;
}

function frame(dialogue: Dialogue, event: Octets): void {
  if (event.kind === "omitted") dialogue.omit(event.from, event.atMicros, "omitted");
  else receiveAll(dialogue, event);
}
