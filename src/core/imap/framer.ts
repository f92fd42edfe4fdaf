/**
 * Theory of operation. The framer cuts the octets of one direction into frames: a line up to LF; where the line ends in a
 * literal header and is not free text, then so many octets, and then the line goes on (RFC 9051 §2.2, §4.3). It finds line
 * ends with one native search, skips literals by arithmetic, and keeps only the line that a read cut off. It knows no
 * grammar: whether a line is free text (which never opens a literal) is asked of its owner, and only for the rare line
 * that ends like a header. The frames are the same for any chunking of the octets.
 */
import type { Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { OctetBuffer } from "../base/octet-buffer.ts";
import { CR, concat, detach, LF, NO_OCTETS } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame, FrameEnd, Literal } from "./frame.ts";
import { type LiteralHeader, literalHeader } from "./literal-header.ts";
import type { Announced, Segment } from "./segment.ts";

export interface FramerOptions {
  readonly from: Sender;
  /** Octets of each literal to keep as its head; 0 where nobody looks at them. */
  readonly literalHeadOctets: number;
  /** Whether the first line of a frame may open literals; called only for lines that end like a literal header. */
  readonly opensLiterals: (firstLine: Uint8Array) => boolean;
  /** Called with each complete line that announces a literal. */
  readonly onAnnounced: (announced: Announced) => void;
  /** Called with each frame; false stops the framer behind it (the transport changes there). */
  readonly onFrame: (frame: Frame) => boolean;
  /** Where whole units end that follow each other from `start` on and that nobody asks for: no frames are made of them. */
  readonly passes?: (bytes: Uint8Array, start: number, atMicros: Micros) => number;
  /** Called before anything else with each run of a line or literal, in order, for those who follow octet by octet. */
  readonly onSegment?: (segment: Segment) => void;
}

export interface Framer {
  /** Takes octets; returns how many were consumed: all, or up to the frame at which `onFrame` said stop. */
  readonly push: (bytes: Uint8Array, atMicros: Micros) => number;
  /** A continuation request answered the last announced literal. */
  readonly continued: (atMicros: Micros) => void;
  /** The literal that was announced last was refused: its frame ends here, and the next octet begins a new one. */
  readonly refuse: () => void;
  /** The octets have ended; gives the frame that is cut off, if there is one. */
  readonly finish: () => void;
  /** Whether the next octet begins a frame. */
  readonly atBorder: () => boolean;
  /** Whether a synchronizing literal was announced of which no octet has come: the client still waits, or should. */
  readonly awaitsContinuation: () => boolean;
}

/** The longest literal header there is room for at the end of a line: `~{` 20 digits `+}` CR. */
const HEADER_OCTETS = 26;

type Growing = { -readonly [K in keyof Literal]: Literal[K] };

/** Nearly every frame is one line without literals: these stand for lists that nothing was put in, and are never put into. */
const NO_LINES: Uint8Array[] = [];
const NO_LITERALS: Growing[] = [];

