/** A miss in words: for the client one line, for the report why it happened and what would make it match. */
import { clip } from "../text/cells.ts";
import { formatCommand } from "../text/command.ts";
import { safe } from "../text/safe.ts";
import { excerpt } from "./differences.ts";
import type { Difference, Mismatch } from "./mismatch.ts";
import type { Request } from "./request.ts";
import { isLoggedIn } from "./scene.ts";
import type { Step } from "./script.ts";

/** Octets of the line that a client gets, without its tag and `NO`. */
const LINE_OCTETS = 480;
const COMMAND_COLUMNS = 100;

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
  const named = (those: readonly Difference[]): string =>
    [...new Set(those.map(({ field }) => safe(field)))].join(", ");
  const others = differences.filter(({ recorded }) => recorded !== undefined);
  const surplus = differences.filter(({ recorded }) => recorded === undefined);
  const [only] = others;
  const as = others.length === 1 && only?.recorded !== undefined ? `: ${excerpt(safe(only.recorded))}` : "";
  const what = [
    ...(others.length === 0 ? [] : [`send ${named(others)} as recorded${as}`]),
    ...(surplus.length === 0 ? [] : [`leave out ${named(surplus)}`]),
  ].join(", and ");
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}; or, if the client is right, record the session anew.`;
}

/** The rules that would leave a difference out, where it looks like what is new each time. */
function rulesFor({ field, asked, recorded, rules }: Difference): readonly string[] {
  const isDate = /^date \d+$/.test(field) && asked !== undefined && recorded !== undefined;
  return isDate ? ["internaldate"] : (rules ?? []);
}
