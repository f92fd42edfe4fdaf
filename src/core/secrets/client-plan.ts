/**
 * Where the secrets of a client line are (design: Masking; RFC 9051 §6.2.2, §6.2.3). Before authentication a line that is not
 * `tag SP known-command` is one secret: it may be a password that came at the wrong time.
 */
import { latin1, SP } from "../base/octets.ts";
import type { Phase } from "../dialogue/phase.ts";
import { commandLine, isTag } from "../dialogue/skim.ts";
import { literalHeader } from "../imap/literal-header.ts";
import { isKnownCommand } from "../vocabulary/vocabulary.ts";
import { ALL_SECRET, type Follow, PASS, type Plan, type Replacement, UNDECIDED } from "./plan.ts";
import { urlTokenSpans } from "./url-tokens.ts";

type CommandPlan = (line: Uint8Array, rest: number, complete: boolean) => Plan;

/** The commands with secrets in their arguments. */
const COMMAND_PLANS = new Map<string, CommandPlan>([
  ["LOGIN", (line, rest, complete) => behindFirstArgument(line, rest, complete, [])],
  ["AUTHENTICATE", (line, rest, complete) => behindFirstArgument(line, rest, complete, ["="])],
  ["PROXYAUTH", (line, rest) => secretArguments(line, rest)],
  ["X-MASTERAUTH", (line, rest) => secretArguments(line, rest)],
  ["XAPPLEPUSHSERVICE", (line, rest) => secretArguments(line, rest)],
  ["RESETKEY", (line, rest) => secretArguments(line, rest)],
  ["URLFETCH", (line, _rest, complete) => urlLine(line, complete, "urlFetch")],
  ["GENURLAUTH", (line, _rest, complete) => urlLine(line, complete, "urlFetch")],
  ["APPEND", (line, _rest, complete) => urlLine(line, complete, "urls")],
  ["REPLACE", (line, _rest, complete) => urlLine(line, complete, "urls")],
  ["UID REPLACE", (line, _rest, complete) => urlLine(line, complete, "urls")],
]);

const LINE_WORDS = ["*", "=", "DONE", "done", "Done"];

/** The plan for the first line of a unit, or for the part of it that has come (`complete` false). */
export function clientPlan(line: Uint8Array, complete: boolean, phase: Phase): Plan {
  if (phase.sasl?.asked === true) return saslLine();
  const command = commandLine(line, complete);
  if (!command.decided) return UNDECIDED;
  if (isTag(command.tag) && isKnownCommand(command.name)) {
    return COMMAND_PLANS.get(command.name)?.(line, command.rest, complete) ?? PASS;
  }
  if (phase.sasl !== undefined) return saslLine();
  return phase.authenticated === true ? PASS : wholeLine();
}

function saslLine(): Plan {
  return { kind: "secretFrom", offset: 0, open: ["*", "="], form: "sasl", follow: ALL_SECRET };
}

function wholeLine(): Plan {
  return { kind: "secretFrom", offset: 0, open: LINE_WORDS, form: "argument", follow: ALL_SECRET };
}

/** The plan for a line behind a literal, by what the line before it said. */
export function followingPlan(line: Uint8Array, complete: boolean, follow: Follow["line"]): Plan {
  switch (follow) {
    case "passes":
      return PASS;
    case "secret":
      return secretFrom(0);
    case "secretArgument":
      return line.length === 0 && !complete ? UNDECIDED : secretFrom(line[0] === SP ? 1 : 0);
    case "urls":
    case "urlFetch":
      return urlLine(line, complete, follow);
    case "fetchedUrl":
    case "fetchedData":
      return fetchedLine(line, 0, complete, follow);
  }
}

function secretFrom(offset: number): Plan {
  return { kind: "secretFrom", offset, open: [], form: "argument", follow: ALL_SECRET };
}

function secretArguments(line: Uint8Array, rest: number): Plan {
  return secretFrom(line[rest] === SP ? rest + 1 : rest);
}

