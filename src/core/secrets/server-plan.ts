/**
 * Where the secrets of a server line are: challenges of an authentication exchange, tokens in URLs, log-in links, and echoes
 * of what the client sent. Echoes are looked for only in text that people read, in the arguments of response codes and in
 * malformed lines: never in tags, statuses, names, numbers or literals.
 */
import { latin1, SP } from "../base/octets.ts";
import type { Phase } from "../dialogue/phase.ts";
import { isStatus, type ServerLine, serverLine, tagIn } from "../imap/free-text.ts";
import { literalHeader } from "../imap/literal-header.ts";
import { responseEntry } from "../vocabulary/vocabulary.ts";
import { fetchedLine, followingPlan } from "./client-plan.ts";
import { joined, type KnownSecrets } from "./known-secrets.ts";
import { ALL_SECRET, PASS, PASSES, type Plan, type Replacement, UNDECIDED } from "./plan.ts";
import { urlTokenSpans, webLinkSpans } from "./url-tokens.ts";

export interface ServerContext {
  readonly phase: Phase;
  readonly secrets: KnownSecrets;
  /** Whether the line of the command with this tag was masked whole, tag included. */
  readonly isMaskedTag: (tag: string) => boolean;
  /** What has come of a client's line that is not complete and may be a secret (ISO-8859-1). */
  readonly unfinished: () => string;
}

/** Octets that decide what a server line is; a longer first word is no response. */
const PREFIX_OCTETS = 600;

const SECRET_RESPONSES = new Set(["JMAPACCESS", "XAPPLEPUSHSERVICE"]);

/** The plan for the first line of a unit, or for the part of it that has come. */
export function serverPlan(line: Uint8Array, complete: boolean, context: ServerContext): Plan {
  const seen = serverLine(line);
  if (!complete && line.length < PREFIX_OCTETS && isUndecided(line, seen)) return UNDECIDED;
  switch (seen.kind) {
    case "blank":
      return PASS;
    case "continuation":
      return continuationPlan(line, seen, complete, context);
    case "untagged":
      return untaggedPlan(line, seen, complete, context);
    case "malformed":
      // In place of a challenge it may be one that is spoiled.
      if (context.phase.sasl !== undefined) return secretFrom(0);
      return complete ? textPlan(line, seen, context) : UNDECIDED;
    case "tagged":
      return complete ? textPlan(line, seen, context) : UNDECIDED;
  }
}

function secretFrom(offset: number): Plan {
  return { kind: "secretFrom", offset, open: [], form: undefined, follow: ALL_SECRET };
}

function continuationPlan(
  line: Uint8Array,
  seen: ServerLine,
  complete: boolean,
  context: ServerContext,
): Plan {
  if (context.phase.sasl === undefined) return complete ? textPlan(line, seen, context) : UNDECIDED;
  return secretFrom(line[seen.rest] === SP ? seen.rest + 1 : seen.rest);
}

function untaggedPlan(line: Uint8Array, seen: ServerLine, complete: boolean, context: ServerContext): Plan {
  if (SECRET_RESPONSES.has(seen.name)) return secretFrom(Math.min(seen.rest + 1, line.length));
  if (seen.name === "URLFETCH") return fetchedLine(line, seen.rest, complete, "fetchedUrl");
  if (seen.name === "GENURLAUTH") return followingPlan(line, complete, "urlFetch");
  if (!isStatus(seen.name)) {
    if (responseEntry(seen.name) !== undefined) return PASS;
    if (context.phase.sasl !== undefined) return secretFrom(seen.start);
  }
  return complete ? textPlan(line, seen, context) : UNDECIDED;
}

