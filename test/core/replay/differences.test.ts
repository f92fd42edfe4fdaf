import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { differences, excerpt, textDifference } from "../../../src/core/replay/differences.ts";
import { NOTHING_IGNORED } from "../../../src/core/replay/ignore.ts";
import { asked, ignoring } from "../../requests.ts";

function diff(one: string, other: string, rules: readonly string[] = [], exact = false) {
  const ignored = rules.length === 0 ? NOTHING_IGNORED : ignoring(...rules);
  return differences(asked(one, ignored), asked(other, ignored), ignored, exact);
}

function append(message: string): string {
  return `APPEND a {${message.length}}\r\n${message}`;
}

test("a difference has the field, both values, and of sets and lists what is missing and what is too much", () => {
  assert.deepEqual(diff("UID FETCH 1:5 (FLAGS)", "UID FETCH 1:3,5:7 (UID FLAGS BODY)"), [
    { field: "set", asked: "1:5", recorded: "1:3,5:7", missing: "6:7", surplus: "4" },
    { field: "items", asked: "FLAGS", recorded: "BODY FLAGS", missing: "BODY" },
  ]);
  assert.deepEqual(diff("STORE 1 +FLAGS \\Deleted", "STORE 1 +FLAGS (\\Seen \\Deleted)"), [
    { field: "flags", asked: "\\Deleted", recorded: "\\Deleted \\Seen", missing: "\\Seen" },
  ]);
});

test("a field that one side lacks is told", () => {
  assert.deepEqual(diff("SELECT a (CONDSTORE)", "SELECT a"), [
    { field: "parameters", asked: "CONDSTORE", recorded: undefined },
  ]);
  assert.deepEqual(diff("SELECT a", "SELECT a (CONDSTORE)"), [
    { field: "parameters", asked: undefined, recorded: "CONDSTORE" },
  ]);
});

test("names are shown as people read them", () => {
  assert.deepEqual(diff("SELECT &APw-", "SELECT &APY-"), [{ field: "mailbox", asked: "ü", recorded: "ö" }]);
  assert.deepEqual(diff("LOGIN \xc3\xbc x", "LOGIN \xc3\xb6 x"), [
    { field: "user", asked: "ü", recorded: "ö" },
  ]);
});

test("messages differ in their first line that differs, without what is left out", () => {
  assert.deepEqual(diff(append("A: 1\r\nB: 2\r\n\r\nx"), append("A: 1\r\nB: 3\r\n\r\nx")), [
    { field: "message 1", asked: "line 2: B: 2", recorded: "line 2: B: 3", rules: ["header:b"] },
  ]);
  assert.deepEqual(diff(append("Date: 1\r\n\r\nx"), append("Date: 2\r\n\r\ny"), ["date"]), [
    { field: "message 1", asked: "line 2: x", recorded: "line 2: y" },
  ]);
  assert.deepEqual(diff(append("a\r\n"), append("a\r\nb")), [
    { field: "message 1", asked: "line 2: ", recorded: "line 2: b" },
  ]);
  const long = "x".repeat(LIMITS.printHeadOctets);
  const [behind] = diff(append(`${long}a`), append(`${long}b`));
  assert.match(behind?.asked ?? "", /the same as far as they are kept/);
});

test("at exact level the octets differ where nothing else does", () => {
  assert.deepEqual(diff("SELECT a", 'SELECT "a"'), []);
  assert.deepEqual(diff("SELECT a", 'SELECT "a"', [], true), [
    { field: "octets", asked: "SELECT a", recorded: 'SELECT "a"' },
  ]);
});

test("long texts are shown from before the place where they part, and nothing is longer than is shown", () => {
  const long = "a".repeat(500);
  const texts = textDifference(`${long}b`, `${long}c`);
  assert.match(texts.asked, /^…a{30}b$/);
  assert.match(texts.recorded, /^…a{30}c$/);
  assert.equal(excerpt("x".repeat(1000)).length, 121);
  const items = Array.from({ length: 5000 }, (_, index) => `X${index}`).join(" ");
  for (const found of diff(`FETCH 1 (${items})`, "FETCH 1 FLAGS"))
    for (const text of Object.values(found)) assert.ok((text?.length ?? 0) <= 122, text);
});

test("no more differences are told than are kept", () => {
  const messages = (letter: string) => ` {1+}\r\n${letter}`.repeat(LIMITS.differencesKept * 2);
  assert.equal(diff(`APPEND a${messages("x")}`, `APPEND a${messages("y")}`).length, LIMITS.differencesKept);
});
