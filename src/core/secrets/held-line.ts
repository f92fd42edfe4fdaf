/** The runs of one line that wait for its plan, each with the slot of its read, and how they are let go. */
import type { Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { MASK } from "../base/mask.ts";
import { OctetBuffer } from "../base/octet-buffer.ts";
import { CR, fromLatin1, LF } from "../base/octets.ts";
import type { Segment } from "../imap/segment.ts";
import type { Replacement } from "./plan.ts";
import { type Piece, Slot } from "./record-queue.ts";

interface HeldRun {
  readonly slot: Slot;
  readonly place: Extract<Piece, { kind: "held" }>;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export class HeldLine {
  private runs: HeldRun[] = [];
  /** Bounded by whoever asks for the plan: LIMITS.heldOctets and one read. */
  private readonly joined = new OctetBuffer(Number.MAX_SAFE_INTEGER, 0);

  /** Number of the held line within its unit. */
  index = 0;

  isEmpty(): boolean {
    return this.runs.length === 0;
  }

  add(run: Segment, slot: Slot): void {
    const place: HeldRun["place"] = { kind: "held", pieces: undefined };
    slot.pieces.push(place);
    slot.held++;
    this.index = run.index;
    this.runs.push({ slot, place, bytes: run.bytes, start: run.start, end: run.end });
    this.joined.append(run.bytes.subarray(run.start, run.end));
  }

  /** The line as far as it has come; valid until the next call. */
  line(): Uint8Array {
    return this.joined.peek();
  }

  /**
   * Lets the first `octets` of the line go, with replacements (ascending, without overlap); what is behind them is dropped.
   * A replacement stands in the read in which what it replaces ended. Returns the slot of the last run.
   */
  release(replacements: readonly Replacement[], octets: number): Slot {
    let offset = 0;
    let next = 0;
    let last: Slot | undefined;
    for (const run of this.runs) {
      const length = Math.min(run.end - run.start, Math.max(0, octets - offset));
      const out = new Slot(run.slot.event);
      let at = 0;
      while (at < length) {
        const replacement = replacements[next];
        if (replacement === undefined || replacement.start >= offset + length) break;
        out.clear(run.start + at, run.start + Math.max(at, replacement.start - offset));
        if (replacement.end > offset + length) {
          at = length;
          break;
        }
        const by = replacement.by === "mask" ? MASK : String(MASK.length);
        out.write(fromLatin1(by), replacement.by === "mask" ? [[0, MASK.length]] : []);
        at = replacement.end - offset;
        next++;
      }
      out.clear(run.start + at, run.start + length);
      run.place.pieces = out.pieces;
      run.slot.held--;
      last = run.slot;
      offset += run.end - run.start;
    }
    this.runs = [];
    this.joined.take();
    if (last === undefined) throw new Error("released a line that holds nothing");
    return last;
  }
}

/** Clients quote nothing, so little of what they say has to be held; a server's text is held for the echoes in it. */
export function heldOctets(from: Sender): number {
  return from === "client" ? LIMITS.heldOctets : LIMITS.heldTextOctets;
}

/** A line without its line end, or without the CR that may be the first half of one. */
export function withoutLineEnd(line: Uint8Array): Uint8Array {
  let end = line.length;
  if (line[end - 1] === LF) end--;
  if (line[end - 1] === CR) end--;
  return line.subarray(0, end);
}
