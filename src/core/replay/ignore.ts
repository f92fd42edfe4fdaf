/**
 * Parts of commands that are new each time a client runs, and that a comparison is to leave out: by rules, on both sides alike.
 *
 *     date  message-id  boundary  internaldate  search-date     the usual ones by name
 *     header:X-Mailer                              a header field of the messages that are appended
 *     field:parameters  field:SELECT.parameters    a field of all commands, or of one
 *     /regular expression/i                        what it matches in fields and in lines of messages
 */
import { lowerCase, upperCase } from "../imap/ascii-case.ts";

/** Rules, made ready. */
export interface Ignored {
  /** Header fields of appended messages, in small letters. */
  readonly headers: ReadonlySet<string>;
  /** MIME boundaries are compared by where they stand, not by what they are. */
  readonly boundaries: boolean;
  /** The dates within search keys count no more. */
  readonly searchDates: boolean;
  /** `date`, or `SELECT.parameters`; without the number of a message. */
  readonly fields: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
  /** Whether anything within messages is left out. */
  readonly inMessages: boolean;
}

export const NOTHING_IGNORED: Ignored = {
  headers: new Set(),
  boundaries: false,
  searchDates: false,
  fields: new Set(),
  patterns: [],
  inMessages: false,
};

/** The rules that have a name, with what they leave out, in words. */
export const IGNORE_RULES: ReadonlyMap<string, string> = new Map([
  ["date", "the header field Date of appended messages"],
  ["message-id", "the header field Message-ID of appended messages"],
  ["boundary", "the MIME boundaries of appended messages"],
  ["internaldate", "the date and time that APPEND gives a message"],
  ["search-date", "the dates by which messages are searched: SINCE, BEFORE, ON, and SENT..."],
]);

/** Makes rules ready. A rule that cannot be read is given back in `problem`, in words. */
export function readIgnored(rules: readonly (string | RegExp)[]): {
  readonly ignored: Ignored;
  readonly problem: string | undefined;
} {
  const headers = new Set<string>();
  const fields = new Set<string>();
  const patterns: RegExp[] = [];
  let boundaries = false;
  let searchDates = false;
  let problem: string | undefined;
  for (const rule of rules) {
    if (typeof rule !== "string") {
      patterns.push(everywhere(rule.source, rule.flags));
      continue;
    }
    const name = lowerCase(rule);
    const pattern = patternOf(rule);
    if (name === "date" || name === "message-id") headers.add(name);
    else if (name === "boundary") boundaries = true;
    else if (name === "search-date") searchDates = true;
    else if (name === "internaldate") fields.add("APPEND.date").add("REPLACE.date").add("UID REPLACE.date");
    else if (/^header:[!-9;-~]+$/.test(name)) headers.add(name.slice("header:".length));
    else if (/^field:[\w .-]+$/.test(name)) fields.add(fieldName(rule.slice("field:".length)));
    else if (pattern !== undefined) patterns.push(pattern);
    else
      problem ??= `"${rule}" is no rule: ${[...IGNORE_RULES.keys()].join(", ")}, header:NAME, field:NAME or /pattern/.`;
  }
  const inMessages = headers.size > 0 || boundaries || patterns.length > 0;
  return { ignored: { headers, boundaries, searchDates, fields, patterns, inMessages }, problem };
}

/** `SELECT.parameters`: the command in capitals, the field as it is. */
function fieldName(written: string): string {
  const dot = written.lastIndexOf(".");
  return dot < 0 ? lowerCase(written) : upperCase(written.slice(0, dot)) + lowerCase(written.slice(dot));
}

function patternOf(rule: string): RegExp | undefined {
  const parts = /^\/(.+)\/([imsu]*)$/s.exec(rule);
  if (parts === null) return undefined;
  try {
    return everywhere(parts[1] ?? "", parts[2] ?? "");
  } catch {
    return undefined;
  }
}

function everywhere(source: string, flags: string): RegExp {
  return new RegExp(source, `${flags.replace(/[gy]/g, "")}g`);
}

/** Whether rules leave out a field of a command altogether. */
export function ignoresField(ignored: Ignored, command: string, field: string): boolean {
  if (ignored.fields.size === 0) return false;
  const name = field.replace(/ \d+$/, "");
  return ignored.fields.has(name) || ignored.fields.has(`${command}.${name}`);
}

/** Search keys without their dates: strings are in small letters there, and are none. */
export function withoutSearchDates(keys: string): string {
  return keys.replace(/\b((?:SENT)?(?:SINCE|BEFORE|ON)) \d{1,2}-[A-Z][a-z]{2}-\d{4}/g, "$1");
}

/** A text without what patterns match. */
export function withoutPatterns(ignored: Ignored, text: string): string {
  let rest = text;
  for (const pattern of ignored.patterns) rest = rest.replace(pattern, "");
  return rest;
}
