import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../../src/core/imap/defect.ts";

test("a defect takes its culprit and its rule from the table", () => {
  assert.deepEqual(defect("tag-reused", "a1 is still open"), {
    kind: "tag-reused",
    by: "client",
    rfc: "RFC 9051 §2.2.1",
    detail: "a1 is still open",
    certainty: "certain",
  });
});

test("a defect can name its place and be less than certain", () => {
  const found = defect("expunge-forbidden", "during FETCH", { offset: 4, certainty: "likely" });
  assert.equal(found.by, "server");
  assert.equal(found.offset, 4);
  assert.equal(found.certainty, "likely");
});
