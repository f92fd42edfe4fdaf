/**
 * What is kept of the literals of a command so that two can be compared: a digest of all octets, and the first of them. Whoever
 * frames a client's octets passes the framer's segments on and takes the prints with each frame.
 */
import { LIMITS } from "../base/limits.ts";
import { OctetBuffer } from "../base/octet-buffer.ts";
import type { Frame, Literal } from "../imap/frame.ts";
import type { Segment } from "../imap/segment.ts";
import { Digest, digestOf } from "./digest.ts";
import { type Ignored, NOTHING_IGNORED } from "./ignore.ts";
import { MessageSettler } from "./message-settler.ts";

export interface LiteralPrint {
  /** That came. */
  readonly octets: number;
  /** The first octets; all of them where their count is `octets`. */
  readonly head: Uint8Array;
  /** Of all octets; `undefined` where not all of them were seen. */
  readonly digest: string | undefined;
  /** The digest of what is left without its volatile parts, where rules name any. */
  readonly settled?: string;
}

export interface LiteralPrints {
  /** Takes a run as `FramerOptions.onSegment` gives it. */
  readonly segment: (segment: Segment) => void;
  /** The prints of the literals of the frame that has just come, in their order; begins anew. */
  readonly take: () => readonly LiteralPrint[];
}

export const NO_PRINTS: readonly LiteralPrint[] = [];

interface Growing {
  readonly digest: Digest;
  /** What is left without volatile parts, and who leaves these out. */
  readonly settled: Digest;
  readonly settler: MessageSettler | undefined;
  readonly head: OctetBuffer;
}

/** `ignored` are the rules by which two commands will be compared. */
export function createLiteralPrints(ignored: Ignored = NOTHING_IGNORED): LiteralPrints {
  let literals: Growing[] = [];
  let room: number = LIMITS.printHeadsOctets;

  function growing(index: number): Growing | undefined {
    if (index >= LIMITS.frameLiterals) return undefined;
    while (literals.length <= index) literals.push(begin(room, ignored));
    return literals[index];
  }

  return {
    segment: ({ kind, bytes, start, end, index, header }) => {
      // Its header is heard of first: a literal of no octets has no run.
      if (kind === "line" && header !== undefined) growing(index);
      if (kind !== "literal") return;
      const literal = growing(index);
      if (literal === undefined) return;
      const before = literal.head.peek().length;
      literal.digest.update(bytes, start, end);
      literal.settler?.update(bytes.subarray(start, end));
      literal.head.append(bytes.subarray(start, end));
      room -= literal.head.peek().length - before;
    },
    take: () => {
      if (literals.length === 0) return NO_PRINTS;
      const prints = literals.map(print);
      literals = [];
      room = LIMITS.printHeadsOctets;
      return prints;
    },
  };
}

function begin(room: number, ignored: Ignored): Growing {
  const settled = new Digest();
  return {
    digest: new Digest(),
    settled,
    settler: ignored.inMessages ? new MessageSettler(ignored, settled) : undefined,
    head: new OctetBuffer(Math.min(LIMITS.printHeadOctets, room), 0),
  };
}

function print({ digest, settled, settler, head }: Growing): LiteralPrint {
  settler?.finish();
  return {
    octets: digest.octets,
    head: head.peek(),
    digest: digest.toString(),
    ...(settler === undefined ? {} : { settled: settled.toString() }),
  };
}

/** The print of each literal of a frame; where none was made, what its kept head tells. */
export function printsByLiteral(
  frame: Frame,
  prints: readonly LiteralPrint[],
): ReadonlyMap<Literal, LiteralPrint> {
  return new Map(frame.literals.map((literal, index) => [literal, prints[index] ?? printOfHead(literal)]));
}

function printOfHead({ head, received }: Literal): LiteralPrint {
  const digest = head.length === received ? digestOf(head) : undefined;
  return { octets: received, head, digest };
}
