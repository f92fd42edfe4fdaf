/**
 * Theory of operation. The framer cuts the octets of one direction into frames: a line up to LF; where the line ends in a
 * literal header and is not free text, then so many octets, and then the line goes on (RFC 9051 §2.2, §4.3). It finds line
 * ends with one native search, skips literals by arithmetic, and keeps only the line that a read cut off. It knows no
 * grammar: whether a line is free text (which never opens a literal) is asked of its owner, and only for the rare line
 * that ends like a header. The frames are the same for any chunking of the octets.
 */
import { LIMITS } from "../base/limits.ts";
import { OctetBuffer } from "../base/octet-buffer.ts";
import { CR, concat, detach, LF, NO_OCTETS } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame, FrameEnd } from "./frame.ts";
import type { Framer, FramerOptions, UnderWay } from "./framer-options.ts";
import { announcedLiteral, type GrowingLiteral } from "./growing-literal.ts";
import { type LiteralHeader, literalHeader } from "./literal-header.ts";
import type { Segment } from "./segment.ts";

/** The longest literal header there is room for at the end of a line: `~{` 20 digits `+}` CR. */
const HEADER_OCTETS = 26;

/** Nearly every frame is one line without literals: these stand for lists that nothing was put in, and are never put into. */
const NO_LINES: Uint8Array[] = [];
const NO_LITERALS: GrowingLiteral[] = [];

export function createFramer(options: FramerOptions): Framer {
  return new OctetFramer(options);
}

class OctetFramer implements Framer {
  private readonly options: FramerOptions;
  private lines = NO_LINES;
  private literals = NO_LITERALS;
  private octets = 0;
  private droppedOctets = 0;
  private headRoom: number = LIMITS.frameHeadOctets;
  private startMicros = 0;
  private endMicros = 0;
  /** The line so far where a read cut it off. */
  private readonly cut = new OctetBuffer(LIMITS.lineOctets, HEADER_OCTETS);
  private literalLeft = -1;
  private literalHead = NO_LINES;
  private index = 0;
  /** Whether the line that was found last ended in LF alone. */
  private bareLf = false;

  constructor(options: FramerOptions) {
    this.options = options;
  }

  private reset(): void {
    this.lines = NO_LINES;
    this.literals = NO_LITERALS;
    this.octets = 0;
    this.droppedOctets = 0;
    this.headRoom = LIMITS.frameHeadOctets;
    this.literalLeft = -1;
    this.literalHead = NO_LINES;
    this.index = 0;
  }

  private addLine(line: Uint8Array): void {
    if (this.lines === NO_LINES) this.lines = [line];
    else this.lines.push(line);
  }

  private emit(end: FrameEnd): boolean {
    if (this.lines.length === this.literals.length) this.addLine(NO_OCTETS);
    const frame: Frame = {
      from: this.options.from,
      startMicros: this.startMicros,
      endMicros: this.endMicros,
      octets: this.octets,
      lines: this.lines,
      literals: this.literals,
      end,
      droppedOctets: this.droppedOctets,
    };
    this.reset();
    return this.options.onFrame(frame);
  }

  private endLiteral(): void {
    const literal = this.literals[this.literals.length - 1];
    if (literal !== undefined && this.literalHead.length > 0) literal.head = concat(this.literalHead);
    this.literalHead = NO_LINES;
    this.literalLeft = -1;
    this.index++;
  }

  private tell(
    kind: Segment["kind"],
    bytes: Uint8Array,
    start: number,
    end: number,
    last: boolean,
    header?: LiteralHeader,
    line?: Uint8Array,
  ): void {
    this.options.onSegment?.({ kind, bytes, start, end, last, index: this.index, header, line });
  }

  private takeLiteral(bytes: Uint8Array, start: number, atMicros: Micros): number {
    const end = Math.min(bytes.length, start + this.literalLeft);
    const taken = end - start;
    this.literalLeft -= taken;
    this.tell("literal", bytes, start, end, this.literalLeft === 0);
    this.octets += taken;
    this.endMicros = atMicros;
    const literal = this.literals[this.literals.length - 1];
    if (literal !== undefined && this.index === this.literals.length - 1) {
      const wanted = Math.max(0, this.options.literalHeadOctets - literal.received);
      const keep = Math.min(wanted, taken, this.headRoom);
      if (keep > 0) this.literalHead.push(detach(bytes.subarray(start, start + keep)));
      this.headRoom -= keep;
      literal.received += taken;
    } else this.droppedOctets += taken;
    if (this.literalLeft === 0) this.endLiteral();
    return end;
  }

