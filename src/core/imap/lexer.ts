/**
 * The cursor that the grammars read a frame with.
 *
 * A frame is a chain `lines[0] literals[0] lines[1] …`. The cursor stands in one line; where the text of a line ends in
 * the header of a literal, `limit` is set before that header and {@link peek} answers `LITERAL`. Which braces open a
 * literal was decided by the framer: here only the number of literals counts, so a `{5}` in free text is text.
 *
 * Nothing here throws. What is wrong goes to `defects`, in the words of the sender's side. Every octet is looked at a
 * bounded number of times: what a failed search for a closing quote or bracket has learnt is remembered for the line.
 */
import type { Leg } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { CR, latin1, NO_OCTETS, SP } from "../base/octets.ts";
import { type Defect, type DefectKind, type DefectPlace, defect } from "./defect.ts";
import type { Frame, Literal } from "./frame.ts";
import { literalHeader } from "./literal-header.ts";

/** What {@link peek} answers where no octet of text is left: a literal stands here, or the frame ends. */
export const LITERAL = 0x100;
export const END = -1;

/** An offset behind any line, as a small integer: a number like infinity would be boxed in every cursor. */
const NOWHERE = 0x3fffffff;

export interface Lexer {
  readonly frame: Frame;
  readonly defects: Defect[];
  /** Index of the line that the cursor stands in, its octets, and where its text ends. */
  index: number;
  line: Uint8Array;
  limit: number;
  /** The line as ISO-8859-1, once something of it was asked for (see {@link textOf}). */
  text: string | undefined;
  /** Of the next octet within `line`. */
  at: number;
  /** Offset of the line's first octet within the frame. */
  base: number;
  /** Open parentheses. */
  depth: number;
  /** Whether only strings, numbers, NIL and lists may follow a string, as in ENVELOPE (see quoted-string.ts). */
  stringsOnly: boolean;
  /** What is known of the line's quotes and brackets (see quoted-string.ts and read-token.ts). */
  quoteOpen: number;
  quoteClose: number;
  quotePlain: boolean;
  noCloseFrom: number;
  noBracketFrom: number;
  /** Bits of the problems that were reported and are reported once a frame, because one cause repeats them. */
  reported: number;
}

export type Problem =
  | "quoted"
  | "unbalanced"
  | "space"
  | "eightBit"
  | "control"
  | "nul"
  | "bareCr"
  | "deep"
  | "limit"
  | "literal";

interface ProblemRow {
  readonly client: DefectKind;
  readonly server: DefectKind;
  /** The bit of a problem that is reported once a frame; 0 for others. */
  readonly once: number;
  readonly certainty: "certain" | "likely";
}

function row(
  client: DefectKind,
  server: DefectKind,
  once: number,
  certainty: "certain" | "likely" = "certain",
) {
  return { client, server, once, certainty };
}

/** 8-bit octets are only likely a defect: whether UTF8=ACCEPT is on, the lexer does not know (RFC 9755 §3). */
const PROBLEMS: Readonly<Record<Problem, ProblemRow>> = {
  quoted: row("argument-invalid", "quoted-invalid", 0),
  unbalanced: row("client-unbalanced", "server-unbalanced", 1),
  space: row("client-space", "server-space", 2),
  eightBit: row("client-8bit", "server-8bit", 4, "likely"),
  control: row("argument-invalid", "server-control", 8),
  nul: row("client-nul", "server-nul", 16),
  bareCr: row("argument-invalid", "server-bare-cr", 256),
  deep: row("client-limit", "nesting-too-deep", 32),
  limit: row("client-limit", "server-limit", 64),
  literal: row("argument-invalid", "literal-length-suspect", 128, "likely"),
};

export function createLexer(frame: Frame, defects: Defect[] = []): Lexer {
  const line = frame.lines[0] ?? NO_OCTETS;
  return {
    frame,
    defects,
    index: 0,
    line,
    limit: textEnd(line, frame.literals[0]),
    text: undefined,
    at: 0,
    base: 0,
    depth: 0,
    stringsOnly: false,
    quoteOpen: -1,
    quoteClose: -1,
    quotePlain: false,
    noCloseFrom: NOWHERE,
    noBracketFrom: NOWHERE,
    reported: 0,
  };
}

/** Where a line's text ends: before the header of the literal that follows it, or at its end. */
function textEnd(line: Uint8Array, literal: Literal | undefined): number {
  if (literal === undefined) return line.length;
  return literalHeader(line)?.start ?? line.length;
}

/** The next octet of text, or {@link LITERAL}, or {@link END}; nothing is consumed. */
export function peek(lexer: Lexer): number {
  if (lexer.at < lexer.limit) return lexer.line[lexer.at] ?? END;
  return lexer.index < lexer.frame.literals.length ? LITERAL : END;
}

/** The offset within the frame of a position in the current line; never beyond the frame. */
export function offsetOf(lexer: Lexer, at = lexer.at): number {
  return Math.min(lexer.base + at, lexer.frame.octets);
}

