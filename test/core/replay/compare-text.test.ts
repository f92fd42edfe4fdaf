import assert from "node:assert/strict";
import { test } from "node:test";
import { createComparison } from "../../../src/core/replay/compare.ts";
import { comparisonLines } from "../../../src/core/replay/compare-text.ts";
import { answered } from "../../answers.ts";

test("the text counts what was compared, then says of each changed answer what changed", () => {
  const comparison = createComparison();
  comparison.pair(answered("NOOP", []), answered("NOOP", []));
  assert.deepEqual(comparisonLines(comparison.result()), [
    "1 answer compared: the server answers as it did.",
  ]);
  comparison.pair(
    answered("CAPABILITY", ["CAPABILITY A B", "2 EXISTS"], "OK x", 4),
    answered("CAPABILITY", ["CAPABILITY B C", "3 RECENT"], "BAD x", 6),
  );
  comparison.pair(answered("NOOP", [], "OK x", 5), undefined);
  assert.deepEqual(comparisonLines(comparison.result()), [
    "2 answers compared: 1 answer changed.",
    "1 recorded command got no answer.",
    "",
    "exchange 4 (now 6): CAPABILITY",
    "  status: was OK, is BAD",
    "  CAPABILITY: no more A, new C",
    "  EXISTS: no more, was 2",
  ]);
});

test("nothing that a server said moves the cursor", () => {
  const comparison = createComparison();
  comparison.pair(
    answered('LIST "" *', ["LIST () NIL {2}\r\n\x1b["]),
    answered('LIST "" *', ["XFOO \x1b\x9b"]),
  );
  for (const line of comparisonLines(comparison.result())) assert.match(line, /^[^\0-\x1f\x7f-\x9f]*$/);
});
