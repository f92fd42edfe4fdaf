/**
 * Whether a recorded exchange answers what a client asks: by octets, by meaning, or as somebody's own function says. By octets
 * and meaning there is a key, so that a script of any size is searched at once. What was masked in a recording matches anything.
 */
import { MASK } from "../base/mask.ts";
import type { Field } from "./field.ts";
import { type Ignored, NOTHING_IGNORED } from "./ignore.ts";
import type { Request } from "./request.ts";
import { settledExact, settledFields } from "./settle.ts";

export type Matches = (asked: Request, recorded: Request) => boolean;
export type Matching = "exact" | "canonical" | Matches;

export interface Matcher {
  readonly matching: Matching;
  readonly ignored: Ignored;
  readonly matches: Matches;
  /** Requests with the same key match; `undefined` where only `matches` can tell. */
  readonly key: (request: Request) => string | undefined;
}

/** Between the parts of a key: none of them has this character. */
const BORDER = "\u{e000}";

export function createMatcher(matching: Matching, ignored: Ignored = NOTHING_IGNORED): Matcher {
  if (typeof matching === "function") return { matching, ignored, matches: matching, key: () => undefined };
  const textOf = matching === "exact" ? exactKey : canonicalKey;
  // One command is looked for in every recorded connection.
  let last: Request | undefined;
  let lastKey = "";
  const key = (request: Request): string => {
    if (request !== last) lastKey = textOf(request, ignored);
    last = request;
    return lastKey;
  };
  return {
    matching,
    ignored,
    matches: (asked, recorded) => covers(key(asked), textOf(recorded, ignored)),
    key,
  };
}

function exactKey(request: Request, ignored: Ignored): string {
  return settledExact(request, ignored);
}

function canonicalKey(request: Request, ignored: Ignored): string {
  return keyOfFields(settledFields(request, ignored));
}

/** The same for the same fields, and for no others. */
export function keyOfFields(fields: readonly Field[]): string {
  return fields.map(({ name, value }) => `${name} ${value}`).join(BORDER);
}

/** Whether a text is a recorded one, in which a mask stands for anything. */
export function covers(asked: string, recorded: string): boolean {
  if (asked === recorded) return true;
  if (!recorded.includes(MASK)) return false;
  const parts = recorded.split(MASK);
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!asked.startsWith(first) || asked.length < first.length + last.length || !asked.endsWith(last))
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = asked.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= asked.length - last.length;
}
