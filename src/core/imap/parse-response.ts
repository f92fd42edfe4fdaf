/**
 * The response parser (RFC 9051 §7): a frame of a server becomes a value and defects. It never throws and never drops: a
 * line that is no response gives what can be recovered of it.
 *
 *     response = "+" SP resp-text / "*" SP (status SP resp-text / name … / number SP name …) / tag SP status SP resp-text
 */
import { NUL, SP } from "../base/octets.ts";
import { responseEntry } from "../vocabulary/vocabulary.ts";
import { upperCase } from "./ascii-case.ts";
import { numberedName, responseData } from "./data-table.ts";
import type { Parsed } from "./defect.ts";
import type { Depth } from "./fetch-value.ts";
import type { Frame } from "./frame.ts";
import { readResponseName } from "./free-text.ts";
import {
  blame,
  createLexer,
  END,
  type Lexer,
  peek,
  readWord,
  report,
  skipSpaces,
  skipWord,
} from "./lexer.ts";
import { readTokens } from "./read-token.ts";
import type { Response, Status } from "./response.ts";
import { skipToText, takeCodeAndText, takeText } from "./status-text.ts";
import { decimalOf, isDigits, takeNumber } from "./token-value.ts";

const PLUS = 0x2b;
const ASTERISK = 0x2a;
const BRACKET = 0x5b;

const STATUSES: ReadonlyMap<string, Status> = new Map<string, Status>([
  ["OK", "OK"],
  ["NO", "NO"],
  ["BAD", "BAD"],
  ["BYE", "BYE"],
  ["PREAUTH", "PREAUTH"],
]);

/** Reads one frame of a server. `shallow` leaves ENVELOPE, BODY and BODYSTRUCTURE unread, which is much faster. */
export function parseResponse(frame: Frame, depth: Depth = "full"): Parsed<Response> {
  const lexer = createLexer(frame);
  while (lexer.at < lexer.limit && lexer.line[lexer.at] === NUL) lexer.at++;
  if (lexer.at > 0) report(lexer, "nul", "NULs stand before the response.", 0);
  if (peek(lexer) === SP) {
    report(lexer, "space", "A space stands before the response.");
    skipSpaces(lexer);
  }
  for (const literal of frame.literals) {
    if (literal.synchronizing) continue;
    blame(lexer, "literal-non-synchronizing-from-server", "The header of a literal has a plus sign.");
    break;
  }
  return { value: response(lexer, depth), defects: lexer.defects };
}

function response(lexer: Lexer, depth: Depth): Response {
  switch (peek(lexer)) {
    case PLUS:
      return continuation(lexer);
    case BRACKET:
      return withoutStatus(lexer, undefined) ?? malformed(lexer, undefined, undefined);
    case ASTERISK: {
      const start = lexer.at;
      lexer.at++;
      if (skipSpaces(lexer)) return untagged(lexer, depth);
      lexer.at = start;
      return malformed(lexer, undefined, undefined);
    }
    default:
      return tagged(lexer);
  }
}

/** `continue-req = "+" SP (resp-text / base64)`; servers leave out the space. */
function continuation(lexer: Lexer): Response {
  lexer.at++;
  const spaced = skipToText(lexer);
  const { code, text } = takeCodeAndText(lexer);
  if (!spaced) report(lexer, "space", "No space follows the plus sign.", 1);
  return { kind: "continuation", code, text };
}

function untagged(lexer: Lexer, depth: Depth): Response {
  if (peek(lexer) === BRACKET) {
    return withoutStatus(lexer, undefined) ?? malformed(lexer, undefined, undefined);
  }
  const start = lexer.at;
  const number = takeNumber(lexer);
  if (number !== undefined && number <= 0xffffffff) return counted(lexer, number, start, depth);
  lexer.at = start;
  const name = takeName(lexer);
  const known = STATUSES.get(name);
  if (known !== undefined) return status(lexer, undefined, known);
  return startsNumber(name)
    ? counted(lexer, leadingNumber(lexer, name, start), start, depth)
    : data(lexer, name, "none", start, depth);
}

/** `number SP name …`; the cursor stands behind the number. */
function counted(lexer: Lexer, number: number | undefined, start: number, depth: Depth): Response {
  skipSpaces(lexer);
  const nameStart = lexer.at;
  const name = takeName(lexer);
  if (name === "" || STATUSES.has(name)) {
    lexer.at = start;
    return malformed(lexer, undefined, undefined);
  }
  return data(lexer, name, number, nameStart, depth);
}

/** Consumes a word and gives it in upper case. */
function takeName(lexer: Lexer): string {
  const start = lexer.at;
  skipWord(lexer);
  return readResponseName(lexer.line, start, lexer.at);
}

