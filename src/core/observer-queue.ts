/**
 * The bounded queue between the octets and their observer. The relay only ever appends to it; the observer takes from it in
 * turns of its own, a bounded piece at a time, so that it cannot delay the relay. A connection of which too much waits is
 * marked `behind`: its waiting octets are counted, not observed, and relaying and recording go on.
 */
import type { ConnectionId } from "./base/leg.ts";
import { LIMITS } from "./base/limits.ts";
import type { Micros } from "./base/time.ts";
import type { WireEvent } from "./wire/event.ts";

/**
 * When a turn is to be: the next one, or, where little waits, in a moment: then what belongs together (a command, its answer, and
 * the next command) is looked at together, which costs a fraction of a turn for each.
 */
export type TurnTime = "now" | "soon";

/** When so many octets wait they are observed at once. */
const MANY_OCTETS = 64 * 1024;
/** So long observing is put off while events keep coming, of all connections: what goes out goes first. Less than a frame. */
const PUT_OFF_MICROS = 20_000;
/** What comes within so long of the first comes together with it. */
const TOGETHER_MICROS = 1000;

export interface ObserverQueueOptions {
  readonly take: (event: WireEvent) => void;
  /**
   * Runs a function in a later turn of the event loop, and tells it how long it may go on: core reads no clock. `pressure` is
   * how much waits, as a share of the bound: with it turns should become longer, so that the bound is not reached. `now` takes
   * the place of a turn that was to come `soon`.
   */
  readonly schedule: (run: (mayGoOn: () => boolean) => void, when: TurnTime, pressure: number) => void;
  /** Told once for each connection of which more waits than the bound allows. */
  readonly onBehind: (connection: ConnectionId) => void;
  /** Told once, should a bug of ours stop the observer for a connection. */
  readonly onFailure: (connection: ConnectionId, error: unknown) => void;
  /** Octets of one connection that may wait; LIMITS.observerQueueOctets by default. */
  readonly boundOctets?: number;
}

export interface ObserverQueue {
  /** Never throws, and never runs the observer. */
  readonly push: (event: WireEvent) => void;
  /** Runs the observer over all that waits, at once: at the end. */
  readonly drain: () => void;
  /** When the oldest of what waits came. */
  readonly oldestMicros: () => Micros | undefined;
}

export function createObserverQueue(options: ObserverQueueOptions): ObserverQueue {
  const boundOctets = options.boundOctets ?? LIMITS.observerQueueOctets;
  const waiting = new Map<ConnectionId, number>();
  const behind = new Set<ConnectionId>();
  const failed = new Set<ConnectionId>();
  let queue: WireEvent[] = [];
  let next = 0;
  let scheduled: TurnTime | undefined;
  let waitingOctets = 0;
  /** When the newest event had come as a turn was last scheduled. */
  let newestMicros = 0;

  function push(event: WireEvent): void {
    const { connection } = event;
    const octets = (waiting.get(connection) ?? 0) + octetsOf(event);
    if (octets > boundOctets && !behind.has(connection)) {
      behind.add(connection);
      options.onBehind(connection);
    }
    const counted = behind.has(connection) ? counting(event) : event;
    waiting.set(connection, (waiting.get(connection) ?? 0) + octetsOf(counted));
    waitingOctets += octetsOf(counted);
    queue.push(counted);
    scheduleTurn(waitingOctets < MANY_OCTETS ? "soon" : "now");
  }

  function scheduleTurn(when: TurnTime): void {
    if (scheduled === "now" || scheduled === when) return;
    scheduled = when;
    newestMicros = queue[queue.length - 1]?.atMicros ?? 0;
    options.schedule(turn, when, waitingOctets / boundOctets);
  }

  function turn(mayGoOn: () => boolean): void {
    const mayWait = scheduled === "soon";
    scheduled = undefined;
    if (mayWait && keepsComing()) {
      scheduleTurn("soon");
      return;
    }
    run(mayGoOn);
    if (next < queue.length) scheduleTurn("now");
  }

  /** Whether more has come than a command and its answer, or what else comes together, and none of it waits for long. */
  function keepsComing(): boolean {
    const oldest = queue[next]?.atMicros ?? 0;
    const newest = queue[queue.length - 1]?.atMicros ?? 0;
    return newest - newestMicros > TOGETHER_MICROS && newest - oldest < PUT_OFF_MICROS;
  }

  /** Observes at least one event, and more as long as the turn may go on. */
  function run(mayGoOn: () => boolean): void {
    for (let event = queue[next]; event !== undefined; event = queue[next]) {
      next++;
      observe(event);
      if (!mayGoOn()) break;
    }
    if (next < 4096 && next < queue.length) return;
    queue = queue.slice(next);
    next = 0;
  }

  function observe(event: WireEvent): void {
    const { connection } = event;
    const left = (waiting.get(connection) ?? 0) - octetsOf(event);
    waitingOctets -= octetsOf(event);
    if (event.kind === "close") waiting.delete(connection);
    else waiting.set(connection, left);
    if (failed.has(connection)) return;
    try {
      options.take(event);
    } catch (error) {
      failed.add(connection);
      options.onFailure(connection, error);
    }
  }

  return { push, drain: () => run(() => true), oldestMicros: () => queue[next]?.atMicros };
}

function octetsOf(event: WireEvent): number {
  return event.kind === "data" ? event.bytes.length : 0;
}

function counting(event: WireEvent): WireEvent {
  if (event.kind !== "data") return event;
  const { connection, atMicros, from, bytes } = event;
  return { kind: "omitted", connection, atMicros, from, octets: bytes.length, reason: "behind" };
}
