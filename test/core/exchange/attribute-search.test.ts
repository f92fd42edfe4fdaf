/** Search results (RFC 9051 §7.3.4, RFC 3501 §7.2.5, RFC 5267 §4.3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  ["SEARCH", "C: a SEARCH ALL\nS: * SEARCH 1 2", ["SEARCH certain a"]],
  [
    "two searches are ambiguous until one is left",
    "C: a SEARCH ALL\nC: b UID SEARCH SEEN\nS: * SEARCH 1\nS: b OK x\nS: * SEARCH 2",
    ["SEARCH ambiguous a b", "SEARCH certain a"],
  ],
  [
    "SEARCH for RETURN is a server's mistake",
    "C: a SEARCH RETURN () ALL\nS: * SEARCH 1",
    ["SEARCH likely a"],
  ],
  [
    "a plain search goes first",
    "C: a SEARCH RETURN () ALL\nC: b SEARCH ALL\nS: * SEARCH 1",
    ["SEARCH certain b"],
  ],
  [
    "SORT and THREAD",
    "C: a SORT (DATE) UTF-8 ALL\nC: b THREAD REFERENCES UTF-8 ALL\nS: * THREAD (1)\nS: * SORT 1",
    ["THREAD certain b", "SORT certain a"],
  ],
  [
    "ESEARCH by its tag",
    'C: a SEARCH ALL\nC: b SEARCH RETURN (COUNT) ALL\nS: * ESEARCH (TAG "b") COUNT 5',
    ["ESEARCH certain b"],
  ],
  ["ESEARCH without tag", "C: a SEARCH RETURN (COUNT) ALL\nS: * ESEARCH COUNT 5", ["ESEARCH likely a"]],
  [
    "ESEARCH with a tag that nobody has",
    'C: a SEARCH ALL\nS: * ESEARCH (TAG "z") COUNT 5',
    ["ESEARCH unsolicited during a"],
  ],
  [
    "the tag counts by its case",
    'C: a SEARCH RETURN () ALL\nS: * ESEARCH (TAG "A") COUNT 5',
    ["ESEARCH unsolicited during a"],
  ],
  [
    "CONVERTED by its tag",
    'C: a CONVERT 1 ("text/plain" NIL) BINARY[1]\nS: * 1 CONVERTED (TAG "a") (BINARY[1] "x")',
    ["CONVERTED certain a"],
  ],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}

test("late updates attach to the completed search, and do not reopen it", () => {
  const played = playSelected(
    'C: a UID SEARCH RETURN (UPDATE) ALL\nS: * ESEARCH (TAG "a") UID\nS: a OK x\nC: b IDLE\nS: + ok\nS: * ESEARCH (TAG "a") UID ADDTO (0 5)',
  );
  assert.deepEqual(played.attributions, ["ESEARCH certain a", "ESEARCH certain a"]);
  assert.equal(played.exchanges.filter(({ tag }) => tag === "a").length, 1);
  assert.equal(played.pushes.at(-1)?.late, played.exchanges[0]?.id);
});
