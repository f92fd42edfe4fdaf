/** What two commands differ in, field by field, as people read it. Bounded, whatever a client sends. */

import { LIMITS } from "../base/limits.ts";
import { detachText, readable } from "../base/octets.ts";
import type { Field } from "./field.ts";
import { octetsText } from "./field-values.ts";
import { type Ignored, withoutSearchDates } from "./ignore.ts";
import { covers } from "./match.ts";
import { settledText } from "./message-settler.ts";
import type { Difference } from "./mismatch.ts";
import type { Request } from "./request.ts";
import { setDifference } from "./set-difference.ts";
import { settledExact, settledFields } from "./settle.ts";
import { volatileRules } from "./volatile.ts";

/** Characters of a text that are shown, and how many of them before the place where two texts part. */
const SHOWN = 120;
const BEFORE = 30;
/** Members of a list that are shown. */
const MEMBERS_SHOWN = 20;

/** The fields in which two requests differ, those of what is asked first; at exact level their octets, if only these do. */
export function differences(
  asked: Request,
  recorded: Request,
  ignored: Ignored,
  exact = false,
): readonly Difference[] {
  const found: Difference[] = [];
  const theirs = new Map(settledFields(recorded, ignored).map((field) => [field.name, field]));
  for (const field of settledFields(asked, ignored)) {
    if (found.length === LIMITS.differencesKept) return found;
    const other = theirs.get(field.name);
    theirs.delete(field.name);
    if (other === undefined || !covers(field.value, other.value))
      found.push(difference(field, other, ignored));
  }
  for (const field of theirs.values()) {
    if (found.length === LIMITS.differencesKept) return found;
    found.push({ field: field.name, asked: undefined, recorded: excerpt(shown(field)) });
  }
  if (found.length > 0 || !exact) return found;
  const ours = settledExact(asked, ignored);
  const octets = settledExact(recorded, ignored);
  return covers(ours, octets) ? found : [{ field: "octets", ...textDifference(ours, octets) }];
}

function difference(field: Field, other: Field | undefined, ignored: Ignored): Difference {
  const { name } = field;
  if (other === undefined) return { field: name, asked: excerpt(shown(field)), recorded: undefined };
  if (field.print !== undefined && other.print !== undefined) {
    const rules = volatileRules(field.print.head, other.print.head, ignored);
    const texts = messageDifference(field, other, ignored);
    return { field: name, ...texts, ...(rules.length === 0 ? {} : { rules }) };
  }
  const texts = textDifference(shown(field), shown(other));
  if (name === "set") {
    const sets = setDifference(field.value, other.value);
    return { field: name, ...texts, ...(sets === undefined ? {} : sides(sets.missing, sets.surplus)) };
  }
  if (field.members === undefined || other.members === undefined) return { field: name, ...texts };
  const isDated = name === "keys" && withoutSearchDates(field.value) === withoutSearchDates(other.value);
  return {
    ...{ field: name, ...texts, ...(isDated ? { rules: ["search-date"] } : {}) },
    ...sides(without(other.members, field.members), without(field.members, other.members)),
  };
}

function sides(missing: string, surplus: string): { readonly missing?: string; readonly surplus?: string } {
  return {
    ...(missing === "" ? {} : { missing: excerpt(missing) }),
    ...(surplus === "" ? {} : { surplus: excerpt(surplus) }),
  };
}

/** The members that the others lack. */
function without(members: readonly string[], others: readonly string[]): string {
  const known = new Set(others);
  const left = members.filter((member) => !known.has(member));
  const shownOnes = left.slice(0, MEMBERS_SHOWN).map(octetsText);
  return [...shownOnes, ...(left.length > shownOnes.length ? ["…"] : [])].join(" ");
}

function shown({ shown, value }: Field): string {
  return shown ?? value;
}

/** Two texts, long ones from a little before the place where they part. */
export function textDifference(
  asked: string,
  recorded: string,
): { readonly asked: string; readonly recorded: string } {
  const from = Math.max(asked.length, recorded.length) <= SHOWN ? 0 : partingOf(asked, recorded) - BEFORE;
  return { asked: excerpt(asked, from), recorded: excerpt(recorded, from) };
}

function partingOf(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** At most so many characters as are shown, from `from` on. */
export function excerpt(text: string, from = 0): string {
  const start = Math.max(0, from);
  const end = start + SHOWN;
  return `${start > 0 ? "…" : ""}${detachText(text.slice(start, end))}${end < text.length ? "…" : ""}`;
}

/** The first line in which two messages differ, as far as their heads are kept. */
function messageDifference(
  field: Field,
  other: Field,
  ignored: Ignored,
): { readonly asked: string; readonly recorded: string } {
  const ours = linesOf(field, ignored);
  const theirs = linesOf(other, ignored);
  const index = ours.findIndex((line, at) => line !== theirs[at]);
  const at = index < 0 ? ours.length : index;
  if (index < 0 && theirs.length <= at)
    return { asked: `${shown(field)}, the same as far as they are kept`, recorded: shown(other) };
  const texts = textDifference(lineText(ours[at]), lineText(theirs[at]));
  return { asked: `line ${at + 1}: ${texts.asked}`, recorded: `line ${at + 1}: ${texts.recorded}` };
}

function linesOf({ print }: Field, ignored: Ignored): readonly string[] {
  return print === undefined ? [] : settledText(print.head, ignored).split("\n");
}

function lineText(line: string | undefined): string {
  if (line === undefined) return "(no more lines)";
  return readable(line.endsWith("\r") ? line.slice(0, -1) : line);
}
