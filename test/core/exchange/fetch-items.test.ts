import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchDelivery, normalItem } from "../../../src/core/exchange/fetch-items.ts";

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

test("what is missing of a message is what was asked for and has not come", () => {
  const fetch = fetchDelivery(["FLAGS", "UID", "BODY.PEEK[]"]);
  assert.deepEqual(fetch.missing(1), ["FLAGS", "UID", "BODY[]"]);
  fetch.deliver(1, ["UID", "BODY[]", "MODSEQ"]);
  fetch.deliver(2, ["FLAGS", "UID", "BODY[]"]);
  assert.deepEqual(fetch.incomplete(10), [[1, ["FLAGS"]]]);
  assert.equal(fetch.responses(), 2);
});

test("items that no RFC names are never missing", () => {
  const fetch = fetchDelivery(["X-VENDOR", "UID"]);
  fetch.deliver(1, ["UID"]);
  assert.deepEqual(fetch.incomplete(10), []);
});

test("FLAGS, UID and MODSEQ alone look like a push", () => {
  assert.equal(fetchDelivery(["UID", "FLAGS"]).looksLikePush, true);
  assert.equal(fetchDelivery(["UID", "ENVELOPE"]).looksLikePush, false);
});
