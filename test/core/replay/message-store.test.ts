import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordedItem } from "../../../src/core/replay/script.ts";
import { SELECTED_PRELUDE } from "../../playbook.ts";
import { scripted } from "./scripts.ts";

/** What is known of a message of INBOX: `number/uid NAME=value …`, and what was told of an item before: `FLAGS=(x)<()`. */
function known(transcript: string, by: "uid" | "number", number: number): string | undefined {
  const { script, text } = scripted(`${SELECTED_PRELUDE}${transcript}`);
  const message = script.messages.find("INBOX", by, number);
  if (message === undefined) return undefined;
  const told = (item: RecordedItem): string =>
    text(item.run) + (item.before === undefined ? "" : `<${told(item.before)}`);
  const items = [...message.items].map(([name, item]) => `${name}=${told(item)}`);
  return `${message.number}/${message.uid ?? "-"} ${items.join(" ")}`;
}

const fetched = (...lines: string[]): string =>
  `C: a FETCH 1:* (FLAGS)\n${lines.map((line) => `S: ${line}\n`).join("")}S: a OK\n`;

const CASES: readonly (readonly [string, string, "uid" | "number", number, string | undefined])[] = [
  ["items by UID", fetched("* 2 FETCH (UID 22 FLAGS (\\Seen))"), "uid", 22, "2/22 UID=22 FLAGS=(\\Seen)"],
  ["items by number", fetched("* 2 FETCH (FLAGS ())"), "number", 2, "2/- FLAGS=()"],
  [
    "each value of an item, the last one first",
    fetched("* 2 FETCH (FLAGS ())", "* 2 FETCH (FLAGS (x))"),
    "number",
    2,
    "2/- FLAGS=(x)<()",
  ],
  [
    "what was told before the UID was known",
    fetched("* 2 FETCH (FLAGS ())", "* 2 FETCH (UID 22)", "* 2 FETCH (RFC822.SIZE 5)"),
    "uid",
    22,
    "2/22 FLAGS=() UID=22 RFC822.SIZE=5",
  ],
  ["a name in upper case", fetched("* 2 FETCH (uid 22 flags ())"), "uid", 22, "2/22 UID=22 FLAGS=()"],
  [
    "no number from the first that was expunged on",
    fetched("* 2 FETCH (UID 22)", "* 3 FETCH (UID 33)", "* 2 EXPUNGE"),
    "number",
    2,
    undefined,
  ],
  [
    "numbers before the first that was expunged",
    fetched("* 2 FETCH (UID 22)", "* 3 FETCH (UID 33)", "* 3 EXPUNGE"),
    "number",
    2,
    "2/22 UID=22",
  ],
  [
    "UIDs with the number that they had first",
    fetched("* 3 FETCH (UID 33)", "* 2 EXPUNGE", "* 2 FETCH (UID 33 FLAGS ())"),
    "uid",
    33,
    "3/33 UID=33<33 FLAGS=()",
  ],
  ["no number behind VANISHED", fetched("* 2 FETCH (UID 22)", "* VANISHED 7"), "number", 2, undefined],
  [
    "no number that meant two messages",
    `${fetched("* 2 FETCH (UID 22)")}C: b SELECT INBOX\nS: b OK\n${fetched("* 2 FETCH (UID 23)")}`,
    "number",
    2,
    undefined,
  ],
  [
    "nothing of a number in a mailbox that was selected anew",
    `${fetched("* 2 FETCH (UID 22)")}C: b SELECT INBOX\nS: b OK\n${fetched("* 2 FETCH (FLAGS (x))")}`,
    "uid",
    22,
    "2/22 UID=22",
  ],
  ["nothing of a message that was not told", fetched("* 2 FETCH (UID 22)"), "uid", 23, undefined],
];

for (const [name, transcript, by, number, expected] of CASES)
  test(`the store knows ${name}`, () => assert.equal(known(transcript, by, number), expected));

test("values with literals are found with these", () => {
  const { script, text } = scripted(`${SELECTED_PRELUDE}
    C: a UID FETCH 11 (FLAGS BODY[])
    S: * 1 FETCH (UID 11 FLAGS () BODY[] {6}
    S: abc
    S| d
    S:  RFC822.SIZE 6)
    S: a OK`);
  const run = script.messages.find("INBOX", "uid", 11)?.items.get("BODY[]")?.run;
  assert.equal(run && text(run), "{6}\r\nabc\r\nd");
});

test("what * stands for and what lies in a range is known of UIDs, and of numbers while they are sure", () => {
  const fetch = fetched("* 3 FETCH (UID 33)", "* 1 FETCH (UID 11)");
  const { messages } = scripted(`${SELECTED_PRELUDE}${fetch}`).script;
  assert.equal(messages.largest("INBOX", "uid"), 33);
  assert.equal(messages.largest("INBOX", "number"), 3);
  assert.equal(messages.largest("Other", "uid"), undefined);
  assert.deepEqual([...messages.within("INBOX", "uid", 1, 99)], [11, 33]);
  assert.deepEqual([...messages.within("INBOX", "number", 2, 9)], [3]);
  const after = scripted(`${SELECTED_PRELUDE}${fetched("* 3 FETCH (UID 33)", "* 2 EXPUNGE")}`).script
    .messages;
  assert.equal(after.largest("INBOX", "number"), undefined);
  assert.deepEqual([...after.within("INBOX", "number", 1, 9)], []);
  assert.deepEqual([...after.within("INBOX", "uid", 1, 99)], [33]);
});
