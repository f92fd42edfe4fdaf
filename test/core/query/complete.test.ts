import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { COMPLETIONS_MOST, type Completion, complete } from "../../../src/core/query/complete.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";

const seen = {
  connections: [1, 2, 21],
  mailboxes: ["INBOX", "Sent Items", "Archive/2024", 'odd "(*) name', "Ärzte/收件箱", "two\nlines"],
  users: ["alice", "bob@example.org"],
  tags: ["a1", "a2"],
};

/** `|` is the caret; what the first completions make of the text. */
const ROWS: readonly (readonly [source: string, first: readonly string[]])[] = [
  ["|", ["cmd:", "status:", "wait>"]],
  ["c|", ["cmd:", "conn:", "code:", "command:", "connection:", "connection"]],
  ["comm|", ["command:"]],
  ["WA|", ["wait>"]],
  ["load|", ["upload>", "download>"]],
  ["wait|", ["wait>", "wait<", "wait>=", "wait<=", "wait="]],
  ["wait>|", ["wait>100ms", "wait>500ms", "wait>1s", "wait>5s"]],
  ["wait>2|", ["wait>2ms", "wait>2s"]],
  ["wait>2.5m|", ["wait>2.5ms"]],
  ["wait>2s|", []],
  ["wait>x|", []],
  ["down>|", ["down>100", "down>10k", "down>1M"]],
  ["down>30|", ["down>30k", "down>30M"]],
  ["conn:|", ["conn:1", "conn:2", "conn:21"]],
  ["connection:2|", ["connection:21"]],
  ["id:3|", []],
  ["wa|it>500ms", []],
  ["u|p>500", ["user:500", "untagged>500", "upload>500"]],
  ["cm|:fetch", ["cmd:fetch"]],
  ["cmd:|", ["cmd:FETCH", 'cmd:"UID FETCH"', "cmd:SELECT"]],
  ["cmd:sel|", ["cmd:SELECT", "cmd:UNSELECT"]],
  ["cmd:fetch|", ['cmd:"UID FETCH"', "cmd:URLFETCH"]],
  ["cmd:uid|", ['cmd:"UID FETCH"', 'cmd:"UID SEARCH"']],
  ['cmd:"uid f|', ['cmd:"UID FETCH"']],
  ['cmd:"uid f|" push', ['cmd:"UID FETCH" push']],
  ['push cmd:"id|', ['push cmd:"IDLE"']],
  ["status:|", ["status:NO", "status:BAD", "status:OK", "status:open"]],
  ["status:lo|", ["status:lost"]],
  ["code:try|", ["code:TRYCREATE"]],
  ["kind:re|", ["kind:request", "kind:response"]],
  ["state:|", ["state:selected"]],
  ["state:not|", ["state:not-authenticated"]],
  ["state:auth|", ["state:authenticated", "state:not-authenticated"]],
  ["defect:tag-|", ["defect:tag-invalid", "defect:tag-reused"]],
  ["mailbox:in|", ["mailbox:INBOX", "mailbox:two*lines"]],
  ["mailbox:sent|", ['mailbox:"Sent Items"']],
  ['mailbox:"sent|', ['mailbox:"Sent Items"']],
  ["mailbox:2024|", ["mailbox:Archive/2024"]],
  ["mailbox:odd|", ['mailbox:"odd \\"(\\*) name"']],
  ["mailbox:ä|", ["mailbox:Ärzte/收件箱"]],
  ["user:|", ["user:alice", "user:bob@example.org"]],
  ["tag:a|", ["tag:a1", "tag:a2"]],
  ["text:fo|", []],
  ["pu|", ["push"]],
  ["def|", ["defect:", "defect"]],
  ["n|", ["notice", "not "]],
  ["cmd:fetch |", ["cmd:fetch cmd:"]],
  ["cmd:fetch o|", ["cmd:fetch octets>", "cmd:fetch or "]],
  ["o|", ["octets>"]],
  ["trycr|", ["code:TRYCREATE"]],
  ["inb|", ["mailbox:INBOX"]],
  ["uid s|", ["uid status:", "uid state:"]],
  ["subject:x|", []],
  ['"foo |', []],
];

