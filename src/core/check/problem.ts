/** What can be wrong with a capture that a person has edited, in one table: what it is and what to do. */
import type { ConnectionId } from "../base/leg.ts";

/** `error`: it does not read or play as it stands. `warning`: it does, but perhaps not as it was meant. */
export type ProblemLevel = "error" | "warning";

interface ProblemRow {
  readonly level: ProblemLevel;
  /** `{name}` is replaced by what the place says. */
  readonly text: string;
  readonly hint: string;
}

function error(text: string, hint: string): ProblemRow {
  return { level: "error", text, hint };
}

function warning(text: string, hint: string): ProblemRow {
  return { level: "warning", text, hint };
}

export const PROBLEMS = {
  // The file
  "not-record": error("the line is no record: {reason}", "A record is one JSON object on one line."),
  "header-missing": error(
    "the first line is not the header of a capture",
    'Begin with {"type":"capture","version":1,"createdAt":"2026-11-22T19:00:00.000Z","createdBy":"me","redacted":["credentials"]}.',
  ),
  "version-newer": error(
    "the capture is of version {version}, and this imapscope knows {newest}",
    "Read it with a newer imapscope.",
  ),
  joined: error("a second header", "Remove it, and number the connections behind it anew."),
  "field-missing": error("{type} lacks {field}", "docs/capture-format.md lists the fields of each record."),
  "field-invalid": error("{field} of {type} is not {what}", "docs/capture-format.md says what it has to be."),
  "field-unknown": warning(
    "{type} has no field {field}",
    "Readers ignore it, and --fix leaves it out. Is the name misspelt?",
  ),
  "type-unknown": warning(
    "there is no record of type {type}",
    "Readers ignore the whole line, and --fix leaves it out. Is the name misspelt?",
  ),
  "octets-unclear": error(
    "{count} of text, base64, octets and omitted are there",
    "Exactly one of them says what the octets are.",
  ),
  "spans-invalid": error(
    "redacted does not fit the octets",
    "It has pairs of offsets, ascending, none past the end: --fix leaves it out where nothing is masked there.",
  ),
  "raw-length": error(
    "{announced} raw octets are announced, and {found} are there",
    "Set octets to {found}, or let --fix write them as text.",
  ),
  "raw-cut": error(
    "{announced} raw octets are announced, and the file ends behind {found} of them",
    "--fix keeps those that are there.",
  ),
  // The order of records
  "open-missing": error(
    "connection {connection} has not been opened",
    'Put {"type":"open", ...} before its first record.',
  ),
  "open-twice": error("connection {connection} is open already", "Give each connection a number of its own."),
  "time-back": error(
    "at goes back, from {before} to {at}",
    "The times of a connection never go back: give it a later one.",
  ),
  "after-close": error(
    "connection {connection} has been closed before",
    "Put the record before close, or open another connection.",
  ),
  "after-end": error(
    "the {from} had ended its direction before",
    "Put the octets before its end, or remove the record of type end.",
  ),
  "close-missing": warning(
    "connection {connection} is never closed",
    'Put {"type":"close", ...} behind its last record.',
  ),
  // Lines and literals
  "bare-lf": error(
    "a line of the {from} ends in LF without CR",
    "In text, write \\r\\n where a line of IMAP ends; --fix does.",
  ),
  "literal-length": error(
    "the literal of the {from} is announced with {announced} octets and has {found}",
    "Write {{found}} in its place; --fix does.",
  ),
  "literal-ambiguous": error(
    "the literal of the {from} is announced with {announced} octets, which cannot be; it may have {found}, or {other}",
    "--fix takes {found}. Look whether that is what you meant.",
  ),
  "literal-lost": error(
    "the literal of the {from} is announced with {announced} octets, and none of what follows looks like its end",
    "Count its octets anew, as UTF-8 and with both CR and LF of each line, and see that the rest of the command or response follows.",
  ),
  "unit-cut": error(
    "what the {from} sends ends in the middle of a line or literal",
    "Complete it with \\r\\n, or remove what was begun.",
  ),
  // The dialogue
  "greeting-missing": error(
    "the server does not greet first",
    'A connection begins with the greeting of the server, such as "* OK ready\\r\\n".',
  ),
  "response-none": error(
    "a line of the server is no response: {line}",
    "Server lines begin with `* `, with `+ `, or with the tag of a command and OK, NO or BAD.",
  ),
  "command-none": error(
    "a line of the client is no command: {line}",
    "Client lines begin with a tag and the name of a command, unless the server has asked for something else.",
  ),
  "tag-twice": error(
    "the tag {tag} is that of a command that is still open",
    "Give each command a tag of its own, and the answer the same.",
  ),
  "completion-twice": error("the command {tag} was completed before", "Remove one of the two completions."),
  "completion-unknown": error(
    "no command has the tag {tag}",
    "The completion has the tag of its command: mend the one or the other.",
  ),
  "continuation-unexpected": error(
    "the server says `+` although nobody has asked",
    "It belongs behind the header of a literal, IDLE or AUTHENTICATE: put it there, or remove it.",
  ),
  "continuation-missing": warning(
    "the client went on without the `+` that it has to wait for",
    'Put "+ go on\\r\\n" of the server before it, or write the literal as {n+}.',
  ),
  unfinished: error(
    "the command {tag} {name} is never completed, although later ones are",
    "Add the completion of the server: {tag} OK done.",
  ),
  "unfinished-last": warning(
    "the command {tag} {name} is never completed",
    "A replay leaves it without an answer, too. Add the completion of the server: {tag} OK done.",
  ),
  // Secrets
  secret: error(
    "a secret is not masked",
    "Write xxxxxxxx in its place, with its span in redacted; --fix does. Change the secret if anybody has seen the file.",
  ),
  "secrets-kept": warning(
    "the header says that credentials are not masked",
    "--fix masks them. Do not give the file to anybody as it is.",
  ),
} as const satisfies Record<string, ProblemRow>;

export type ProblemKind = keyof typeof PROBLEMS;

export interface CheckProblem {
  readonly kind: ProblemKind;
  readonly level: ProblemLevel;
  /** Of the record, counted from 1 as an editor counts them. */
  readonly line: number;
  readonly connection: ConnectionId | undefined;
  /** What is wrong, as a sentence without its full stop. */
  readonly text: string;
  /** What to do. */
  readonly hint: string;
}

export interface ProblemPlace {
  readonly line: number;
  readonly connection?: ConnectionId | undefined;
}

/** Makes a problem of its row and what the place says. */
export function problem(
  kind: ProblemKind,
  { line, connection }: ProblemPlace,
  values: Readonly<Record<string, string | number>> = {},
): CheckProblem {
  const { level, text, hint } = PROBLEMS[kind];
  const fill = (words: string): string =>
    words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { kind, level, line, connection, text: fill(text), hint: fill(hint) };
}