  /** The line that ends at `lf` without its line end; `bareLf` tells which it had. */
  private wholeLine(bytes: Uint8Array, start: number, lf: number): Uint8Array {
    this.bareLf = lf === start || bytes[lf - 1] !== CR;
    return bytes.subarray(start, this.bareLf ? lf : lf - 1);
  }

  /** Puts the rest of a line behind what a read had cut off; false where it is too long for its line end to be kept. */
  private join(bytes: Uint8Array, start: number, lf: number): boolean {
    const fits = this.cut.octets + lf - start < LIMITS.lineOctets;
    this.cut.append(bytes.subarray(start, fits ? lf + 1 : lf));
    return fits;
  }

  /** The same of the line that was joined. */
  private joinedLine(fits: boolean): Uint8Array {
    const { bytes, lostOctets } = this.cut.take();
    this.droppedOctets += lostOctets;
    return this.wholeLine(bytes, 0, fits ? bytes.length - 1 : bytes.length);
  }

  push(bytes: Uint8Array, atMicros: Micros): number {
    let at = 0;
    while (at < bytes.length) {
      if (this.octets === 0) {
        this.startMicros = atMicros;
        const end = this.options.passes?.(bytes, at, atMicros, atMicros) ?? at;
        if (end > at) this.tell("passed", bytes, at, end, true);
        at = end;
        if (at === bytes.length) break;
      }
      if (this.literalLeft > 0) {
        at = this.takeLiteral(bytes, at, atMicros);
        continue;
      }
      if (this.literalLeft === 0) this.endLiteral();
      this.endMicros = atMicros;
      const lf = bytes.indexOf(LF, at);
      if (lf < 0) {
        this.tell("line", bytes, at, bytes.length, false);
        this.octets += bytes.length - at;
        this.cut.append(bytes.subarray(at));
        return bytes.length;
      }
      const start = at;
      at = lf + 1;
      const whole = this.cut.octets === 0 && lf - start <= LIMITS.lineOctets;
      const fits = whole || this.join(bytes, start, lf);
      if (!whole && fits && this.passJoined(bytes, start, at, atMicros)) continue;
      const line = whole ? this.wholeLine(bytes, start, lf) : this.joinedLine(fits);
      const ended = literalHeader(line);
      const header =
        ended !== undefined && this.options.opensLiterals(this.lines[0] ?? line) ? ended : undefined;
      this.tell("line", bytes, start, at, true, header, whole ? line : undefined);
      this.octets += at - start;
      if (this.index < LIMITS.frameLiterals) this.addLine(line);
      else this.droppedOctets += at - start;
      const end = this.bareLf ? "lf" : "crlf";
      if (!(header === undefined ? this.emit(end) : this.announce(line, header, atMicros))) return at;
    }
    return bytes.length;
  }

  /** Lets a unit pass that is the joined line alone, where nobody asks for it: nothing is made of the line. */
  private passJoined(bytes: Uint8Array, start: number, end: number, atMicros: Micros): boolean {
    const { cut, options, startMicros } = this;
    if (options.passes === undefined || this.lines !== NO_LINES) return false;
    if (options.passes(cut.peek(), 0, startMicros, atMicros) !== cut.octets) return false;
    this.tell("line", bytes, start, end, true);
    cut.clear();
    this.reset();
    return true;
  }

  private announce(line: Uint8Array, header: LiteralHeader, atMicros: Micros): boolean {
    this.literalLeft = header.octets;
    if (this.index < LIMITS.frameLiterals) {
      const literal = announcedLiteral(header, atMicros);
      this.literalHead = [];
      if (this.literals === NO_LITERALS) this.literals = [literal];
      else this.literals.push(literal);
    }
    this.options.onAnnounced({ line, header, index: this.index, startMicros: this.startMicros, atMicros });
    return this.octets > 0;
  }

  continued(atMicros: Micros): void {
    const literal = this.literals[this.literals.length - 1];
    if (literal !== undefined && this.literalLeft >= 0 && literal.received === 0)
      literal.continuedMicros ??= atMicros;
  }

  refuse(): void {
    if (this.literalLeft >= 0) this.emit("refused");
  }

  finish(): void {
    if (this.octets === 0) return;
    if (this.cut.octets > 0) {
      const { bytes, lostOctets } = this.cut.take();
      this.addLine(bytes);
      this.droppedOctets += lostOctets;
    }
    if (this.literalLeft > 0) this.endLiteral();
    this.emit("cut");
  }

  atBorder(): boolean {
    return this.octets === 0;
  }

  underWay(): UnderWay | undefined {
    return this.octets === 0 ? undefined : { startMicros: this.startMicros, octets: this.octets };
  }

  awaitsContinuation(): boolean {
    const literal = this.literals[this.literals.length - 1];
    return this.literalLeft >= 0 && literal?.synchronizing === true && literal.received === 0;
  }
}
