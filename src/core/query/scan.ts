/**
 * The text of a filter cut into its pieces, each with its column. Values come out as patterns: a backslash stands only
 * before `*` or another backslash, so `\Seen` needs no care from the person who types it.
 */
import type { Comparison, FilterError } from "./filter.ts";

interface PieceBase {
  /** Of its first character, from 1. */
  readonly column: number;
}

/** `field:value`, `field>value`; `valueColumn` is where the value begins or should begin. */
export interface FieldPiece extends PieceBase {
  readonly kind: "field";
  readonly field: string;
  readonly operator: Comparison | ":";
  readonly value: string;
  readonly valueColumn: number;
  readonly quoted: boolean;
}

/** A bare word or a quoted text; `quoted` words are never keywords. */
export interface WordPiece extends PieceBase {
  readonly kind: "word";
  readonly text: string;
  readonly quoted: boolean;
}

export interface OpenPiece extends PieceBase {
  readonly kind: "(";
}

export interface ClosePiece extends PieceBase {
  readonly kind: ")";
}

export type Piece = FieldPiece | WordPiece | OpenPiece | ClosePiece;

const SPACE = /\s/;
const FIELD = /([A-Za-z][A-Za-z-]*)(:|<=|>=|<|>|=)/y;
const BARE = /[^\s()"]+/y;

/** Cuts a filter into pieces; the first thing that is not well-formed is the error. Never throws. */
export function scan(source: string): readonly Piece[] | FilterError {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source[at] ?? "";
    if (SPACE.test(character)) at++;
    else if (character === "(" || character === ")") pieces.push({ kind: character, column: ++at });
    else {
      const column = at + 1;
      const head = matchAt(FIELD, source, at);
      const valueAt = at + (head?.[0].length ?? 0);
      const value = scanValue(source, valueAt);
      if ("message" in value) return value;
      at = value.end;
      if (head === undefined) pieces.push({ kind: "word", column, text: value.text, quoted: value.quoted });
      else {
        pieces.push({
          kind: "field",
          column,
          field: head[1] ?? "",
          operator: operatorOf(head[2] ?? ":"),
          value: value.text,
          valueColumn: valueAt + 1,
          quoted: value.quoted,
        });
      }
    }
  }
  return pieces;
}

interface Value {
  readonly text: string;
  readonly quoted: boolean;
  readonly end: number;
}

function scanValue(source: string, at: number): Value | FilterError {
  if (source[at] === '"') return scanQuoted(source, at);
  const text = matchAt(BARE, source, at)?.[0] ?? "";
  const pattern = text.replace(/\\[\\*]|\\/g, (found) => (found === "\\" ? "\\\\" : found));
  return { text: pattern, quoted: false, end: at + text.length };
}

/** `"foo bar"`: `\"` is a quote. */
function scanQuoted(source: string, at: number): Value | FilterError {
  let text = "";
  for (let i = at + 1; i < source.length; i++) {
    const character = source[i] ?? "";
    const next = source[i + 1];
    if (character === '"') return { text, quoted: true, end: i + 1 };
    if (character === "\\" && next === '"') {
      text += '"';
      i++;
    } else if (character === "\\") {
      const isEscape = next === "*" || next === "\\";
      text += isEscape ? character + next : "\\\\";
      if (isEscape) i++;
    } else text += character;
  }
  return { column: at + 1, message: "This quote is not closed." };
}

function matchAt(sticky: RegExp, source: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(source) ?? undefined;
}

function operatorOf(text: string): FieldPiece["operator"] {
  switch (text) {
    case "<":
    case "<=":
    case "=":
    case ">=":
    case ">":
      return text;
    default:
      return ":";
  }
}
