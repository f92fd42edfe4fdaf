import assert from "node:assert/strict";
import { test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import { observeDialogue } from "../../src/library/observe-connection.ts";
import { compileFilter, formatJsonLines, formatLines, formatTranscript } from "../../src/library/show.ts";

const { observations } = observeDialogue([
  ["server", "* OK ready\r\n", 1000],
  ["client", "a1 LOGIN alice wonderland\r\n", 2000],
  ["server", "a1 NO wrong\r\n", 30_000],
  ["client", "a2 NOOP\r\n", 40_000],
  ["server", "a2 OK done\r\n", 41_000],
]);

test("lines have one for each exchange, and a filter chooses", () => {
  const all = formatLines(observations);
  assert.match(all, /a1\s+NO\s+LOGIN alice xxxxxxxx/);
  assert.match(all, /a2\s+OK\s+NOOP/);
  const some = formatLines(observations, { filter: "status:no" });
  assert.match(some, /LOGIN/);
  assert.doesNotMatch(some, /NOOP/);
});

test("verbose lines show the dialogue beneath", () => {
  assert.match(formatLines(observations, { verbose: true }), /C: a2 NOOP/);
});

test("JSON lines are objects of the documented kinds", () => {
  const kinds = formatJsonLines(observations)
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line))
    .map((object) => (object as { kind: string }).kind);
  assert.ok(kinds.includes("connection") && kinds.includes("exchange"));
  assert.equal(kinds.includes("request"), false);
});

test("the transcript is the dialogue", () => {
  const text = formatTranscript(observations);
  assert.match(text, /S: \* OK ready\nC: a1 LOGIN alice xxxxxxxx\nS: a1 NO wrong\n/);
});

test("a filter that cannot be read points at the column", () => {
  const wrong = (error: unknown): boolean =>
    error instanceof ImapscopeError && error.code === "ERR_FILTER_INVALID" && error.message.includes("^");
  assert.throws(() => compileFilter("status:no ("), wrong);
  assert.throws(() => formatJsonLines(observations, { filter: "wait>" }), wrong);
});

test("a compiled filter matches observation by observation", () => {
  const matches = compileFilter("cmd:noop");
  const tags = observations.flatMap((each) =>
    matches(each) && each.kind === "exchange" ? [each.exchange.tag] : [],
  );
  assert.deepEqual(tags, ["a2"]);
});
