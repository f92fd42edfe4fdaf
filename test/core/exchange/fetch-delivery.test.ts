import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchDelivery } from "../../../src/core/exchange/fetch-delivery.ts";
import { shapeOf } from "../../../src/core/exchange/item-shape.ts";

const shape = (...names: readonly string[]) =>
  shapeOf(names.map((name) => ({ name, value: { kind: "text", text: "" } })));

test("what is owed for a message is what was asked for and has not come", () => {
  const fetch = fetchDelivery(["FLAGS", "UID", "BODY.PEEK[]"]);
  const all = fetch.owed(1) ?? 0;
  assert.equal(all, fetch.answeredBy(shape("UID", "BODY[]", "FLAGS")).items);
  fetch.deliver(1, shape("UID", "BODY[]", "MODSEQ"));
  fetch.deliver(2, shape("FLAGS", "UID", "BODY[]"));
  assert.equal(fetch.owed(1), fetch.answeredBy(shape("FLAGS")).items);
  assert.equal(fetch.owed(2), 0);
  assert.equal(fetch.owed(undefined), undefined);
  assert.deepEqual(fetch.incomplete(10), [[1, ["FLAGS"]]]);
  assert.equal(fetch.responses(), 2);
  fetch.deliver(1, shape("FLAGS"));
  assert.deepEqual(fetch.incomplete(10), []);
});

test("no more messages than the limit are looked for, and the lowest come first", () => {
  const fetch = fetchDelivery(["FLAGS", "UID"]);
  for (const message of [4_000_000_000, 7, 3]) fetch.deliver(message, shape("UID"));
  assert.deepEqual(fetch.incomplete(2), [
    [3, ["FLAGS"]],
    [7, ["FLAGS"]],
  ]);
});

test("items that no RFC names are never missing", () => {
  const fetch = fetchDelivery(["X-VENDOR", "UID"]);
  fetch.deliver(1, shape("UID"));
  assert.deepEqual(fetch.incomplete(10), []);
});

test("an answer tells what of it was asked for", () => {
  const fetch = fetchDelivery(["UID", "ENVELOPE"]);
  const told = (...names: readonly string[]) => {
    const { provesAll, provesSome, askedAll } = fetch.answeredBy(shape(...names));
    return [provesAll, provesSome, askedAll];
  };
  assert.deepEqual(told("UID", "ENVELOPE", "FLAGS"), [true, true, false]);
  assert.deepEqual(told("ENVELOPE", "RFC822.SIZE"), [false, true, false]);
  assert.deepEqual(told("UID", "MODSEQ"), [true, false, true]);
});

test("FLAGS, UID and MODSEQ alone look like a push", () => {
  assert.equal(fetchDelivery(["UID", "FLAGS"]).looksLikePush, true);
  assert.equal(fetchDelivery(["UID", "ENVELOPE"]).looksLikePush, false);
});
