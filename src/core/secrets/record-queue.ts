/**
 * The masked events of one connection in the order of arrival. Each read has a slot; a slot whose octets are not all decided
 * yet holds back itself and what came after it, so that order and times stay true.
 */
import type { Span } from "../base/leg.ts";
import { concat } from "../base/octets.ts";
import type { DataEvent, OmittedReason, WireEvent } from "../wire/event.ts";

/** A run of a read that stands as it was, or octets that stand for others. */
export type Piece =
  | { readonly kind: "clear"; start: number; end: number }
  | { readonly kind: "written"; readonly bytes: Uint8Array; readonly masked: readonly Span[] }
  /** Not decided yet. */
  | { readonly kind: "held"; pieces: readonly Piece[] | undefined };

export class Slot {
  event: WireEvent;
  /** Octets of the read. */
  readonly octets: number;
  readonly pieces: Piece[] = [];
  /** Runs that are not decided yet. */
  held = 0;

  constructor(event: WireEvent) {
    this.event = event;
    this.octets = event.kind === "data" ? event.bytes.length : 0;
  }

  clear(start: number, end: number): void {
    if (start >= end) return;
    const last = this.pieces[this.pieces.length - 1];
    if (last?.kind === "clear" && last.end === start) last.end = end;
    else this.pieces.push({ kind: "clear", start, end });
  }

  /** Whether nothing of the read was decided or held yet. */
  isUntouched(): boolean {
    return this.pieces.length === 0;
  }

  /** Gives on only how many octets the read had. */
  omit(reason: OmittedReason): void {
    const { event } = this;
    if (event.kind !== "data") return;
    const { connection, atMicros, from, relayed } = event;
    const counted = {
      kind: "omitted",
      connection,
      atMicros,
      from,
      octets: event.bytes.length,
      reason,
    } as const;
    this.event = relayed === undefined ? counted : { ...counted, relayed };
    this.held = 0;
  }

  write(bytes: Uint8Array, masked: readonly Span[]): void {
    if (bytes.length > 0) this.pieces.push({ kind: "written", bytes, masked });
  }

  /** The event with its octets masked, or `undefined` where nothing of it is left. */
  masked(): WireEvent | undefined {
    if (this.event.kind !== "data") return this.event;
    const { pieces, event } = this;
    return pieces.length > 0 && clearEnd(pieces, 0) === event.bytes.length ? event : rebuilt(event, pieces);
  }
}

/** Where octets end that stand as they were from `start` on, one run behind the other; -1 where that is not all. */
function clearEnd(pieces: readonly Piece[], start: number): number {
  let end = start;
  for (const piece of pieces) {
    if (piece.kind === "written" || (piece.kind === "clear" && piece.start !== end)) return -1;
    end = piece.kind === "clear" ? piece.end : clearEnd(piece.pieces ?? [], end);
    if (end < 0) return -1;
  }
  return end;
}

function rebuilt(event: DataEvent, pieces: readonly Piece[]): DataEvent | undefined {
  const runs: Uint8Array[] = [];
  const redacted: Span[] = [];
  let octets = 0;
  const add = (list: readonly Piece[]): void => {
    for (const piece of list) {
      if (piece.kind === "held") {
        add(piece.pieces ?? []);
        continue;
      }
      const run = piece.kind === "clear" ? event.bytes.subarray(piece.start, piece.end) : piece.bytes;
      if (piece.kind === "written") {
        for (const [start, end] of piece.masked) redacted.push([octets + start, octets + end]);
      }
      runs.push(run);
      octets += run.length;
    }
  };
  add(pieces);
  return octets === 0 ? undefined : { ...event, bytes: concat(runs), redacted };
}

export class RecordQueue {
  private slots: Slot[] = [];
  private waitingOctets = 0;
  private readonly emit: (event: WireEvent) => void;

  constructor(emit: (event: WireEvent) => void) {
    this.emit = emit;
  }

  add(event: WireEvent): Slot {
    const slot = new Slot(event);
    this.slots.push(slot);
    this.waitingOctets += slot.octets;
    return slot;
  }

  /** Octets that wait because something before them is not decided. */
  get octets(): number {
    return this.waitingOctets;
  }

  isEmpty(): boolean {
    return this.slots.length === 0;
  }

  /** Gives up what is held, and the newest slot: only their octets are counted. */
  omitUndecided(newest: Slot): void {
    for (const slot of this.slots) if (slot.held > 0 || slot === newest) slot.omit("opaque");
  }

  /** Gives on everything that is decided, up to the first slot that is not. */
  flush(): void {
    let ready = 0;
    for (const slot of this.slots) {
      if (slot.held > 0) break;
      ready++;
    }
    if (ready === 0) return;
    const given = ready === this.slots.length ? this.slots : this.slots.slice(0, ready);
    this.slots = ready === this.slots.length ? [] : this.slots.slice(ready);
    for (const slot of given) {
      this.waitingOctets -= slot.octets;
      const event = slot.masked();
      if (event !== undefined) this.emit(event);
    }
  }
}
