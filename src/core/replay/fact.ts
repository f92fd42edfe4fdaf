/**
 * What a server said in answer to a command, as facts that can be compared with another server's: each is about something, and its
 * value does not depend on order, case or wording.
 */
import type { ExchangeId } from "../exchange/exchange.ts";
import { setSize } from "../exchange/range-set.ts";
import { formatNumberSet } from "../imap/number-set.ts";
import type { Response, ResponseCode, Status, UidSet } from "../imap/response.ts";
import { setText, sortedOnce } from "./field-values.ts";
import type { Request } from "./request.ts";

/** A command with what answered it. */
export interface Answered {
  /** Its number in its capture. */
  readonly id: ExchangeId;
  readonly request: Request;
  /** The mailbox that was selected, as people read it. */
  readonly mailbox: string | undefined;
  /** Of the completion. */
  readonly status: Status | undefined;
  readonly code: ResponseCode | undefined;
  /** Its untagged responses. */
  readonly untagged: readonly Response[];
}

export interface Fact {
  /** `EXISTS`, `FETCH 3 FLAGS`, `LIST Sent attributes`, `code UIDNEXT`. */
  readonly what: string;
  readonly value: string;
  /** What it is made of, where the order says nothing. */
  readonly members?: readonly string[];
  /**
   * How it is compared, if not by its value: `present` in both is enough; `mapped` stands for the same thing in both under
   * different names, such as UIDVALIDITY; `uids` are numbers that are mapped one by one.
   */
  readonly by?: "present" | "mapped" | "uids";
  /** Within what a mapped value is a name: `uid INBOX`. */
  readonly scope?: string;
  readonly numbers?: readonly number[];
}

/** UIDs of a set that are compared one by one; a larger set is compared as it is written. */
const UIDS_COMPARED = 10_000;

/** Names that a server gives to things: another gives others. */
export function isObjectId(name: string): boolean {
  return OBJECT_IDS.has(name);
}

const OBJECT_IDS: ReadonlySet<string> = new Set([
  ...["MAILBOXID", "EMAILID", "THREADID", "X-GM-MSGID", "X-GM-THRID", "X-GUID", "X-EMAILID", "X-MAILBOX"],
]);

/** The mailbox that the command names, else the selected one. */
export function ownMailbox(answer: Answered): string {
  return fieldOf(answer, "mailbox") ?? answer.mailbox ?? "";
}

/** The mailbox that the command puts messages into. */
export function targetOf(answer: Answered): string {
  return fieldOf(answer, "target") ?? fieldOf(answer, "mailbox") ?? "";
}

function fieldOf({ request }: Answered, name: string): string | undefined {
  return request.fields.find((field) => field.name === name)?.value;
}

export function members(what: string, texts: readonly string[]): Fact {
  const sorted = sortedOnce(texts);
  return { what, value: sorted.join(" "), members: sorted };
}

/** UIDs of a mailbox, in the order in which they are written: those of COPYUID correspond one by one. */
export function uids(what: string, set: UidSet, mailbox: string): Fact {
  const size = setSize(set);
  const value = formatNumberSet(set);
  if (size === undefined || size > UIDS_COMPARED) return { what, value: setText(value) };
  const numbers = set.flatMap(({ from, to }) => numbersBetween(Number(from), Number(to)));
  return { what, value, by: "uids", scope: uidScope(mailbox), numbers };
}

function numbersBetween(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) =>
    from <= to ? from + index : from - index,
  );
}

/** What the UIDs of a mailbox are mapped within. */
export function uidScope(mailbox: string): string {
  return `UID ${mailbox}`;
}
