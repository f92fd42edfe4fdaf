/**
 * APPEND and REPLACE (RFC 9051 §6.3.12, RFC 8508 §3.2): a mailbox, then for each message (RFC 3502 §6) its flags, its date,
 * extension data (RFC 4466 §2.7), and the message itself: a literal, `UTF8 (literal)` (RFC 6855 §4), or parts to put
 * together, `CATENATE (URL … TEXT {n} …)` (RFC 4469 §3).
 */
import type { CommandDetail } from "./command.ts";
import {
  type Arguments,
  invalid,
  nextToken,
  nextWord,
  takeList,
  takeMailbox,
  takeSet,
  takeToken,
} from "./command-arguments.ts";
import { flagsOf } from "./command-fetch.ts";
import type { Token } from "./token.ts";

const DATE_TIME =
  /^(?: \d|\d\d)-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{4} \d\d:\d\d:\d\d [+-]\d{4}$/i;

export function parseAppend(args: Arguments): CommandDetail {
  const mailbox = takeMailbox(args);
  if (mailbox === undefined) {
    args.at = args.tokens.length;
    return { kind: "other" };
  }
  const messageOctets: number[] = [];
  const flags: string[] = [];
  do {
    const octets = takeMessage(args, flags);
    if (octets === undefined) break;
    messageOctets.push(octets);
  } while (nextToken(args) !== undefined);
  return { kind: "append", mailbox, messageOctets, flags };
}

/** REPLACE names the message that goes before the mailbox (RFC 8508 §3.2). */
export function parseReplace(args: Arguments): CommandDetail {
  takeSet(args);
  return parseAppend(args);
}

/** Consumes one message with what stands before it, and gives its size as announced. */
function takeMessage(args: Arguments, flags: string[]): number | undefined {
  const list = nextToken(args);
  if (list?.kind === "list") {
    args.at++;
    flags.push(...flagsOf(args, list.items));
  }
  const date = nextToken(args);
  if (date?.kind === "quoted") {
    args.at++;
    if (!DATE_TIME.test(date.text)) invalid(args, date, "a date and time");
  }
  for (;;) {
    const word = nextWord(args);
    const token = takeToken(args, "a message");
    if (token === undefined) return undefined;
    if (token.kind === "literal") return token.literal.octets;
    if (word === "CATENATE") return literalOctets(takeList(args, "the parts of a message") ?? []);
    if (word === "UTF8") return literalOctets(takeList(args, "a message") ?? []);
    if (word === undefined) {
      invalid(args, token, "a message");
      return undefined;
    }
    if (takeToken(args, "the value of extension data") === undefined) return undefined;
  }
}

/** The octets of the literals of a list; what its URLs stand for is the server's to know. */
function literalOctets(items: readonly Token[]): number {
  return items.reduce((sum, item) => (item.kind === "literal" ? sum + item.literal.octets : sum), 0);
}
