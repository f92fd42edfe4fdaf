/** Whether a mailbox name matches the patterns of LIST (RFC 9051 §6.3.9). */
import type { Command } from "../imap/command.ts";
import type { Mailbox, MailboxListing } from "../imap/response.ts";

/** Longer names and patterns are not matched but taken as possible: the work is their product. */
const LONGEST = 1000;

/** `reference` and `pattern` are concatenated; `*` matches anything, `%` anything but the hierarchy delimiter. */
export function matchesPattern(
  name: string,
  reference: string,
  pattern: string,
  delimiter: string | null,
): boolean {
  const whole = reference + pattern;
  if (name.length > LONGEST || whole.length > LONGEST) return true;
  if (whole.toUpperCase() === "INBOX") return name.toUpperCase() === "INBOX";
  // reached[i]: the pattern so far can match the first i characters of the name.
  let reached = new Array<boolean>(name.length + 1).fill(false);
  reached[0] = true;
  for (const symbol of whole) {
    const next = new Array<boolean>(name.length + 1).fill(false);
    for (let i = 0; i <= name.length; i++) {
      if (symbol === "*" || symbol === "%") {
        const before = i > 0 && next[i - 1] === true && (symbol === "*" || name[i - 1] !== delimiter);
        next[i] = reached[i] === true || before;
      } else {
        next[i] = i > 0 && reached[i - 1] === true && name[i - 1] === symbol;
      }
    }
    reached = next;
  }
  return reached[name.length] === true;
}

/** Whether a LIST, LSUB or XLIST command asked for this mailbox. */
export function listAsksFor(command: Command, mailbox: Mailbox, delimiter: string | null): boolean {
  const { detail } = command;
  if (detail.kind !== "list") return true;
  return detail.patterns.some(
    (pattern) =>
      matchesPattern(mailbox.raw, detail.reference.raw, pattern.raw, delimiter) ||
      matchesPattern(mailbox.name, detail.reference.name, pattern.name, delimiter),
  );
}

/** The same for a response of LIST, whose delimiter is known, or whose old name may be what was asked for. */
export function listAsksForListing(command: Command, listing: MailboxListing): boolean {
  return listAsksFor(command, listing.mailbox, listing.delimiter);
}

/** Two names of the same mailbox, as people read them; INBOX in any case (RFC 9051 §5.1). */
export function sameMailbox(a: Mailbox, b: Mailbox): boolean {
  return a.name === b.name || (a.name.toUpperCase() === "INBOX" && b.name.toUpperCase() === "INBOX");
}