for (const [marked, first] of ROWS) {
  test(`completes ${marked}`, () => {
    const texts = completed(marked).map(({ text }) => text);
    assert.deepEqual(texts.slice(0, Math.max(first.length, 0)), first);
    if (first.length === 0) assert.deepEqual(texts, []);
  });
}

test("parentheses, or and not stand where they may", () => {
  const offered = (marked: string) =>
    completed(marked)
      .map(({ completion }) => completion.insert)
      .filter((insert) => ["or ", "not ", "(", ")"].includes(insert));
  assert.deepEqual(offered("|"), ["not ", "("]);
  assert.deepEqual(offered("push |"), ["or ", "not ", "("]);
  assert.deepEqual(offered("push or |"), ["not ", "("]);
  assert.deepEqual(offered("(push |"), [")", "or ", "not ", "("]);
  assert.deepEqual(offered("(push) |"), ["or ", "not ", "("]);
});

test("every completion says what it is and what it means", () => {
  for (const marked of ["|", "a |", "cmd:|", "defect:|", "wait|", "wait>2|", "fet|", "mailbox:|"]) {
    for (const { completion } of completed(marked)) {
      assert.notEqual(completion.label, "");
      assert.ok(completion.words !== "" || /^\d+$/.test(completion.label), completion.label);
    }
  }
});

test("however much was seen, the number of completions is bounded", () => {
  const mailboxes = Array.from({ length: 10_000 }, (_, i) => `Archive/${i}`);
  assert.equal(complete("mailbox:", 8, { ...seen, mailboxes }).length, COMPLETIONS_MOST);
  assert.equal(complete("arch", 4, { ...seen, mailboxes }).filter((each) => each.words !== "").length, 5);
});

/** Terms that are whole, and beginnings of terms. */
const whole = fc.constantFrom(
  "a",
  '"foo bar"',
  "push",
  "defect",
  "cmd:fetch",
  'text:"a\\\\ \\" *"',
  "wait>1.5s",
  "not push",
  "(a or b)",
);
const begun = fc.constantFrom(
  ...["", "c", "w", "wait", "n", "o", "de", "pus", "fet", "in", "2", "cmd:", "cmd:u", 'cmd:"uid ', "status:"],
  ...[
    "wait>",
    "wait>2",
    "wait>2.",
    "down<=1",
    "conn:",
    "mailbox:",
    "mailbox:o",
    'mailbox:"',
    "kind:",
    "state:",
  ],
);
const joint = fc.constantFrom(" ", " or ", " not ", " (", " (push or ");
const before = fc.array(fc.tuple(whole, joint), { maxLength: 3 }).map((pairs) => pairs.flat().join(""));
const after = fc.constantFrom("", " ", " push", ' text:"foo"', " or not push");

test("law: every completion can be read, or leads on to something that can", () => {
  fc.assert(
    fc.property(before, begun, after, (head, word, tail) => {
      const source = head + word + tail;
      const caret = head.length + word.length;
      for (const { insert, from, to } of complete(source, caret, seen)) {
        const left = source.slice(0, from) + insert;
        const right = source.slice(to);
        assert.ok(leadsOn(left, right), `${left}|${right}`);
      }
    }),
  );
});

test("law: completing never throws, whatever the text and the caret", () => {
  const unit = fc.constantFrom("a", "or ", "(", ")", '"', "\\", "cmd:", "wait>", "*", " ", "=", "収");
  fc.assert(
    fc.property(fc.array(unit), fc.nat(), (units, n) => {
      const source = units.join("");
      for (const { from, to } of complete(source, n % (source.length + 1), seen)) {
        assert.ok(from <= to && to <= source.length);
      }
    }),
  );
});

function leadsOn(left: string, right: string): boolean {
  const more = ["", "x", "1", "*", "push", " push", "push)", " push)", ")"];
  const closed = more.flatMap((text) => [0, 1, 2, 3, 4, 5].map((n) => [text, ")".repeat(n)] as const));
  return closed.some(([text, close]) => parseFilter(left + text + right + close).filter !== undefined);
}

function completed(marked: string): readonly { readonly text: string; readonly completion: Completion }[] {
  const caret = marked.indexOf("|");
  const source = marked.replace("|", "");
  return complete(source, caret, seen).map((completion) => ({
    text: source.slice(0, completion.from) + completion.insert + source.slice(completion.to),
    completion,
  }));
}