export function createFramer(options: FramerOptions): Framer {
  let lines = NO_LINES;
  let literals = NO_LITERALS;
  let octets = 0;
  let droppedOctets = 0;
  let headRoom: number = LIMITS.frameHeadOctets;
  let startMicros = 0;
  let endMicros = 0;
  /** The line so far where a read cut it off. */
  const cut = new OctetBuffer(LIMITS.lineOctets, HEADER_OCTETS);
  let literalLeft = -1;
  let literalHead = NO_LINES;
  let index = 0;
  /** Whether the line that {@link lineAt} gave last ended in LF alone. */
  let bareLf = false;

  function reset(): void {
    lines = NO_LINES;
    literals = NO_LITERALS;
    octets = 0;
    droppedOctets = 0;
    headRoom = LIMITS.frameHeadOctets;
    literalLeft = -1;
    literalHead = NO_LINES;
    index = 0;
  }

  function addLine(line: Uint8Array): void {
    if (lines === NO_LINES) lines = [line];
    else lines.push(line);
  }

  function emit(end: FrameEnd): boolean {
    if (lines.length === literals.length) addLine(NO_OCTETS);
    const frame: Frame = {
      from: options.from,
      startMicros,
      endMicros,
      octets,
      lines,
      literals,
      end,
      droppedOctets,
    };
    reset();
    return options.onFrame(frame);
  }

  function endLiteral(): void {
    const literal = literals[literals.length - 1];
    if (literal !== undefined && literalHead.length > 0) literal.head = concat(literalHead);
    literalHead = NO_LINES;
    literalLeft = -1;
    index++;
  }

  function tell(
    kind: Segment["kind"],
    bytes: Uint8Array,
    start: number,
    end: number,
    last: boolean,
    header?: LiteralHeader,
    line?: Uint8Array,
  ): void {
    options.onSegment?.({ kind, bytes, start, end, last, index, header, line });
  }

  function takeLiteral(bytes: Uint8Array, start: number, atMicros: Micros): number {
    const end = Math.min(bytes.length, start + literalLeft);
    const taken = end - start;
    literalLeft -= taken;
    const last = literalLeft === 0;
    tell("literal", bytes, start, end, last);
    octets += taken;
    endMicros = atMicros;
    const literal = literals[literals.length - 1];
    if (literal !== undefined && index === literals.length - 1) {
      const kept =
        literal.received < options.literalHeadOctets ? options.literalHeadOctets - literal.received : 0;
      const keep = Math.min(kept, taken, headRoom);
      if (keep > 0) literalHead.push(detach(bytes.subarray(start, start + keep)));
      headRoom -= keep;
      literal.received += taken;
    } else {
      droppedOctets += taken;
    }
    if (last) endLiteral();
    return end;
  }

  /** The line that ends at `lf` without its line end; `bareLf` tells which it had. */
  function lineAt(bytes: Uint8Array, start: number, lf: number, whole: boolean): Uint8Array {
    if (whole) {
      bareLf = lf === start || bytes[lf - 1] !== CR;
      return bytes.subarray(start, bareLf ? lf : lf - 1);
    }
    cut.append(bytes.subarray(start, lf));
    const { bytes: line, lostOctets } = cut.take();
    droppedOctets += lostOctets;
    bareLf = line[line.length - 1] !== CR;
    return bareLf ? line : line.subarray(0, -1);
  }

  function push(bytes: Uint8Array, atMicros: Micros): number {
    let at = 0;
    while (at < bytes.length) {
      if (octets === 0) {
        startMicros = atMicros;
        const end = options.passes?.(bytes, at, atMicros) ?? at;
        if (end > at) tell("passed", bytes, at, end, true);
        at = end;
        if (at === bytes.length) break;
      }
      if (literalLeft > 0) {
        at = takeLiteral(bytes, at, atMicros);
        continue;
      }
      if (literalLeft === 0) endLiteral();
      endMicros = atMicros;
      const lf = bytes.indexOf(LF, at);
      if (lf < 0) {
        tell("line", bytes, at, bytes.length, false);
        octets += bytes.length - at;
        cut.append(bytes.subarray(at));
        return bytes.length;
      }
      const start = at;
      at = lf + 1;
      const whole = cut.octets === 0 && lf - start <= LIMITS.lineOctets;
      const line = lineAt(bytes, start, lf, whole);
      const ended = literalHeader(line);
      const header = ended !== undefined && options.opensLiterals(lines[0] ?? line) ? ended : undefined;
      tell("line", bytes, start, at, true, header, whole ? line : undefined);
      octets += at - start;
      if (index < LIMITS.frameLiterals) addLine(line);
      else droppedOctets += at - start;
      if (header === undefined) {
        if (!emit(bareLf ? "lf" : "crlf")) return at;
      } else {
        announce(line, header, atMicros);
      }
    }
    return bytes.length;
  }

  function announce(line: Uint8Array, header: LiteralHeader, atMicros: Micros): void {
    literalLeft = header.octets;
    if (index < LIMITS.frameLiterals) {
      const literal: Growing = {
        octets: header.octets,
        received: 0,
        head: NO_OCTETS,
        synchronizing: header.synchronizing,
        literal8: header.literal8,
        announcedMicros: atMicros,
        continuedMicros: undefined,
      };
      literalHead = [];
      if (literals === NO_LITERALS) literals = [literal];
      else literals.push(literal);
    }
    options.onAnnounced({ line, header, index, startMicros, atMicros });
  }

  return {
    push,
    continued: (atMicros) => {
      const literal = literals[literals.length - 1];
      if (literal !== undefined && literalLeft >= 0 && literal.received === 0)
        literal.continuedMicros ??= atMicros;
    },
    refuse: () => {
      if (literalLeft >= 0) emit("refused");
    },
    finish: () => {
      if (octets === 0) return;
      if (cut.octets > 0) {
        const { bytes, lostOctets } = cut.take();
        addLine(bytes);
        droppedOctets += lostOctets;
      }
      if (literalLeft > 0) endLiteral();
      emit("cut");
    },
    atBorder: () => octets === 0,
    awaitsContinuation: () => {
      const literal = literals[literals.length - 1];
      return literalLeft >= 0 && literal?.synchronizing === true && literal.received === 0;
    },
  };
}
