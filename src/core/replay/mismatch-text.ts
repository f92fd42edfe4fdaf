/** A miss in words: for the client one line, for the report why it happened and what would make it match. */
import { clip } from "../text/cells.ts";
import { formatCommand } from "../text/command.ts";
import { safe } from "../text/safe.ts";
import type { Difference, Mismatch } from "./mismatch.ts";
import type { Request } from "./request.ts";
import { isLoggedIn } from "./scene.ts";
import type { Step } from "./script.ts";

/** Octets of the line that a client gets, without its tag and `NO`. */
const LINE_OCTETS = 480;
const COMMAND_COLUMNS = 100;
/** Fields that a remedy names, and characters of a recorded value that it tells. */
const FIELDS_TOLD = 5;
const VALUE_TOLD = 40;

/** Fields whose names are no words of a sentence. */
const FIELD_WORDS: ReadonlyMap<string, string> = new Map([
  ["id", "parameters of ID"],
  ["return", "return options"],
  ["selection", "selection options"],
]);

/** A command in short, safe to print. */
export function commandText({ command }: Request): string {
  return command.name === "" ? "a line that is no known command" : formatCommand(command, COMMAND_COLUMNS);
}

export function stepText({ id, request }: Step): string {
  return `exchange ${id} (${commandText(request)})`;
}

/** `items: FLAGS missing, UID too much`: one difference in words, safe to print. */
export function differenceText({ field, asked, recorded, missing, surplus }: Difference): string {
  const name = safe(field);
  if (asked === undefined) return `${name} is missing, recorded was ${value(recorded)}`;
  if (recorded === undefined) return `${name} was not recorded, asked is ${value(asked)}`;
  const parts = [
    ...(missing === undefined ? [] : [`${safe(missing)} missing`]),
    ...(surplus === undefined ? [] : [`${safe(surplus)} too much`]),
  ];
  return parts.length > 0
    ? `${name}: ${parts.join(", ")}`
    : `${name} is ${value(asked)}, recorded was ${value(recorded)}`;
}

function value(text: string | undefined): string {
  return text === undefined || text === "" ? "nothing" : safe(text);
}

/** Why the nearest exchange does not do, as a sentence without its end; what differs is told beside it. */
export function reasonText({ because, nearest, mailbox, due }: Mismatch): string {
  const unknown = "no exchange with this command was recorded";
  if (nearest === undefined) return due === undefined ? unknown : `${unknown}; next comes ${stepText(due)}`;
  switch (because) {
    case "unknownCommand":
      return unknown;
    case "login":
      return `${stepText(nearest)} matches, but was recorded ${isLoggedIn(nearest) ? "after" : "before"} the login`;
    case "used":
      return `${stepText(nearest)} matches, but has been used already`;
    case "order":
      return `${stepText(nearest)} matches, but is not due yet or was passed over`;
    case "mailbox":
      return `${stepText(nearest)} matches, but was recorded ${selected(nearest)}, and here ${mailbox === undefined ? "none" : safe(mailbox)} is selected`;
    case "differs":
      return `the nearest is ${stepText(nearest)}`;
  }
}

function selected({ mailbox }: Step): string {
  return mailbox === undefined ? "with no mailbox selected" : `in mailbox ${safe(mailbox)}`;
}

/** What the client is told: printable ASCII, bounded, no response code, no secret. */
export function missLine(asked: Request, mismatch: Mismatch): string {
  const parts = [`Replay: no recorded answer to ${commandName(asked)}`, reasonText(mismatch)];
  if (mismatch.differences.length > 0) parts.push(mismatch.differences.map(differenceText).join("; "));
  return asciiLine(parts.join(": "));
}

function commandName({ command }: Request): string {
  return command.name === "" ? "this line" : clip(safe(command.name), 40);
}

/** Text as the human-readable part of a status response (RFC 9051 §7.1). */
export function asciiLine(text: string): string {
  const ascii = text.replace(/…/g, "...").replace(/[^\x20-\x7e]/g, "?");
  const line = ascii.startsWith("[") ? `(${ascii.slice(1)}` : ascii;
  return line.length <= LINE_OCTETS ? line : `${line.slice(0, LINE_OCTETS - 3)}...`;
}

/** What would make it match: for whoever has to mend the client, the play or the capture. */
export function remedyText(asked: Request, mismatch: Mismatch): string {
  const { nearest, because, differences } = mismatch;
  const name = commandName(asked);
  const unknown = `Record a session in which the client sends ${name}.`;
  if (nearest === undefined) return unknown;
  switch (because) {
    case "unknownCommand":
      return unknown;
    case "used":
      return `Send it once as recorded, or record it as often as it is sent; by state, read-only commands may repeat.`;
    case "order":
      return `Send it in its place, ${placeText(nearest)}, or play by state instead of in recorded order.`;
    case "login":
      return isLoggedIn(nearest) ? "Log in first, as recorded." : "Send it before the login, as recorded.";
    case "mailbox":
      return nearest.mailbox === undefined
        ? "Send it while no mailbox is selected, as recorded."
        : `Select ${safe(nearest.mailbox)} first, as recorded.`;
    case "differs":
      return differs(differences);
  }
}

function placeText({ id }: Step): string {
  return `as exchange ${id}`;
}

function differs(differences: readonly Difference[]): string {
  const rules = differences.map(rulesFor);
  if (differences.length > 0 && rules.every((some) => some.length > 0))
    return `If it is new each time, ignore it: ${[...new Set(rules.flat().map(safe))].join(", ")}.`;
  const [first] = differences;
  if (first === undefined || first.field === "octets")
    return "Send the same octets, or match by meaning (canonical) instead of exactly.";
  const others = differences.filter(({ recorded }) => recorded !== undefined);
  const surplus = differences.filter(({ recorded }) => recorded === undefined);
  const what = [
    ...(others.length === 0 ? [] : [`send ${fieldList(others)} as recorded`]),
    ...(surplus.length === 0 ? [] : [`leave out ${fieldList(surplus)}`]),
  ].join(", and ");
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}; or, if the client is right, record the session anew.`;
}

/** `the set (1:3), the items and message 1`: fields with what was recorded of each, where that is short. */
function fieldList(those: readonly Difference[]): string {
  const named = [...new Set(those.map(fieldText))];
  const told = named.slice(0, FIELDS_TOLD);
  if (named.length > told.length) told.push("whatever else differs");
  const last = told.pop() ?? "";
  return told.length === 0 ? last : `${told.join(", ")} and ${last}`;
}

function fieldText({ field, recorded }: Difference): string {
  const name = safe(FIELD_WORDS.get(field) ?? field);
  // One of several is named by its number.
  const words = /\d$/.test(name) ? name : `the ${name}`;
  if (recorded === "") return `${words} (empty)`;
  return recorded === undefined || recorded.length > VALUE_TOLD ? words : `${words} (${safe(recorded)})`;
}

/** The rules that would leave a difference out, where it looks like what is new each time. */
function rulesFor({ field, asked, recorded, rules }: Difference): readonly string[] {
  const isDate = /^date \d+$/.test(field) && asked !== undefined && recorded !== undefined;
  return isDate ? ["internaldate"] : (rules ?? []);
}
