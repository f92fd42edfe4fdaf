/** The arguments of response codes, by name (RFC 9051 §7.1, RFC 7162 §3.1, RFC 9585 §4, RFC 5267 §4.3.1). */
import { capabilities, flags } from "./flag-list.ts";
import { blame, type Lexer } from "./lexer.ts";
import { setSize } from "./number-set.ts";
import type { CodeData } from "./response.ts";
import type { Token } from "./token.ts";
import { blameToken, decimal, integer, numberSet, rawText } from "./token-value.ts";

type CodeParser = (lexer: Lexer, tokens: readonly Token[]) => CodeData;

const NONE: CodeData = { kind: "none" };

/** Codes whose arguments have a shape of their own; all others keep their arguments as tokens. */
const PARSERS: ReadonlyMap<string, CodeParser> = new Map<string, CodeParser>([
  ["CAPABILITY", (lexer, tokens) => ({ kind: "capabilities", capabilities: capabilities(lexer, tokens) })],
  ["PERMANENTFLAGS", (lexer, tokens) => ({ kind: "flags", flags: flags(lexer, tokens[0]) })],
  ["UIDNEXT", uidNumber],
  ["UIDVALIDITY", uidNumber],
  ["UNSEEN", nonZero],
  ["HIGHESTMODSEQ", nonZero],
  ["XYMHIGHESTMODSEQ", number],
  ["APPENDUID", appendUid],
  ["COPYUID", copyUid],
  ["MODIFIED", (lexer, tokens) => ({ kind: "set", set: numberSet(lexer, tokens[0], "The set of MODIFIED") })],
  ["NOUPDATE", noUpdate],
  ["INPROGRESS", progress],
]);

/** Whether the arguments of a code have a grammar that is checked here. */
export function hasShape(name: string): boolean {
  return PARSERS.has(name);
}

/** The typed arguments of a response code; every argument that breaks the grammar is reported. */
export function codeData(lexer: Lexer, name: string, tokens: readonly Token[]): CodeData {
  const parser = PARSERS.get(name);
  if (parser !== undefined) return parser(lexer, tokens);
  return tokens.length === 0 ? NONE : { kind: "tokens", tokens };
}

function number(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const value = decimal(lexer, tokens[0], "The number of the response code");
  if (value !== undefined) return { kind: "number", value };
  return tokens.length === 0 ? NONE : { kind: "tokens", tokens };
}

function nonZero(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const data = number(lexer, tokens);
  if (data.kind === "number" && isZero(data.value)) {
    blameToken(lexer, "number-invalid", "The number of the response code is 0.", tokens[0]);
  }
  return data;
}

function uidNumber(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const data = number(lexer, tokens);
  if (data.kind === "number" && isZero(data.value)) {
    blameToken(lexer, "uidvalidity-invalid", "The number of the response code is 0.", tokens[0]);
  }
  return data;
}

export function isZero(decimalText: string): boolean {
  return Number(decimalText) === 0;
}

function appendUid(lexer: Lexer, tokens: readonly Token[]): CodeData {
  return {
    kind: "appendUid",
    uidValidity: uidValidity(lexer, tokens[0]),
    uids: numberSet(lexer, tokens[1], "The UIDs of APPENDUID"),
  };
}

function copyUid(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const from = numberSet(lexer, tokens[1], "The source UIDs of COPYUID");
  const to = numberSet(lexer, tokens[2], "The target UIDs of COPYUID");
  const sizes = [setSize(from), setSize(to)];
  if (sizes[0] !== sizes[1] && tokens.length > 2) {
    blameToken(lexer, "copyuid-sizes-differ", `${sizes[0]} UIDs became ${sizes[1]}.`, tokens[1]);
  }
  return { kind: "copyUid", uidValidity: uidValidity(lexer, tokens[0]), from, to };
}

function uidValidity(lexer: Lexer, token: Token | undefined): number {
  const value = integer(lexer, token, "UIDVALIDITY");
  if (value === 0) blameToken(lexer, "uidvalidity-invalid", "UIDVALIDITY is 0.", token);
  return value ?? 0;
}

function noUpdate(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const token = tokens[0];
  if (token !== undefined) return { kind: "tag", tag: rawText(token) };
  blame(lexer, "response-code-invalid", "NOUPDATE has no tag.");
  return NONE;
}

/** `INPROGRESS ["(" (quoted / nil) SP (number / nil) SP (nz-number / nil) ")"]` (RFC 9585 §4). */
function progress(lexer: Lexer, tokens: readonly Token[]): CodeData {
  const token = tokens[0];
  if (token !== undefined && token.kind !== "list") {
    blameToken(lexer, "response-code-invalid", "The arguments of INPROGRESS are not a list.", token);
  }
  const [tag, done, total] = token?.kind === "list" ? token.items : tokens;
  return {
    kind: "progress",
    tag: tag === undefined || tag.kind === "nil" ? undefined : rawText(tag),
    done: optionalInteger(lexer, done),
    total: optionalInteger(lexer, total),
  };
}

function optionalInteger(lexer: Lexer, token: Token | undefined): number | undefined {
  if (token === undefined || token.kind === "nil") return undefined;
  return integer(lexer, token, "A number of INPROGRESS");
}
