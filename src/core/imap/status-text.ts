/** Free text: what follows a status, its code, or `+` (RFC 9051 §7.1, §7.6). Nothing in it has a meaning. */
import { concat, exactUtf8, latin1, SP } from "../base/octets.ts";
import { type Lexer, reportOdd, takeRest } from "./lexer.ts";

/** Consumes all that is left of the frame as text: UTF-8 where the octets are exactly that, else ISO-8859-1. */
export function takeText(lexer: Lexer): string {
  const { line, at: start } = lexer;
  let ascii = true;
  for (let at = start; at < line.length; at++) {
    const octet = line[at] ?? 0;
    if (octet >= SP && octet < 0x7f) continue;
    if (octet >= 0x80) ascii = false;
    reportOdd(lexer, octet, at);
  }
  if (ascii && lexer.frame.literals.length === 0) {
    lexer.at = lexer.limit;
    return latin1(line, start, line.length);
  }
  const bytes = concat(takeRest(lexer));
  return exactUtf8(bytes) ?? latin1(bytes);
}
