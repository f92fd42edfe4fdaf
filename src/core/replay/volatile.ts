/** The rules by which two messages would be one: where they differ in nothing but what a client makes anew each time it runs. */
import { fromLatin1 } from "../base/octets.ts";
import { lowerCase } from "../imap/ascii-case.ts";
import { IGNORE_RULES, type Ignored, readIgnored } from "./ignore.ts";
import { settledText } from "./message-settler.ts";

/** A client means what it says there: another text is another message. */
const MEANT = /^(?:subject|from|sender|reply-to|to|cc|bcc|mime-version|content-.*)$/;

/** In the order of the lines; empty where leaving out will not do, or what is kept of the messages is the same. */
export function volatileRules(asked: Uint8Array, recorded: Uint8Array, ignored: Ignored): readonly string[] {
  const one = settledText(asked, ignored);
  const other = settledText(recorded, ignored);
  const lines = one.split("\n");
  const others = other.split("\n");
  if (one === other || lines.length !== others.length) return [];
  const rules = new Set<string>();
  let field = "";
  for (const [at, line] of lines.entries()) {
    if (!/^[ \t]/.test(line)) field = fieldOf(line);
    if (line === others[at]) continue;
    const rule = ruleFor(line, others[at] ?? "", field);
    if (rule === undefined) return [];
    rules.add(rule);
  }
  const names = [...rules];
  const left = readIgnored(names).ignored;
  return settledText(fromLatin1(one), left) === settledText(fromLatin1(other), left) ? names : [];
}

function ruleFor(line: string, other: string, field: string): string | undefined {
  const isBoundary = [line, other].every((each) => /boundary=|^--/i.test(each));
  if (isBoundary) return "boundary";
  const goesOn = /^[ \t]/.test(line) && /^[ \t]/.test(other);
  if (field === "" || MEANT.test(field) || (!goesOn && fieldOf(other) !== field)) return undefined;
  return IGNORE_RULES.has(field) ? field : `header:${field}`;
}

/** The name of the header field that begins in a line, in small letters; "" where none does. */
function fieldOf(line: string): string {
  return lowerCase(/^([!-9;-~]+)[ \t]*:/.exec(line)?.[1] ?? "");
}
