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
      return numbersOf(mailbox, by).at(-1);
    },
    within: (name, by, from, to) =>
      numbersOf(mailboxes.get(name), by).filter((number) => number >= from && number <= to),
  };
}

/** Ascending; of numbers those that always meant one message. */
function numbersOf(mailbox: Mailbox | undefined, by: "uid" | "number"): number[] {
  if (mailbox === undefined) return [];
  if (by === "uid") return ascending(mailbox.byUid.keys());
  return ascending(mailbox.byNumber.keys()).filter((number) => number < mailbox.unsureFrom);
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].sort((one, other) => one - other);
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
