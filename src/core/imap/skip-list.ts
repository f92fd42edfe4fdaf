/**
 * Passing over a list that nobody asked for: the envelopes and body structures of every listing, so most of all octets that
 * a server sends outside of literals. A list of proper strings within one line is passed by one loop over its octets; at
 * the first thing that needs a closer look, the list is passed again by the rules of its strings.
 */
import { BACKSLASH, DQUOTE, SP } from "../base/octets.ts";
import { END, type Lexer, LITERAL, peek, report, takeLiteral } from "./lexer.ts";
import { skipQuoted } from "./quoted-string.ts";

const OPEN = 0x28;
const CLOSE = 0x29;

/** Moves past the list that opens at the cursor, however deep, counting its parentheses. */
export function skipList(lexer: Lexer): void {
  const end = plainEnd(lexer);
  if (end === undefined) skipSlowly(lexer);
  else lexer.at = end;
}

function skipSlowly(lexer: Lexer): void {
  let depth = 0;
  do {
    const next = peek(lexer);
    if (next === OPEN) {
      depth++;
      lexer.at++;
    } else if (next === CLOSE) {
      depth--;
      lexer.at++;
    } else if (next === DQUOTE) {
      skipQuoted(lexer);
    } else if (next === LITERAL) {
      takeLiteral(lexer);
    } else if (next === END) {
      report(lexer, "unbalanced", "A parenthesis is not closed.");
      return;
    } else if (next === SP) {
      lexer.at++;
    } else {
      do lexer.at++;
      while (lexer.at < lexer.limit && !endsAtom(lexer.line[lexer.at] ?? 0));
    }
  } while (depth > 0);
}

function endsAtom(octet: number): boolean {
  return octet === SP || octet === OPEN || octet === CLOSE;
}

/** Where a list ends whose strings are all followed by what surely follows a string; `undefined` where one is not. */
function plainEnd({ line, at: start, limit }: Lexer): number | undefined {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const octet = line[at];
    if (octet === OPEN) depth++;
    else if (octet === CLOSE) {
      depth--;
      if (depth === 0) return at + 1;
    } else if (octet === DQUOTE) {
      for (at++; at < limit && line[at] !== DQUOTE; at++) if (line[at] === BACKSLASH) at++;
      if (!surelyFollows(line, at + 1)) return undefined;
    } else if (octet !== SP) {
      while (at + 1 < limit && !endsAtom(line[at + 1] ?? 0)) at++;
    }
  }
  return undefined;
}

/** A closing parenthesis, or behind a space a string, a list, a number or NIL. */
function surelyFollows(line: Uint8Array, at: number): boolean {
  if (line[at] !== SP) return line[at] === CLOSE;
  const next = line[at + 1] ?? 0;
  if (next === DQUOTE || next === OPEN || (next >= 0x30 && next <= 0x39)) return true;
  return next === 0x4e && line[at + 2] === 0x49 && line[at + 3] === 0x4c;
}
