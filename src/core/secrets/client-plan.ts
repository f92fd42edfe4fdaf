/**
 * Where the secrets of a client line are (design: Masking; RFC 9051 §6.2.2, §6.2.3). Before authentication a line that is not
 * `tag SP known-command` is one secret: it may be a password that came at the wrong time.
 */
import { latin1, SP } from "../base/octets.ts";
import type { Phase } from "../dialogue/phase.ts";
import { COMMAND_PREFIX_OCTETS, commandLine, isCommand, isTls } from "../dialogue/skim.ts";
import { literalHeader } from "../imap/literal-header.ts";
import {
  ALL_SECRET,
  type Follow,
  PASS,
  type Plan,
  type Replacement,
  type SecretForm,
  UNDECIDED,
} from "./plan.ts";
import { urlTokenSpans } from "./url-tokens.ts";

type CommandPlan = (line: Uint8Array, rest: number, complete: boolean) => Plan;

/** The commands with secrets in their arguments. */
const COMMAND_PLANS = new Map<string, CommandPlan>([
  ["LOGIN", loginLine],
  ["AUTHENTICATE", authenticateLine],
  ["PROXYAUTH", (line, rest) => secretArguments(line, rest, "argument")],
  ["X-MASTERAUTH", (line, rest) => secretArguments(line, rest, "argument")],
  ["XAPPLEPUSHSERVICE", (line, rest) => secretArguments(line, rest, "arguments")],
  ["RESETKEY", (line, rest) => secretArguments(line, rest, "arguments")],
  ["URLFETCH", (line, _rest, complete) => urlLine(line, complete, "urlFetch")],
  ["GENURLAUTH", (line, _rest, complete) => urlLine(line, complete, "urlFetch")],
  ["APPEND", (line, _rest, complete) => urlLine(line, complete, "urls")],
  ["REPLACE", (line, _rest, complete) => urlLine(line, complete, "urls")],
  ["UID REPLACE", (line, _rest, complete) => urlLine(line, complete, "urls")],
]);

const TLS_MARK_OCTETS = 2;
const LINE_WORDS = ["*", "=", "DONE", "done", "Done"];

/** The plan for the first line of a unit, or for the part of it that has come (`complete` false). */
export function clientPlan(line: Uint8Array, complete: boolean, phase: Phase): Plan {
  if (phase.sasl?.asked === true) return saslLine();
  const tls = phase.sasl === undefined && isTls(line, complete);
  // The two octets by which it is known are no secret, and nothing behind them is of use.
  if (tls !== false) return tls === undefined ? UNDECIDED : secretFrom(TLS_MARK_OCTETS);
  const command = commandLine(line, complete);
  if (!command.decided) return UNDECIDED;
  if (isCommand(command)) {
    return COMMAND_PLANS.get(command.name)?.(line, command.rest, complete) ?? PASS;
  }
  if (phase.sasl !== undefined) return saslLine();
  if (phase.authenticated !== true || phase.credentialsRefused) return wholeLine();
  return looseLine(line, complete);
}

/** A name of a command with secrets, as first or second word, whatever stands between and around the words. */
const LOOSE_COMMAND =
  /^[\0-\x20]*(?:[^\0-\x20]+[\0-\x20]+)?(?:LOGIN|AUTHENTICATE|PROXYAUTH|X-MASTERAUTH)(?![\w-])[\0-\x20]?/i;
const FEWER_THAN_TWO_WORDS = /^[\0-\x20]*[^\0-\x20]*[\0-\x20]*[^\0-\x20]*$/;

/** A line that is no known command although the client is logged in: a malformed command may still hold a secret. */
function looseLine(line: Uint8Array, complete: boolean): Plan {
  const text = latin1(line, 0, Math.min(line.length, COMMAND_PREFIX_OCTETS));
  const loose = LOOSE_COMMAND.exec(text);
  if (!complete && text.length < COMMAND_PREFIX_OCTETS && FEWER_THAN_TWO_WORDS.test(text)) return UNDECIDED;
  return loose === null ? PASS : secretFrom(loose[0].length);
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

function secretArguments(line: Uint8Array, rest: number, form: SecretForm): Plan {
  const offset = line[rest] === SP ? rest + 1 : rest;
  return { kind: "secretFrom", offset, open: [], form, follow: ALL_SECRET };
}

function loginLine(line: Uint8Array, rest: number, complete: boolean): Plan {
  const start = spacesEnd(line, rest);
  return behindFirstArgument(line, start, argumentEnd(line, start), complete, [], "argument");
}

/** What no name of a mechanism is (RFC 4422 §3.1), be it longer than they may be: a response in its place. */
const MECHANISM = /^"?[\w.-]{1,40}"?$/;

function authenticateLine(line: Uint8Array, rest: number, complete: boolean): Plan {
  const start = spacesEnd(line, rest);
  const end = argumentEnd(line, start);
  const mechanism = latin1(line, start, end ?? start);
  // The first message of the LOGIN mechanism is the user's name.
  const form = /^"?LOGIN"?$/i.test(mechanism) ? "saslUser" : "sasl";
  const isMechanism = end === undefined || end === start || MECHANISM.test(mechanism);
  if (!isMechanism && (complete || end !== line.length))
    return { kind: "secretFrom", offset: start, open: [], form, follow: ALL_SECRET };
  return behindFirstArgument(line, start, end, complete, ["="], form);
}

function spacesEnd(line: Uint8Array, start: number): number {
  let end = start;
  while (line[end] === SP) end++;
  return end;
}

/** LOGIN and AUTHENTICATE: the first argument (user, mechanism) stays if it is well formed; the rest is secret. */
function behindFirstArgument(
  line: Uint8Array,
  start: number,
  end: number | undefined,
  complete: boolean,
  open: readonly string[],
  form: SecretForm,
): Plan {
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
