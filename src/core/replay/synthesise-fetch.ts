/** A FETCH of recorded messages that asks for fewer messages or fewer items, answered of what FETCHes told before. */
import { utf8 } from "../base/octets.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import type { RecordedItem, RecordedMessage, ServerRun, Step } from "./script.ts";
import type { Known, Synthesis } from "./synthesise.ts";

/** Messages that one answer may have: a hostile set is not walked. */
const MESSAGES = 100_000;

/** `undefined` where something that was asked for was not recorded. */
export function fewer({ command: { detail, uid } }: Request, known: Known): Synthesis | undefined {
  const { script, scene, more } = known;
  if (detail.kind !== "fetch" || scene.mailbox === undefined || detail.modifiers.length > 0) return undefined;
  if (detail.set === undefined || detail.set === "$") return undefined;
  const by = uid ? "uid" : "number";
  const { mailbox } = scene;
  const largest = script.messages.largest(mailbox, by);
  if (largest === undefined) return undefined;
  const names = detail.items.map(answered);
  if (uid && !names.includes("UID")) names.unshift("UID");
  const placeOf = createChoice(known);
  const sayings: Saying[] = [];
  let count = 0;
  for (const range of detail.set) {
    const [from, to] = [range.from, range.to]
      .map((end) => (end === "*" ? largest : end))
      .sort((a, b) => a - b);
    let last = (from ?? 0) - 1;
    for (const number of script.messages.within(mailbox, by, from ?? 0, to ?? 0)) {
      // A number between two known ones is one of which nothing was told; a UID need not exist.
      if (by === "number" && number !== last + 1) return undefined;
      last = number;
      const message = script.messages.find(mailbox, by, number);
      const line = message && response(message, names, placeOf);
      if (line === undefined || ++count > MESSAGES) return undefined;
      sayings.push(...line);
    }
    if (by === "number" && last !== to) return undefined;
  }
  // Whether messages are there of which nothing was recorded, nobody knows.
  if (count === 0) return undefined;
  const how =
    more === undefined
      ? "messages that were fetched in the recording"
      : `exchange ${more.id}, which asks for more of these messages`;
  return { sayings, how };
}

function response(
  { number, items }: RecordedMessage,
  names: readonly string[],
  placeOf: (item: RecordedItem) => ServerRun,
): readonly Saying[] | undefined {
  if (number === undefined) return undefined;
  const sayings: Saying[] = [text(`* ${number} FETCH (`)];
  for (const [at, name] of names.entries()) {
    const item = items.get(name);
    if (item === undefined) return undefined;
    sayings.push(text(`${at === 0 ? "" : " "}${name} `), { kind: "run", run: placeOf(item) });
  }
  sayings.push(text(")\r\n"));
  return sayings;
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
