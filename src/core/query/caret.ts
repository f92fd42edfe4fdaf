/** Where the caret stands in the text of a filter: what is being typed there, and what a completion would replace. */
import { type Piece, scan } from "./scan.ts";

interface Span {
  /** Code units from 0; `to` lies behind the last one. */
  readonly from: number;
  readonly to: number;
  /** What stands between `from` and the caret. */
  readonly written: string;
}

/** A term may begin here, or has begun as a word. */
export interface TermPlace extends Span {
  readonly kind: "term";
  /** The operator that follows already, where the caret is in the name of a field; the span includes it. */
  readonly operator: string | undefined;
  /** Whether a term stands before it, so that `or` and `)` have their sense. */
  readonly afterTerm: boolean;
  /** Parentheses that are open. */
  readonly open: number;
}

/** The value of a field; `written` without its quotes and escapes. */
export interface ValuePlace extends Span {
  readonly kind: "value";
  readonly field: string;
  readonly quoted: boolean;
}

const ENDS_PIECE = /[\s()]$/;
const BARE = /[^\s()"]*/y;
const NAME = /[A-Za-z-]*(:|<=|>=|<|>|=)/y;

/** `undefined` where nothing can be completed: behind a quote, within a quoted word, before the middle of a word. */
export function placeOf(source: string, caret: number): TermPlace | ValuePlace | undefined {
  const before = source.slice(0, caret);
  let pieces = scan(before);
  const inQuotes = "message" in pieces;
  // The one thing that a scan refuses is a quote that is not closed.
  if ("message" in pieces) pieces = scan(`${before}"`);
  if ("message" in pieces) return undefined;
  const last = pieces.at(-1);
  const typing = inQuotes || (before !== "" && !ENDS_PIECE.test(before));
  if (last === undefined || !typing) return termPlace(source, caret, caret, pieces);
  if (last.kind === "field" && (inQuotes || !last.quoted)) {
    const from = last.valueColumn - 1;
    const written = last.value.replace(/\\([\\*])/g, "$1");
    const to = inQuotes ? endOfQuoted(source, caret) : matchAt(BARE, source, caret).end;
    return { kind: "value", from, to, written, field: last.field, quoted: inQuotes };
  }
  if (last.kind !== "word" || last.quoted) return undefined;
  return termPlace(source, last.column - 1, caret, pieces.slice(0, -1));
}

function termPlace(
  source: string,
  from: number,
  caret: number,
  pieces: readonly Piece[],
): TermPlace | undefined {
  const next = source[caret] ?? " ";
  if (from === caret && !/[\s)]/.test(next)) return undefined;
  const written = source.slice(from, caret);
  const name = matchAt(NAME, source, caret);
  const inName = from < caret && name.operator !== undefined && /^[A-Za-z][A-Za-z-]*$/.test(written);
  const to = from === caret ? caret : inName ? name.end : matchAt(BARE, source, caret).end;
  const last = pieces.at(-1);
  const open = pieces.reduce((depth, { kind }) => depth + (kind === "(" ? 1 : kind === ")" ? -1 : 0), 0);
  const operator = inName ? name.operator : undefined;
  return { kind: "term", from, to, written, operator, afterTerm: last !== undefined && isTerm(last), open };
}

function isTerm(piece: Piece): boolean {
  if (piece.kind === "word") return piece.quoted || !/^(or|not)$/i.test(piece.text);
  return piece.kind !== "(";
}

/**
 * Where a quoted value ends that was begun before the caret. If the rest reads well by itself, the quote is one that was
 * just opened before it; else it is the end of this value that comes next.
 */
function endOfQuoted(source: string, caret: number): number {
  const rest = source.slice(caret);
  if (/^(?:[\s()]|$)/.test(rest) && !("message" in scan(rest))) return caret;
  const end = /^(?:[^"\\]|\\[\s\S])*"/.exec(rest)?.[0].length;
  return end === undefined ? caret : caret + end;
}

function matchAt(sticky: RegExp, source: string, at: number): { end: number; operator: string | undefined } {
  sticky.lastIndex = at;
  const found = sticky.exec(source);
  return { end: at + (found?.[0].length ?? 0), operator: found?.[1] };
}
