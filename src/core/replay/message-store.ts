/**
 * What FETCH responses told of the messages of each mailbox, by UID and by number, as places in the server's stream.
 *
 * A client of a replay may ask at any time of the recording, so a number answers only where it always meant one message: from the
 * first that was expunged on, or at which two were seen, numbers are not found. UIDs are (RFC 9051 §2.3.1).
 */
import { upperCase } from "../imap/ascii-case.ts";
import type { Frame } from "../imap/frame.ts";
import { createLexer } from "../imap/lexer.ts";
import { readTokens } from "../imap/read-token.ts";
import type { DataResponse } from "../imap/response.ts";
import type { RecordedItem, RecordedMessage, RecordedMessages, ServerRun } from "./script.ts";

/** Of all mailboxes; of later messages nothing is kept. */
const MESSAGES = 50_000;
/** Values that were told once more, of all messages; behind them only the last value of each item is kept. */
const TOLD_AGAIN = 50_000;

interface Message {
  /** As it was when it was told first. */
  readonly number: number;
  uid: number | undefined;
  readonly items: Map<string, RecordedItem>;
}

interface Mailbox {
  readonly byUid: Map<number, Message>;
  /** The message that a number meant first. */
  readonly byNumber: Map<number, Message>;
  /** What the numbers mean since the mailbox was selected last. */
  view: Map<number, Message>;
  /** From this number on they do not always mean the same. */
  unsureFrom: number;
  /** The keys of the maps, which only grow. */
  readonly sorted: Map<"uid" | "number", { readonly of: number; readonly ascending: readonly number[] }>;
}

export interface MessageStore extends RecordedMessages {
  /** The numbers of a mailbox may mean others now. */
  readonly select: (mailbox: string) => void;
  readonly expunge: (mailbox: string, number: number) => void;
  /** Messages are gone whose numbers are not known. */
  readonly vanished: (mailbox: string) => void;
  readonly fetched: (mailbox: string, response: DataResponse, frame: Frame, run: ServerRun) => void;
}

export function createMessageStore(): MessageStore {
  const mailboxes = new Map<string, Mailbox>();
  let room = MESSAGES;
  let roomForMore = TOLD_AGAIN;

  function mailboxOf(name: string): Mailbox {
    let found = mailboxes.get(name);
    if (found === undefined) {
      found = {
        byUid: new Map(),
        byNumber: new Map(),
        view: new Map(),
        unsureFrom: Number.POSITIVE_INFINITY,
        sorted: new Map(),
      };
      mailboxes.set(name, found);
    }
    return found;
  }

  function create(number: number, uid: number | undefined): Message | undefined {
    return room-- > 0 ? { number, uid, items: new Map() } : undefined;
  }

  function withUid({ byUid, view }: Mailbox, number: number, uid: number): Message | undefined {
    const known = byUid.get(uid);
    const seen = view.get(number);
    if (seen !== undefined && seen.uid === undefined) {
      // What was told of the number was told of this message.
      if (known === undefined) {
        seen.uid = uid;
        return seen;
      }
      for (const [item, place] of seen.items) if (!known.items.has(item)) known.items.set(item, place);
    }
    return known ?? create(number, uid);
  }

  /** `undefined` where the number may mean another message than it did. */
  function withoutUid({ byNumber, view, unsureFrom }: Mailbox, number: number): Message | undefined {
    const seen = view.get(number);
    if (seen !== undefined || number >= unsureFrom) return seen;
    const before = byNumber.get(number);
    if (before === undefined) return create(number, undefined);
    return before.uid === undefined ? before : undefined;
  }

  function expunge(name: string, number: number): void {
    const mailbox = mailboxOf(name);
    mailbox.unsureFrom = Math.min(mailbox.unsureFrom, number);
    for (const each of mailbox.view.keys()) if (each >= number) mailbox.view.delete(each);
  }

  return {
    select: (name) => {
      const mailbox = mailboxes.get(name);
      if (mailbox !== undefined) mailbox.view = new Map();
    },
    expunge,
    vanished: (name) => expunge(name, 1),
    fetched: (name, { number, data }, frame, run) => {
      if (number === undefined || data.kind !== "fetch") return;
      const uidItem = data.items.find((item) => item.name === "UID")?.value;
      const uid = uidItem?.kind === "number" ? Number(uidItem.value) : undefined;
      const mailbox = mailboxOf(name);
      const { byUid, byNumber, view } = mailbox;
      const message = uid === undefined ? withoutUid(mailbox, number) : withUid(mailbox, number, uid);
      if (message === undefined) return;
      view.set(number, message);
      if (uid !== undefined) byUid.set(uid, message);
      const first = byNumber.get(number);
      if (first === undefined) byNumber.set(number, message);
      else if (first !== message) mailbox.unsureFrom = Math.min(mailbox.unsureFrom, number);
      for (const [item, place] of placesOf(frame, run)) {
        const before = message.items.get(item);
        const keeps = before !== undefined && roomForMore > 0;
        if (keeps) roomForMore--;
        message.items.set(item, { run: place, before: keeps ? before : undefined });
      }
    },
    find: (name, by, number): RecordedMessage | undefined => {
      const mailbox = mailboxes.get(name);
      if (mailbox === undefined || (by === "number" && number >= mailbox.unsureFrom)) return undefined;
      return (by === "uid" ? mailbox.byUid : mailbox.byNumber).get(number);
    },
    largest: (name, by) => {
      const mailbox = mailboxes.get(name);
      if (by === "number" && mailbox !== undefined && mailbox.unsureFrom < Number.POSITIVE_INFINITY)
        return undefined;
      return mailbox && numbersOf(mailbox, by).at(-1);
    },
    within: (name, by, from, to) => {
      const mailbox = mailboxes.get(name);
      return mailbox === undefined ? [] : between(numbersOf(mailbox, by), from, to);
    },
  };
}

/** Ascending; of numbers those that always meant one message. Sorted once: a client may ask for thousands of ranges. */
function numbersOf(mailbox: Mailbox, by: "uid" | "number"): readonly number[] {
  const { byUid, byNumber, unsureFrom } = mailbox;
  const numbers = by === "uid" ? byUid : byNumber;
  let sorted = mailbox.sorted.get(by);
  if (sorted?.of !== numbers.size) {
    sorted = { of: numbers.size, ascending: [...numbers.keys()].sort((one, other) => one - other) };
    mailbox.sorted.set(by, sorted);
  }
  const { ascending } = sorted;
  return by === "uid" || unsureFrom === Number.POSITIVE_INFINITY
    ? ascending
    : ascending.slice(0, placeOf(ascending, unsureFrom));
}

function* between(
  ascending: readonly number[],
  from: number,
  to: number,
): Generator<number, void, undefined> {
  for (let at = placeOf(ascending, from); at < ascending.length; at++) {
    const number = ascending[at] ?? 0;
    if (number > to) return;
    yield number;
  }
}

/** Where the first stands that is not below a number. */
function placeOf(ascending: readonly number[], number: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the values of the items stand. */
function* placesOf(frame: Frame, run: ServerRun): Generator<readonly [string, ServerRun], void, undefined> {
  const list = readTokens(createLexer(frame)).find((token) => token.kind === "list");
  if (list === undefined) return;
  for (let at = 0; at + 1 < list.items.length; at += 2) {
    const [name, value] = list.items.slice(at, at + 2);
    if (name?.kind !== "atom" || value === undefined) return;
    yield [upperCase(name.text), { ...run, from: run.from + value.start, to: run.from + value.end }];
  }
}
