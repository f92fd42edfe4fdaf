/**
 * The octets of a client, one frame after the other: the next one is looked for only when the last was answered, because
 * what a line is depends on that (RFC 9051 §2.2.1), and because the transport may change behind it.
 */
import { LIMITS } from "../base/limits.ts";
import { concat, NO_OCTETS } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame } from "../imap/frame.ts";
import { createFramer } from "../imap/framer.ts";
import type { Framer } from "../imap/framer-options.ts";
import { announcedLiteral } from "../imap/growing-literal.ts";
import type { Announced } from "../imap/segment.ts";
import type { Ignored } from "./ignore.ts";
import { createLiteralPrints, type LiteralPrint, type LiteralPrints } from "./literal-print.ts";

export interface ClientFrame {
  readonly frame: Frame;
  readonly prints: readonly LiteralPrint[];
}

export interface ClientFramesOptions {
  /** Whether a line that ends like a literal header announces one now: not in SASL and IDLE. */
  readonly opensLiterals: () => boolean;
  /**
   * A literal was announced that waits for a continuation request. `soFar` is the command where it is the first of it; `refused`
   * means that it gets none, and that the command ends there.
   */
  readonly onWaiting: (soFar: Frame | undefined) => "continued" | "refused";
  /** What commands are not compared by. */
  readonly ignored?: Ignored | undefined;
}

/** Octets that may wait to be framed before their client should not be read. */
const WAITING_OCTETS = 64 * 1024;

export class ClientFrames {
  private readonly framer: Framer;
  private readonly prints: LiteralPrints;
  private waiting: Uint8Array[] = [];
  private waitingOctets = 0;
  private atMicros: Micros = 0;
  private found: Frame | undefined = undefined;

  constructor({ opensLiterals, onWaiting, ignored }: ClientFramesOptions) {
    this.prints = createLiteralPrints(ignored);
    this.framer = createFramer({
      from: "client",
      literalHeadOctets: LIMITS.literalHeadOctets,
      opensLiterals,
      onAnnounced: (announced) => {
        if (!announced.header.synchronizing) return;
        if (onWaiting(soFar(announced)) === "refused") this.framer.refuse();
        else this.framer.continued(this.atMicros);
      },
      onSegment: this.prints.segment,
      onFrame: (frame) => {
        this.found = frame;
        return false;
      },
    });
  }

  take(bytes: Uint8Array, atMicros: Micros): void {
    this.atMicros = atMicros;
    this.waiting.push(bytes);
    this.waitingOctets += bytes.length;
  }

  /** Octets are there that nobody has looked at. */
  hasMore(): boolean {
    return this.waitingOctets > 0;
  }

  isFull(): boolean {
    return this.waitingOctets > WAITING_OCTETS;
  }

  /** Frames what is there up to the end of one frame or run; `undefined` where the frame goes on. */
  next(): ClientFrame | undefined {
    const [first] = this.waiting;
    if (first === undefined) return undefined;
    const consumed = this.framer.push(first, this.atMicros);
    this.waitingOctets -= consumed;
    if (consumed === first.length) this.waiting.shift();
    else this.waiting[0] = first.subarray(consumed);
    const frame = this.found;
    this.found = undefined;
    return frame && { frame, prints: this.prints.take() };
  }

  /** What came behind the last frame, for whoever goes on with it. */
  rest(): Uint8Array {
    const rest = concat(this.waiting);
    this.waiting = [];
    this.waitingOctets = 0;
    return rest;
  }
}

/** What a refusal of the announced literal would make of its frame. */
function soFar({ line, header, index, startMicros, atMicros }: Announced): Frame | undefined {
  if (index > 0) return undefined;
  return {
    ...{ from: "client", startMicros, endMicros: atMicros, octets: line.length + 2 },
    lines: [line, NO_OCTETS],
    literals: [announcedLiteral(header, atMicros)],
    ...{ end: "refused", droppedOctets: 0 },
  };
}
