/**
 * The tap of a connection that may compress (RFC 4978): the octets are relayed as they are, and the analysis gets a copy
 * of them inflated, from the octet on at which compression begins.
 *
 * Theory of operation. Inflating takes turns of the event loop. So from COMPRESS on, all facts of both directions wait in
 * one queue, each with the time of its arrival, and are worked off one after the other: the analysis sees them in the
 * order in which they came. What cannot be inflated (no DEFLATE at all, a bomb, more than may wait) ends the analysis of
 * its direction, and is counted.
 */
import type { ConnectionId, Leg, Sender } from "../core/base/leg.ts";
import { LIMITS } from "../core/base/limits.ts";
import type { Micros } from "../core/base/time.ts";
import { NO_STARTTLS, type ServerFrame, type StartTlsState, type Taken } from "../core/intake.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { DeflateEnd } from "./deflate-end.ts";
import { createInflater, type Inflater, type NotInflated } from "./inflater.ts";
import type { Notice } from "./notice.ts";
import type { Exception, Tap } from "./tap.ts";

export interface InflatingTap extends Tap {
  /** Settles when everything that was told has been given on. */
  readonly drained: () => Promise<void>;
}

export interface InflatingTapOptions {
  readonly connection: ConnectionId;
  readonly onNotice: (notice: Notice) => void;
}

interface Read {
  readonly from: Sender;
  readonly bytes: Uint8Array;
  readonly atMicros: Micros;
  readonly as: Exception | undefined;
}

const SENDERS: readonly Sender[] = ["client", "server"];

export function createInflatingTap(tap: Tap, options: InflatingTapOptions): InflatingTap {
  return new TapThatMayInflate(tap, options);
}

/** Nearly no connection compresses: what inflating needs is made when it begins. */
class TapThatMayInflate implements InflatingTap {
  private readonly tap: Tap;
  private readonly options: InflatingTapOptions;
  private inflation: Inflation | undefined = undefined;

  constructor(tap: Tap, options: InflatingTapOptions) {
    this.tap = tap;
    this.options = options;
  }

  data(from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception): Taken {
    if (this.inflation !== undefined) {
      this.inflation.enqueue({ from, bytes, atMicros, as });
      return all(bytes);
    }
    const taken = this.tap.data(from, bytes, atMicros, as);
    if (taken.switch?.kind !== "deflate") return taken;
    this.inflation = createInflation(this.tap, this.options);
    this.inflation.begin(atMicros);
    if (taken.consumed < bytes.length) {
      this.inflation.enqueue({ from, bytes: bytes.subarray(taken.consumed), atMicros, as });
    }
    return all(bytes);
  }

  take(event: WireEvent): Taken {
    if (this.inflation === undefined) return this.tap.take(event);
    this.inflation.enqueue(() => this.tap.take(event));
    return { consumed: 0, switch: undefined };
  }

  dropped(from: Sender, octets: number): void {
    this.later(() => this.tap.dropped(from, octets));
  }

  startTls(leg: Leg, atMicros?: Micros): void {
    this.later(() => this.tap.startTls(leg, atMicros));
  }

  end(from: Sender, bare?: boolean): void {
    this.later(() => this.tap.end(from, bare));
  }

  error(leg: Leg, code: string, message: string): void {
    this.later(() => this.tap.error(leg, code, message));
  }

  close(by: Leg | "imapscope", reason: string): void {
    this.later(() => {
      this.tap.close(by, reason);
      this.inflation?.end();
    });
  }

  /** A word of ours in a compressed stream would break it. */
  serverFrame(): ServerFrame {
    return this.inflation === undefined ? this.tap.serverFrame() : "over";
  }

  startTlsState(): StartTlsState {
    return this.inflation === undefined ? this.tap.startTlsState() : NO_STARTTLS;
  }

  async drained(): Promise<void> {
    await this.inflation?.working();
  }

  /** Facts wait behind the octets that came before them. */
  private later(fact: () => void): void {
    if (this.inflation === undefined) fact();
    else this.inflation.enqueue(fact);
  }
}

interface Inflation {
  readonly begin: (atMicros: Micros) => void;
  readonly enqueue: (item: Read | (() => void)) => void;
  readonly end: () => void;
  readonly working: () => Promise<void> | undefined;
}

