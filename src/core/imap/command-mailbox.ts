/** Commands that name a mailbox: SELECT, CREATE, RENAME, the LIST family, STATUS, metadata (RFC 9051 §6.3). */
import type { CommandDetail } from "./command.ts";
import {
  type Arguments,
  atomsOf,
  invalid,
  nextToken,
  optionNames,
  patternOf,
  takeList,
  takeMailbox,
  takeOptionalList,
  takeToken,
  takeWord,
} from "./command-arguments.ts";
import type { Mailbox } from "./response.ts";

const OTHER: CommandDetail = { kind: "other" };

function named(
  mailbox: Mailbox | undefined,
  target?: Mailbox,
  parameters: readonly string[] = [],
): CommandDetail {
  return mailbox === undefined ? OTHER : { kind: "mailbox", mailbox, target, parameters };
}

/** SELECT, EXAMINE and CREATE: a mailbox, and parameters in parentheses (RFC 4466 §2.1, §2.2). */
export function parseMailboxAndParameters(args: Arguments): CommandDetail {
  const mailbox = takeMailbox(args);
  return named(mailbox, undefined, optionNames(takeOptionalList(args) ?? []));
}

/** RENAME: the name there is, the name it gets, and perhaps parameters (RFC 9051 §6.3.6, RFC 4466 §2.3). */
export function parseRename(args: Arguments): CommandDetail {
  const mailbox = takeMailbox(args);
  const target = takeMailbox(args, "a new mailbox name");
  return named(mailbox, target, optionNames(takeOptionalList(args) ?? []));
}

/** A mailbox and from `least` to `most` further arguments. */
export function mailboxThen(
  least: number,
  most: number,
  what = "an argument",
): (args: Arguments) => CommandDetail {
  return (args) => {
    const mailbox = takeMailbox(args);
    for (let i = 0; i < most; i++) {
      if (i >= least && nextToken(args) === undefined) break;
      if (takeToken(args, what) === undefined) break;
    }
    return named(mailbox);
  };
}

/** GETMETADATA: the grammar puts options before the mailbox, its own examples behind (RFC 5464 §4.2, §5). */
export function parseGetMetadata(args: Arguments): CommandDetail {
  const options = takeOptionalList(args) ?? [];
  const mailbox = takeMailbox(args);
  const entries = takeToken(args, "the names of entries");
  const behind = entries?.kind === "list" && nextToken(args) !== undefined ? entries.items : [];
  if (behind.length > 0) args.at++;
  return named(mailbox, undefined, optionNames([...options, ...behind]));
}

/** LIST with selection options, several patterns and return options (RFC 9051 §6.3.9, RFC 5258 §3). */
export function parseList(args: Arguments): CommandDetail {
  const selection = optionNames(takeOptionalList(args) ?? []);
  return listOf(args, selection, true);
}

/** LSUB, XLIST, RLIST and RLSUB: a reference and one pattern (RFC 3501 §6.3.9, RFC 2193 §5.1). */
export function parsePlainList(args: Arguments): CommandDetail {
  return listOf(args, [], false);
}

function listOf(args: Arguments, selection: readonly string[], extended: boolean): CommandDetail {
  const reference = takeMailbox(args, "a reference name");
  const token = takeToken(args, "a mailbox pattern");
  let patterns: readonly Mailbox[] = [];
  if (token?.kind === "list" && extended) {
    patterns = token.items.map((item) => patternOf(args, item)).filter((item) => item !== undefined);
    if (token.items.length === 0) invalid(args, token, "a mailbox pattern");
  } else if (token !== undefined) {
    const pattern = patternOf(args, token);
    if (pattern !== undefined) patterns = [pattern];
  }
  const returns =
    extended && takeWord(args, "RETURN") ? optionNames(takeList(args, "return options") ?? []) : [];
  return reference === undefined ? OTHER : { kind: "list", reference, patterns, selection, returns };
}

/** STATUS: a mailbox and the items that are asked for (RFC 9051 §6.3.11). */
export function parseStatus(args: Arguments): CommandDetail {
  const mailbox = takeMailbox(args);
  const list = nextToken(args);
  const items = takeList(args, "a list of items") ?? [];
  if (list?.kind === "list" && items.length === 0) invalid(args, list, "a list of items");
  const names = atomsOf(args, items, "an item");
  return mailbox === undefined ? OTHER : { kind: "status", mailbox, items: names };
}
