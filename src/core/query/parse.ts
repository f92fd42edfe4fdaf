/**
 * The filter language (docs/filter.md):
 *
 *     filter = all *( "or" all )
 *     all    = *( "not" ) term ...        side by side: and
 *     term   = "(" filter ")" / field ":" value / field comparison number / kind / word
 *
 * `or` and `not` are words without case; a quoted word is never one of them, nor a kind.
 */
import type { Filter, FilterError } from "./filter.ts";
import { type Piece, scan } from "./scan.ts";
import { formTerm } from "./term.ts";

export type ParsedFilter =
  | { readonly filter: Filter; readonly error?: never }
  | { readonly error: FilterError; readonly filter?: never };

/** Parentheses and `not` within each other. */
const DEPTH = 100;

/** Reads a filter. An empty text matches everything. Never throws. */
export function parseFilter(source: string): ParsedFilter {
  const pieces = scan(source);
  if ("message" in pieces) return { error: pieces };
  const reader = { pieces, at: 0, end: source.length + 1 };
  if (pieces.length === 0) return { filter: { kind: "and", terms: [] } };
  const filter = readAny(reader, DEPTH);
  if ("message" in filter) return { error: filter };
  const rest = pieces[reader.at];
  return rest === undefined ? { filter } : { error: fail(rest.column, "No parenthesis is open here.") };
}

/** The filter with a caret under the column of the error and the message, for a terminal. */
export function formatFilterError(source: string, { column, message }: FilterError): string {
  return `${source}\n${" ".repeat(column - 1)}^ ${message}`;
}

interface Reader {
  readonly pieces: readonly Piece[];
  at: number;
  /** The column after the last character. */
  readonly end: number;
}

function readAny(reader: Reader, depth: number): Filter | FilterError {
  const terms: Filter[] = [];
  do {
    const term = readAll(reader, depth);
    if ("message" in term) return term;
    terms.push(term);
  } while (takeWord(reader, "or"));
  return single(terms) ?? { kind: "or", terms };
}

function readAll(reader: Reader, depth: number): Filter | FilterError {
  const terms: Filter[] = [];
  for (;;) {
    const piece = reader.pieces[reader.at];
    if (piece === undefined || piece.kind === ")" || isWord(piece, "or")) {
      if (terms.length === 0) return fail(piece?.column ?? reader.end, "A term is missing here.");
      return single(terms) ?? { kind: "and", terms };
    }
    const term = readTerm(reader, depth);
    if ("message" in term) return term;
    terms.push(term);
  }
}

function readTerm(reader: Reader, depth: number): Filter | FilterError {
  const piece = reader.pieces[reader.at];
  if (piece === undefined || piece.kind === ")" || isWord(piece, "or")) {
    return fail(piece?.column ?? reader.end, "A term is missing here.");
  }
  if (depth === 0) return fail(piece.column, "This is nested too deeply.");
  reader.at++;
  if (isWord(piece, "not")) {
    const term = readTerm(reader, depth - 1);
    return "message" in term ? term : { kind: "not", term };
  }
  if (piece.kind !== "(") return formTerm(piece);
  const inner = readAny(reader, depth - 1);
  if ("message" in inner) return inner;
  if (reader.pieces[reader.at]?.kind !== ")") return fail(piece.column, "This parenthesis is not closed.");
  reader.at++;
  return inner;
}

function takeWord(reader: Reader, word: string): boolean {
  const piece = reader.pieces[reader.at];
  const taken = piece !== undefined && isWord(piece, word);
  if (taken) reader.at++;
  return taken;
}

function isWord(piece: Piece, word: string): boolean {
  return piece.kind === "word" && !piece.quoted && piece.text.toLowerCase() === word;
}

function single(terms: readonly Filter[]): Filter | undefined {
  return terms.length === 1 ? terms[0] : undefined;
}

function fail(column: number, message: string): FilterError {
  return { column, message };
}