/** LOGIN and AUTHENTICATE: the first argument (user, mechanism) stays if it is well formed; the rest is secret. */
function behindFirstArgument(
  line: Uint8Array,
  rest: number,
  complete: boolean,
  open: readonly string[],
): Plan {
  let start = rest;
  while (line[start] === SP) start++;
  const end = argumentEnd(line, start);
  const form = open.length > 0 ? "sasl" : "argument";
  if (end === undefined) {
    if (!complete && !isMalformed(line, start)) return UNDECIDED;
    const header = complete ? literalHeader(line) : undefined;
    if (header?.start === start) return { kind: "pass", follow: { literal: "pass", line: "secretArgument" } };
    return { kind: "secretFrom", offset: start, open: [], form, follow: ALL_SECRET };
  }
  if (end === line.length) return complete ? PASS : UNDECIDED;
  if (line[end] !== SP) return { kind: "secretFrom", offset: start, open: [], form, follow: ALL_SECRET };
  return { kind: "secretFrom", offset: end + 1, open, form, follow: ALL_SECRET };
}

const DQUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;

/** The end of an atom or quoted string; `undefined` where it is cut off, malformed, or a literal. */
function argumentEnd(line: Uint8Array, start: number): number | undefined {
  if (line[start] === DQUOTE) {
    for (let i = start + 1; i < line.length; i++) {
      if (line[i] === BACKSLASH) i++;
      else if (line[i] === DQUOTE) return i + 1;
    }
    return undefined;
  }
  let end = start;
  while (end < line.length && isAstringOctet(line[end])) end++;
  return end === start || (end < line.length && line[end] !== SP) ? undefined : end;
}

/** Whether more octets cannot make the argument well formed any more. */
function isMalformed(line: Uint8Array, start: number): boolean {
  const first = line[start];
  if (first === undefined || first === DQUOTE || first === OPEN_BRACE || first === 0x7e) return false;
  return line.subarray(start).some((octet) => !isAstringOctet(octet));
}

/** ASTRING-CHAR, and 8-bit octets, which users type in names (RFC 9051 §9). */
function isAstringOctet(octet: number | undefined): boolean {
  if (octet === undefined || octet <= SP || octet === 0x7f) return false;
  return (
    octet !== 0x28 &&
    octet !== 0x29 &&
    octet !== OPEN_BRACE &&
    octet !== 0x25 &&
    octet !== 0x2a &&
    octet !== DQUOTE &&
    octet !== BACKSLASH
  );
}

/** A line that may hold URLs: their tokens are masked; a URL that comes as a literal is one secret. */
function urlLine(line: Uint8Array, complete: boolean, follow: "urls" | "urlFetch"): Plan {
  if (!complete) return UNDECIDED;
  const text = latin1(line);
  const replacements: Replacement[] = urlTokenSpans(text).map(([start, end]) => ({ start, end, by: "mask" }));
  const header = literalHeader(line);
  const isUrl =
    header !== undefined && (follow === "urlFetch" || /\bURL $/i.test(text.slice(0, header.start)));
  if (isUrl && header !== undefined) replacements.push(literalSize(header.start, line));
  return { kind: "replace", replacements, follow: { literal: isUrl ? "secret" : "pass", line: follow } };
}

/**
 * A line of a URLFETCH response from an offset on: URLs and their data by turns (RFC 4467 §7). Literals may be either; within
 * parentheses they are data (RFC 5524 §3).
 */
export function fetchedLine(
  line: Uint8Array,
  offset: number,
  complete: boolean,
  next: "fetchedUrl" | "fetchedData",
): Plan {
  if (!complete) return UNDECIDED;
  const text = latin1(line);
  const header = literalHeader(line);
  const values = text.slice(offset, header?.start).match(/"(?:[^"\\]|\\.)*"?|[^\s"]+/g) ?? [];
  const inList = values.some((value) => value.includes("("));
  const isUrl = !inList && (next === "fetchedUrl") === (values.length % 2 === 0);
  const replacements: Replacement[] = urlTokenSpans(text).map(([start, end]) => ({ start, end, by: "mask" }));
  if (isUrl && header !== undefined) replacements.push(literalSize(header.start, line));
  return {
    kind: "replace",
    replacements,
    follow: { literal: isUrl ? "secret" : "pass", line: isUrl ? "fetchedData" : "fetchedUrl" },
  };
}

/** The size in the literal header that begins at an offset and ends the line. */
export function literalSize(headerStart: number, line: Uint8Array): Replacement {
  const start = line.indexOf(OPEN_BRACE, headerStart) + 1;
  let end = start;
  while (end < line.length && (line[end] ?? 0) >= 0x30 && (line[end] ?? 0) <= 0x39) end++;
  return { start, end, by: "literalSize" };
}
