/** A command on one line, to be read at a glance: `UID FETCH 1:50 (FLAGS ENVELOPE)`, `APPEND Sent (\Seen) {30,000,000}`. */
import type { Command, CommandDetail } from "../imap/command.ts";
import type { Mailbox } from "../imap/response.ts";
import { clip, glance } from "./cells.ts";
import { formatTokens, type Names, NO_NAMES } from "./token.ts";

/** Cells of the longest command that is shown where the caller gives no width. */
const COLUMNS = 200;
const NAME_COLUMNS = 40;

/**
 * Name and arguments without the tag: mailbox names decoded, literals as their sizes, long lists shortened with `…`.
 * Safe to print, and at most `columns` cells.
 */
export function formatCommand(command: Command, columns = COLUMNS): string {
  const name = command.name === "" ? "(no command)" : glance(command.name, NAME_COLUMNS);
  const text = formatTokens(command.arguments, namesOf(command.detail), columns);
  return clip(text === "" ? name : `${name} ${text}`, columns);
}

/** The strings of a command that stand for mailboxes, with how people read them. */
function namesOf(detail: CommandDetail): Names {
  const mailboxes = mailboxesOf(detail);
  return mailboxes.length === 0 ? NO_NAMES : new Map(mailboxes.map(({ raw, name }) => [raw, name]));
}

const NO_MAILBOXES: readonly Mailbox[] = [];

function mailboxesOf(detail: CommandDetail): readonly Mailbox[] {
  switch (detail.kind) {
    case "mailbox":
      return detail.target === undefined ? [detail.mailbox] : [detail.mailbox, detail.target];
    case "list":
      return [detail.reference, ...detail.patterns];
    case "status":
    case "copy":
    case "append":
      return [detail.mailbox];
    default:
      return NO_MAILBOXES;
  }
}
