import assert from "node:assert/strict";
import { test } from "node:test";
import { createMatcher } from "../../../src/core/replay/match.ts";
import { createNearest, type Place } from "../../../src/core/replay/nearest.ts";
import type { Step } from "../../../src/core/replay/script.ts";
import { asked, stepOf } from "../../requests.ts";

const AT_START: Place = { isUsed: () => false, authenticated: true, mailbox: "INBOX", behind: undefined };

function explain(
  text: string,
  steps: readonly Step[],
  place: Partial<Place> = {},
  level: "exact" | "canonical" = "canonical",
) {
  return createNearest(steps, createMatcher(level)).explain(asked(text), { ...AT_START, ...place });
}

test("the nearest has the same command, then the mailbox, then most of the fields", () => {
  const steps = [
    stepOf(1, "STATUS Sent (UNSEEN)"),
    stepOf(2, "STATUS INBOX (UNSEEN MESSAGES UIDNEXT)"),
    stepOf(3, "STATUS INBOX (RECENT)"),
    stepOf(4, "FETCH 1:5 (FLAGS UID)"),
    stepOf(5, "FETCH 2 (FLAGS)"),
  ];
  for (const [text, nearest] of [
    ["STATUS INBOX (UNSEEN MESSAGES)", 2],
    ["STATUS INBOX (RECENT UIDVALIDITY)", 3],
    ["STATUS Sent (MESSAGES)", 1],
    ["FETCH 1:5 (FLAGS)", 4],
    ["FETCH 2 (UID)", 5],
    ["UID FETCH 2 FLAGS", 5],
  ] as const)
    assert.equal(explain(text, steps).nearest?.id, nearest, text);
});

test("a command that nobody recorded has none, and is told what was to come next", () => {
  const steps = [stepOf(1, "CHECK"), stepOf(2, "COPY 1 a"), stepOf(3, "NOOP"), stepOf(4, "COPY 2 a")];
  const isUsed = (step: Step) => step.id === 2;
  assert.deepEqual(explain("THREAD REFERENCES UTF-8 ALL", steps, { isUsed, behind: steps[0] }), {
    nearest: undefined,
    differences: [],
    because: "unknownCommand",
    mailbox: "INBOX",
    due: steps[3],
    behind: steps[0],
  });
});

test("a command that is easily sent in place of another has that as the nearest", () => {
  for (const [text, recorded] of [
    ["EXAMINE INBOX", "SELECT INBOX"],
    ["UID COPY 1 a", "UID MOVE 1 a"],
    ["COPY 1 a", "UID MOVE 1 a"],
    ["UID SORT (DATE) UTF-8 ALL", "SEARCH ALL"],
    ['LSUB "" *', 'LIST "" *'],
  ] as const) {
    const { nearest, because, differences } = explain(text, [stepOf(1, "NOOP"), stepOf(2, recorded)]);
    assert.deepEqual([nearest?.id, because, differences[0]?.field], [2, "differs", "command"], text);
  }
});

test("among equals the unused one, then the one nearest to the place", () => {
  const steps = Array.from({ length: 6 }, (_, index) => stepOf(index, "FETCH 1 FLAGS"));
  assert.equal(explain("FETCH 2 FLAGS", steps, { behind: steps[3] }).nearest?.id, 4);
  const isUsed = (step: Step) => step.id > 1;
  assert.equal(explain("FETCH 2 FLAGS", steps, { behind: steps[3], isUsed }).nearest?.id, 1);
});

test("because tells why the nearest does not do", () => {
  const steps = [stepOf(1, "FETCH 1 FLAGS")];
  const used = { isUsed: () => true };
  assert.equal(explain("FETCH 1 UID", steps).because, "differs");
  assert.equal(explain("FETCH 1 FLAGS", steps, used).because, "used");
  assert.equal(explain("FETCH 1 FLAGS", steps).because, "order");
  assert.equal(explain("FETCH 1 FLAGS", steps, { mailbox: "Sent" }).because, "mailbox");
  assert.equal(
    explain("FETCH 1 FLAGS", steps, { authenticated: false, mailbox: undefined }).because,
    "login",
  );
  const list = [stepOf(1, 'LIST "" *')];
  assert.equal(explain('LIST "" *', list, { ...used, mailbox: "Sent" }).because, "used");
  const other = explain("fetch 1 flags", steps, {}, "exact");
  assert.equal(other.because, "differs");
  assert.deepEqual(
    other.differences.map(({ field }) => field),
    ["octets"],
  );
});

test("of very many exchanges with that command those around the place are looked at", () => {
  const steps = Array.from({ length: 20_000 }, (_, index) => stepOf(index, "NOOP"));
  for (const place of [0, 9999, 19_999]) {
    const { nearest } = explain("NOOP x", steps, { behind: steps[place] });
    assert.ok(Math.abs((nearest?.id ?? -9) - place) <= 1, `${nearest?.id} behind ${place}`);
  }
});