function createInflation(tap: Tap, options: InflatingTapOptions): Inflation {
  const { connection } = options;
  /** Of the directions that are compressed and can be followed. */
  const inflaters = new Map<Sender, Inflater>();
  const lost = new Set<Sender>();
  const ends = { client: new DeflateEnd(), server: new DeflateEnd() };
  let queue: (Read | (() => void))[] = [];
  let waitingOctets = 0;
  let working: Promise<void> | undefined;

  /** The server's octets are compressed from here, the client's from the first that it sends after the answer. */
  function begin(atMicros: Micros): void {
    for (const from of SENDERS) {
      ends[from] = new DeflateEnd();
      inflaters.set(from, createInflater());
      tap.take({ kind: "deflate", connection, atMicros, from });
    }
  }

  function enqueue(item: Read | (() => void)): void {
    queue.push(item);
    if (typeof item !== "function") waitingOctets += item.bytes.length;
    working ??= work();
  }

  async function work(): Promise<void> {
    // Not before its promise is known, or there would be no end to it.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      for (const item of batch) {
        if (typeof item === "function") item();
        else await give(item);
      }
    }
    working = undefined;
  }

  async function give(read: Read): Promise<void> {
    const { from, bytes, atMicros, as } = read;
    if (waitingOctets > LIMITS.inflateQueueOctets) for (const sender of SENDERS) giveUp(sender, "behind");
    waitingOctets -= bytes.length;
    if (as !== undefined) {
      tap.data(from, bytes, atMicros, as);
      return;
    }
    const border = inflaters.has(from) ? ends[from].border(bytes) : bytes.length;
    for (const part of [bytes.subarray(0, border), bytes.subarray(border)])
      if (part.length > 0) await givePart(from, part, atMicros);
  }

  async function givePart(from: Sender, bytes: Uint8Array, atMicros: Micros): Promise<void> {
    const isClear = ends[from].isBehind(bytes);
    if (isClear && ends[from].isOver()) drop(from);
    const inflater = isClear ? undefined : inflaters.get(from);
    const runs = inflater === undefined && !lost.has(from) ? [bytes] : await inflater?.inflate(bytes);
    if (inflater !== undefined) ends[from].inflated(bytes);
    if (typeof runs === "object") {
      for (const run of runs) await giveRun(from, run, atMicros);
      return;
    }
    if (runs !== undefined) giveUp(from, runs);
    tap.take({ kind: "omitted", connection, atMicros, from, octets: bytes.length, reason: "compressed" });
  }

  /** Clear octets. Compression may end in them and begin anew; any other switch comes too late to be obeyed. */
  async function giveRun(from: Sender, run: Uint8Array, atMicros: Micros): Promise<void> {
    let rest = run;
    while (rest.length > 0) {
      const { consumed, switch: change } = tap.data(from, rest, atMicros);
      rest = rest.subarray(change === undefined ? rest.length : consumed);
      if (change?.kind === "endDeflate") for (const sender of SENDERS) endOf(sender);
      else if (change?.kind === "keepDeflate") ends.client.refuse();
      else if (change?.kind === "holdClient" && rest.length === 0) ends.client.ask();
      if (change?.kind !== "deflate" || inflaters.size > 0) continue;
      begin(atMicros);
      if (rest.length > 0) await give({ from, bytes: rest, atMicros, as: undefined });
      return;
    }
  }

  /** What is left of the flush is inflated first. */
  function endOf(from: Sender): void {
    ends[from].end();
    if (ends[from].isFlushed()) drop(from);
  }

  function drop(from: Sender): void {
    inflaters.get(from)?.close();
    inflaters.delete(from);
  }

  function giveUp(from: Sender, why: NotInflated | "behind"): void {
    drop(from);
    if (lost.has(from)) return;
    lost.add(from);
    const notFound = why === "corrupt" && ends[from].isAsked();
    const text = `${reasonOf(from, notFound ? "notFound" : why)} It is relayed on, but what the ${from} says from here cannot be read.`;
    options.onNotice({ level: "warning", text, connection });
  }

  return { begin, enqueue, end: () => SENDERS.forEach(drop), working: () => working };
}

function all(bytes: Uint8Array): Taken {
  return { consumed: bytes.length, switch: undefined };
}

function reasonOf(from: Sender, why: NotInflated | "behind" | "notFound"): string {
  switch (why) {
    case "notFound":
      return "The client ended compression with UNAUTHENTICATE, and where that is cannot be found in its octets.";
    case "corrupt": {
      const known = from === "client" ? " (Perl's Mail::IMAPClient does so with large literals)" : "";
      return `The ${from} put octets that are no DEFLATE into its compressed stream${known}.`;
    }
    case "tooMuch":
      return `Compressed octets of the ${from} inflate to more than ${LIMITS.inflatedOctets / 2 ** 20} MiB at once.`;
    case "behind":
      return "Inflating cannot keep up with this connection.";
  }
}
