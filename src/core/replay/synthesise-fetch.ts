/** A FETCH of recorded messages that asks for fewer messages or fewer items, answered of what FETCHes told before. */
import { utf8 } from "../base/octets.ts";
import type { NumberSet } from "../imap/command.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import type { RecordedItem, RecordedMessage, RecordedMessages, ServerRun, Step } from "./script.ts";
import type { Known, Synthesis } from "./synthesise.ts";

/** Messages that one answer may have: a hostile set is not walked. */
const MESSAGES = 100_000;

/** `undefined` where something that was asked for was not recorded. */
export function fewer({ command: { detail, uid } }: Request, known: Known): Synthesis | undefined {
  const { script, scene, more } = known;
  const { messages } = script;
  const { mailbox } = scene;
  if (detail.kind !== "fetch" || mailbox === undefined || detail.modifiers.length > 0) return undefined;
  if (detail.set === undefined || detail.set === "$") return undefined;
  const by = uid ? "uid" : "number";
  const find = (number: number): RecordedMessage | undefined => messages.find(mailbox, by, number);
  const asked = detail.items.map(answered);
  const names = new Set(uid && !asked.includes("UID") ? ["UID", ...asked] : asked);
  const numbers = numbersIn(detail.set, messages, mailbox, by);
  // Whether messages are there of which nothing was recorded, nobody knows.
  if (numbers === undefined || numbers.length === 0) return undefined;
  if (!numbers.every((number) => isRecorded(find(number), names))) return undefined;
  const how =
    more === undefined
      ? "messages that were fetched in the recording"
      : `exchange ${more.id}, which asks for more of these messages`;
  return { sayings: responses(numbers, find, names, createChoice(known)), how };
}

/** Those that a set names, in its order; `undefined` where they are too many, or of some of them nothing is known. */
function numbersIn(
  set: Exclude<NumberSet, string | undefined>,
  messages: RecordedMessages,
  mailbox: string,
  by: "uid" | "number",
): readonly number[] | undefined {
  const largest = messages.largest(mailbox, by);
  if (largest === undefined) return undefined;
  const numbers: number[] = [];
  for (const range of set) {
    const ends = [range.from, range.to].map((end) => (end === "*" ? largest : end));
    const [from = 0, to = 0] = ends.sort((a, b) => a - b);
    let last = from - 1;
    for (const number of messages.within(mailbox, by, from, to)) {
      // A number between two known ones is one of which nothing was told; a UID need not exist.
      if (by === "number" && number !== last + 1) return undefined;
      last = number;
      if (numbers.push(number) > MESSAGES) return undefined;
    }
    if (by === "number" && last !== to) return undefined;
  }
  return numbers;
}

function isRecorded(message: RecordedMessage | undefined, names: ReadonlySet<string>): boolean {
  return message?.number !== undefined && [...names].every((name) => message.items.has(name));
}

/** Made one by one as the client takes them: the answer may be many times as long as the question. */
function* responses(
  numbers: readonly number[],
  find: (number: number) => RecordedMessage | undefined,
  names: ReadonlySet<string>,
  placeOf: (item: RecordedItem) => ServerRun,
): Generator<Saying, void, undefined> {
  for (const wanted of numbers) {
    const message = find(wanted);
    if (message === undefined) continue;
    let before = `* ${message.number} FETCH (`;
    for (const name of names) {
      const item = message.items.get(name);
      if (item === undefined) continue;
      yield text(`${before}${name} `);
      yield { kind: "run", run: placeOf(item) };
      before = " ";
    }
    yield text(")\r\n");
  }
}

/**
 * Tells where the value of an item stands that the client is to be told: that of the exchange which it asks less of; else what the
 * recorded client was told last when it stood here, or would be told next.
 */
function createChoice({ more, own, toldUpTo }: Known): (item: RecordedItem) => ServerRun {
  const span = more && spanOf(more);
  return (item) => {
    let next = item.run;
    let last: ServerRun | undefined;
    for (let each: RecordedItem | undefined = item; each !== undefined; each = each.before) {
      const { run } = each;
      if (span !== undefined && isWithin(run, span)) return run;
      if (run.connection === own?.connection && run.to <= toldUpTo) last ??= run;
      next = run;
    }
    return last ?? next;
  };
}

/** From the first octet of an answer to its last. */
function spanOf({ connection, replies }: Step): ServerRun {
  const runs = replies.map(({ run }) => run);
  return { connection, from: runs[0]?.from ?? 0, to: runs.at(-1)?.to ?? 0 };
}

function isWithin(run: ServerRun, span: ServerRun): boolean {
  return run.connection === span.connection && run.from >= span.from && run.to <= span.to;
}

/** The name under which an item is answered: `BODY.PEEK[x]` as `BODY[x]` (RFC 9051 §6.4.5). */
function answered(item: string): string {
  return item.replace(/^(BODY|BINARY)\.PEEK\[/, "$1[");
}

function text(line: string): Saying {
  return { kind: "octets", bytes: utf8(line) };
}
