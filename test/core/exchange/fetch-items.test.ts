import assert from "node:assert/strict";
import { test } from "node:test";
import { isPushedItem, normalItem } from "../../../src/core/exchange/fetch-items.ts";

const FORMS: readonly (readonly [written: string, normal: string])[] = [
  ["BODY.PEEK[]", "BODY[]"],
  ["body[text]<0.100>", "BODY[TEXT]<0>"],
  ["BINARY.PEEK[1]", "BINARY[1]"],
  ["RFC822.PEEK", "RFC822"],
  ["RFC822.SIZE", "RFC822.SIZE"],
  ["BODY.PEEK[HEADER.FIELDS (To From)]", 'BODY[HEADER.FIELDS ("FROM" "TO")]'],
  ["PREVIEW (LAZY)", "PREVIEW"],
];

for (const [written, normal] of FORMS) {
  test(`${written} is answered by ${normal}`, () => {
    assert.equal(normalItem(written), normalItem(normal));
  });
}

test("FLAGS, UID and MODSEQ may come unasked", () => {
  assert.deepEqual(["FLAGS", "UID", "MODSEQ", "ENVELOPE"].filter(isPushedItem), ["FLAGS", "UID", "MODSEQ"]);
});
