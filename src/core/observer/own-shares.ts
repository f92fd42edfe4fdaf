/**
 * Finds what of a frame is imapscope's doing: octets that it said itself or put in, and octets of a peer that it took out. The
 * log of facts has these octet by octet; whoever shows a frame shows it as a whole, and has to mark it as what it is.
 */
import type { Sender } from "../base/leg.ts";
import { concat, displayText, NO_OCTETS } from "../base/octets.ts";
import type { Dialogue } from "../dialogue/dialogue.ts";
import type { FrameRead } from "../dialogue/event.ts";
import type { Frame, OwnShare } from "../imap/frame.ts";
import type { DataEvent } from "../wire/event.ts";

/** Octets of what was said, put in or taken out that are kept to be shown. */
const SHOWN_OCTETS = 256;

/** What is known of a frame that is under way. */
interface Begun {
  readonly ownOctets: number;
  /** As far as they are shown, and one more. */
  readonly own: Uint8Array;
  readonly tookOut: Uint8Array;
}

const NOTHING: Begun = { ownOctets: 0, own: NO_OCTETS, tookOut: NO_OCTETS };

export class OwnShares {
  private readonly begun: Record<Sender, Begun> = { client: NOTHING, server: NOTHING };
  /** Octets that are being taken, as far as no frame has ended in them; only where something may be imapscope's. */
  private rest: { readonly from: Sender; readonly bytes: Uint8Array; readonly own: boolean } | undefined;
  /** Of the frame under way, how many octets came before them. */
  private octetsBefore = 0;

  private readonly dialogue: Pick<Dialogue, "underWay">;

  constructor(dialogue: Pick<Dialogue, "underWay">) {
    this.dialogue = dialogue;
  }

  /** The dialogue is about to take octets of an event. */
  comes({ from, byImapscope }: DataEvent, bytes: Uint8Array): void {
    const own = byImapscope === true;
    this.rest = own || this.begun[from] !== NOTHING ? { from, bytes, own } : undefined;
    if (this.rest !== undefined) this.octetsBefore = this.octetsUnderWay(from);
  }

  /** It has taken them. */
  came(): void {
    const { rest } = this;
    if (rest === undefined) return;
    this.rest = undefined;
    const { from, bytes, own } = rest;
    if (this.octetsUnderWay(from) === 0) this.begun[from] = NOTHING;
    else if (own) this.begun[from] = withOwn(this.begun[from], bytes);
  }

  /** Octets came that went no further: of a frame that has begun, they were taken out. */
  tookOut({ from, bytes }: DataEvent): void {
    if (this.octetsUnderWay(from) === 0) return;
    const begun = this.begun[from];
    this.begun[from] = { ...begun, tookOut: joined(begun.tookOut, bytes) };
  }

  /** The frame with what of it is imapscope's doing: of nearly all frames, nothing. */
  marked(read: FrameRead): FrameRead {
    const { frame } = read;
    const { from } = frame;
    if (this.rest === undefined && this.begun[from] === NOTHING) return read;
    const own = sharesOf(this.ended(frame), frame);
    this.begun[from] = NOTHING;
    return own.length === 0 ? read : { ...read, frame: { ...frame, own } };
  }

  private octetsUnderWay(from: Sender): number {
    return this.dialogue.underWay(from)?.octets ?? 0;
  }

  /** What is known of a frame at its end; the octets behind it are those of the next. */
  private ended({ from, octets }: Frame): Begun {
    const { rest, octetsBefore } = this;
    const begun = this.begun[from];
    if (rest?.from !== from) return begun;
    const end = Math.max(0, octets - octetsBefore);
    this.rest = { ...rest, bytes: rest.bytes.subarray(end) };
    this.octetsBefore = 0;
    return rest.own ? withOwn(begun, rest.bytes.subarray(0, end)) : begun;
  }
}

function withOwn(begun: Begun, bytes: Uint8Array): Begun {
  const ownOctets = begun.ownOctets + bytes.length;
  return { ...begun, ownOctets, own: joined(begun.own, bytes) };
}

function joined(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const room = SHOWN_OCTETS + 1 - before.length;
  return room <= 0 ? before : concat([before, bytes.subarray(0, room)]);
}

function sharesOf({ ownOctets, own, tookOut }: Begun, frame: Frame): readonly OwnShare[] {
  const shares: OwnShare[] = [];
  if (ownOctets > 0) shares.push({ did: ownOctets < frame.octets ? "putIn" : "said", text: shown(own) });
  // A frame that ends where it was left out was cut off, not altered.
  if (tookOut.length > 0 && frame.end !== "cut") shares.push({ did: "tookOut", text: shown(tookOut) });
  return shares;
}

function shown(bytes: Uint8Array): string {
  const text = displayText(bytes.subarray(0, SHOWN_OCTETS)).trim();
  return bytes.length > SHOWN_OCTETS ? `${text}…` : text;
}