/** Adds a problem of the syntax, in the kind that the sender's side has for it. */
export function report(lexer: Lexer, problem: Problem, detail: string, at = lexer.at): void {
  const { client, server, once, certainty } = PROBLEMS[problem];
  if ((lexer.reported & once) !== 0) return;
  lexer.reported |= once;
  const by: Leg = lexer.frame.from;
  blame(lexer, by === "client" ? client : server, detail, { offset: offsetOf(lexer, at), certainty });
}

/** Adds a defect, at the cursor unless a place is given; one frame has LIMITS.frameDefects at most. */
export function blame(lexer: Lexer, kind: DefectKind, detail: string, place: DefectPlace = {}): void {
  if (lexer.defects.length >= LIMITS.frameDefects) return;
  lexer.defects.push(defect(kind, detail, { offset: offsetOf(lexer), ...place }));
}

/** Consumes spaces; more than one is reported. Returns whether there was any. */
export function skipSpaces(lexer: Lexer): boolean {
  const from = lexer.at;
  while (lexer.at < lexer.limit && lexer.line[lexer.at] === SP) lexer.at++;
  if (lexer.at - from > 1) report(lexer, "space", "More than one space stands in a row.", from);
  return lexer.at > from;
}

/** Consumes octets up to a space, a parenthesis or the end of the line's text; for tags and names. */
export function skipWord(lexer: Lexer): void {
  const { line, limit } = lexer;
  let { at } = lexer;
  for (; at < limit; at++) {
    const octet = line[at];
    if (octet === SP || octet === 0x28 || octet === 0x29) break;
  }
  lexer.at = at;
}

/** The same, as ISO-8859-1. */
export function readWord(lexer: Lexer): string {
  const from = lexer.at;
  skipWord(lexer);
  return textOf(lexer, from, lexer.at);
}

/** Lines up to this size are made text whole: one long conversion is cheaper than many short ones. */
const WHOLE_LINE_OCTETS = 64 * 1024;

/** The octets between two positions of the line as ISO-8859-1. */
export function textOf(lexer: Lexer, start: number, end: number): string {
  if (lexer.text === undefined) {
    if (lexer.line.length > WHOLE_LINE_OCTETS) return latin1(lexer.line, start, end);
    lexer.text = latin1(lexer.line);
  }
  return lexer.text.slice(start, end);
}

/**
 * Consumes the literal that the cursor stands before, and checks what follows it: a space, a closing parenthesis or
 * bracket, or the end. Anything else suggests that the announced length is wrong (RFC 9051 §4.3).
 */
export function takeLiteral(lexer: Lexer): Literal | undefined {
  const literal = lexer.frame.literals[lexer.index];
  if (literal === undefined) return undefined;
  lexer.base += lexer.line.length + 2 + literal.octets;
  lexer.index++;
  lexer.line = lexer.frame.lines[lexer.index] ?? NO_OCTETS;
  lexer.limit = textEnd(lexer.line, lexer.frame.literals[lexer.index]);
  lexer.text = undefined;
  lexer.at = 0;
  lexer.quoteOpen = -1;
  lexer.quoteClose = -1;
  lexer.noCloseFrom = NOWHERE;
  lexer.noBracketFrom = NOWHERE;
  const next = peek(lexer);
  if (next !== SP && next !== 0x29 && next !== 0x5d && next !== END) {
    report(lexer, "literal", "A literal is not followed by a space, a parenthesis or the end of the line.");
  }
  return literal;
}

/** Consumes all that is left as octets, for free text: a literal that stands in it gives its kept head. */
export function takeRest(lexer: Lexer): readonly Uint8Array[] {
  const runs = [lexer.line.subarray(lexer.at)];
  for (let literal = takeLiteral(lexer); literal !== undefined; literal = takeLiteral(lexer)) {
    runs.push(literal.head, lexer.line);
  }
  lexer.at = lexer.limit;
  return runs;
}

/** Reports an octet that no atom, string or text may hold: NUL, another control character, or an 8-bit one. */
export function reportOdd(lexer: Lexer, octet: number, at: number): void {
  if (octet >= 0x80) report(lexer, "eightBit", "An 8-bit octet stands outside a literal.", at);
  else if (octet === 0) report(lexer, "nul", "A NUL stands outside a literal.", at);
  else if (octet === CR) report(lexer, "bareCr", "A CR stands in the middle of a line.", at);
  else report(lexer, "control", `The control character ${octet} stands outside a literal.`, at);
}

/** A cursor over a part of the current line alone, which opens no literals; its problems go to the same place. */
export function within(lexer: Lexer, start: number, end: number): Lexer {
  const { frame } = lexer;
  return {
    ...lexer,
    frame: frame.literals.length === 0 ? frame : { ...frame, literals: [] },
    at: start,
    limit: end,
    quoteOpen: -1,
    quoteClose: -1,
    quotePlain: false,
    noCloseFrom: NOWHERE,
    noBracketFrom: NOWHERE,
  };
}