/** A status, or a line that is no response. A tag that no open command has may be an echo itself. */
function textPlan(line: Uint8Array, seen: ServerLine, context: ServerContext): Plan {
  const text = latin1(line);
  const isTagged = seen.kind === "tagged";
  const command = isTagged ? context.phase.open.withTagAt(line, seen.tagStart, seen.tagEnd) : undefined;
  const from = textStart(seen);
  const end = literalStart(line, seen);
  const code = codeOf(text, from);
  const spans = urlTokenSpans(text).concat(context.secrets.find(text, from, context.unfinished()));
  if (isTagged && command === undefined)
    spans.push(...context.secrets.find(tagIn(line, seen), 0).map(shifted(seen.tagStart)));
  if (code?.name === "WEBALERT") spans.push([code.argumentStart, code.end]);
  if (code?.name === "WEBALERT" || code?.name === "ALERT") spans.push(...webLinkSpans(text, code.nameStart));
  const isMasked = command?.known === false && context.isMaskedTag(command.tag);
  if (spans.length === 0 && !isMasked) return PASS;
  const replacements = maskAll(
    joined(spans)
      .filter((span) => !isInCode(text, span[0], span[1], code))
      .map(([start, stop]) => [start, Math.min(stop, end)]),
  );
  if (isMasked) replacements.unshift({ start: seen.tagStart, end: seen.tagEnd, by: "mask" });
  return replacements.length === 0 ? PASS : { kind: "replace", replacements, follow: PASSES };
}

function shifted(by: number): (span: [number, number]) => [number, number] {
  return ([start, end]) => [start + by, end + by];
}

/** Where the text of a line begins that may hold echoes: behind `+` or the status, behind `* ` of an unknown response. */
function textStart(seen: ServerLine): number {
  if (seen.kind === "malformed") return 0;
  return seen.kind === "untagged" && !isStatus(seen.name) ? seen.start : seen.rest;
}

/** Where the literal header begins with which an unknown response may end; the end of the line for free text. */
function literalStart(line: Uint8Array, seen: ServerLine): number {
  return seen.kind === "untagged" && !isStatus(seen.name)
    ? (literalHeader(line)?.start ?? line.length)
    : line.length;
}

interface CodePlace {
  readonly name: string;
  readonly nameStart: number;
  readonly argumentStart: number;
  /** Offset of the `]`, or of the end of the text where there is none. */
  readonly end: number;
}

function codeOf(text: string, from: number): CodePlace | undefined {
  let open = from;
  while (text[open] === " ") open++;
  if (text[open] !== "[") return undefined;
  let nameEnd = open + 1;
  while (nameEnd < text.length && text[nameEnd] !== " " && text[nameEnd] !== "]") nameEnd++;
  const close = text.indexOf("]", nameEnd);
  const end = close < 0 ? text.length : close;
  return {
    name: text.slice(open + 1, nameEnd).toUpperCase(),
    nameStart: open + 1,
    argumentStart: Math.min(nameEnd + 1, end),
    end,
  };
}

/** Codes whose arguments are tags, flags or names of extensions: nothing that a server quotes. */
const CODES_WITHOUT_ECHOES = new Set(["CAPABILITY", "PERMANENTFLAGS", "INPROGRESS", "NOUPDATE"]);
/** Codes whose arguments are numbers, which are no echoes either (`[UIDNEXT 17]` for a password `17`). */
const CODES_OF_NUMBERS = new Set([
  "UIDNEXT",
  "UIDVALIDITY",
  "UNSEEN",
  "HIGHESTMODSEQ",
  "APPENDUID",
  "COPYUID",
  "MODIFIED",
  "MESSAGELIMIT",
  "ANNOTATIONS",
]);

/** Whether a span lies in the name of the code, or in arguments that are no echoes. */
function isInCode(text: string, start: number, end: number, code: CodePlace | undefined): boolean {
  if (code === undefined || start < code.nameStart || end > code.end) return false;
  if (end < code.argumentStart || CODES_WITHOUT_ECHOES.has(code.name)) return true;
  return CODES_OF_NUMBERS.has(code.name) && /^[\d:,*]+$/.test(text.slice(start, end));
}

function maskAll(spans: readonly (readonly [number, number])[]): Replacement[] {
  return spans.filter(([start, end]) => start < end).map(([start, end]) => ({ start, end, by: "mask" }));
}

/** Whether more octets could still change what an incomplete line is. */
function isUndecided(line: Uint8Array, seen: ServerLine): boolean {
  if (seen.kind === "continuation") return line.length <= seen.rest;
  return seen.kind !== "untagged" || seen.rest >= line.length || seen.name === "";
}