function startsNumber(word: string): boolean {
  return /^[-+\d]/.test(word) && (isDigits(word) || decimalOf(word) !== undefined);
}

function leadingNumber(lexer: Lexer, word: string, start: number): number | undefined {
  const digits = isDigits(word);
  const value = Number(digits ? word : decimalOf(word));
  if (digits && value <= 0xffffffff) return value;
  blame(lexer, "number-invalid", "The number before the name is no 32-bit number.", { offset: start });
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/**
 * A response with data. `before` is the number before its name, undefined if it could not be read; one that stands behind the
 * name (`* EXISTS 93`) is taken from there.
 */
function data(
  lexer: Lexer,
  name: string,
  before: number | "none" | undefined,
  start: number,
  depth: Depth,
): Response {
  if (name === "" || name.charCodeAt(0) === PLUS) {
    lexer.at = start;
    return malformed(lexer, undefined, undefined);
  }
  const numbered = numberedName(name);
  let number = before === "none" ? undefined : before;
  if (numbered !== undefined && before === "none") number = numberBehind(lexer, numbered.data);
  if (number !== undefined && numbered === undefined && responseEntry(name)?.form === "name") {
    blame(lexer, "response-data-surplus", "A number stands before a name that has none.", { offset: 0 });
  }
  if (numbered?.zero === false && number === 0) {
    const kind = name === "UIDFETCH" ? "number-invalid" : "sequence-number-out-of-range";
    blame(lexer, kind, "The number before the name is 0.", { offset: 0 });
  }
  if (peek(lexer) === 0x28) report(lexer, "space", "No space follows the name of the response.");
  const content = responseData(lexer, name, depth);
  finish(lexer);
  return { kind: "data", name, number, data: content };
}

function numberBehind(lexer: Lexer, dataFollow: boolean): number | undefined {
  blame(lexer, "response-data-missing", "The number before the name is missing.", { offset: 0 });
  const start = lexer.at;
  skipSpaces(lexer);
  const word = readWord(lexer);
  if (isDigits(word) && word.length <= 10) return Number(word);
  lexer.at = start;
  if (dataFollow) skipSpaces(lexer);
  return undefined;
}

/** What is left behind the data: nothing, a trailing space, or a defect. */
function finish(lexer: Lexer): void {
  if (peek(lexer) === END) {
    if (lexer.at > 0 && lexer.line[lexer.at - 1] === SP) report(lexer, "space", "A space ends the line.");
    return;
  }
  const start = lexer.at;
  if (readTokens(lexer).length > 0) {
    blame(lexer, "response-data-surplus", "Something follows the data of the response.", { offset: start });
  }
}

function tagged(lexer: Lexer): Response {
  const start = lexer.at;
  const tag = readWord(lexer);
  skipSpaces(lexer);
  const name = upperCase(readWord(lexer));
  const known = STATUSES.get(name);
  if (known !== undefined && tag !== "") return status(lexer, tag, known);
  lexer.at = start;
  return malformed(lexer, plausible(tag), /^[A-Z]/.test(name) ? plausible(name) : undefined);
}

/** A tag or name, if a recovered word can be one at all. */
function plausible(word: string): string | undefined {
  return word.length <= 64 && /^[!#$&',-[\]^-z|}~]+$/.test(word) ? word : undefined;
}

function status(lexer: Lexer, tag: string | undefined, name: Status): Response {
  const spaced = skipToText(lexer);
  if (tag !== undefined && (name === "BYE" || name === "PREAUTH")) {
    blame(lexer, "tagged-status-invalid", `${name} stands behind a tag.`, { offset: 0 });
  }
  if (!spaced) blame(lexer, "response-text-missing", "Nothing follows the status.");
  const { code, text } = takeCodeAndText(lexer);
  return { kind: "status", tag, status: name, code, text };
}

/** A code where a status belongs is taken as that of an untagged OK: servers so send COPYUID. */
function withoutStatus(lexer: Lexer, tag: string | undefined): Response | undefined {
  const start = lexer.at;
  const { code, text } = takeCodeAndText(lexer);
  if (code === undefined || code.name === "") {
    lexer.at = start;
    return undefined;
  }
  blame(lexer, "status-missing", "A response code stands without OK, NO or BAD before it.", {
    offset: start,
  });
  return { kind: "status", tag, status: "OK", code, text };
}

function malformed(lexer: Lexer, tag: string | undefined, name: string | undefined): Response {
  const blank = peek(lexer) === END && lexer.frame.lines.length === 1;
  if (!blank) {
    blame(lexer, "response-malformed", "The line begins neither with `* `, nor `+`, nor a tag and a status.");
  }
  return { kind: "malformed", tag, name, text: takeText(lexer) };
}
