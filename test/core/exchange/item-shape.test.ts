import assert from "node:assert/strict";
import { test } from "node:test";
import { shapeOf } from "../../../src/core/exchange/item-shape.ts";
import type { FetchItem } from "../../../src/core/imap/response.ts";

const named = (...names: readonly string[]): readonly FetchItem[] =>
  names.map((name) => ({ name, value: { kind: "text", text: name } }));

test("a shape has the items in normal form, and those that nobody sends unasked", () => {
  const shape = shapeOf(named("UID", "BODY[HEADER.FIELDS (TO FROM)]", "FLAGS"));
  assert.deepEqual(shape.items, ["UID", "BODY[HEADER.FIELDS (FROM TO)]", "FLAGS"]);
  assert.deepEqual(shape.proof, ["BODY[HEADER.FIELDS (FROM TO)]"]);
});

test("the same names in the same order are the same shape, and no others are", () => {
  const shape = shapeOf(named("UID", "FLAGS"));
  assert.equal(shapeOf(named("UID", "FLAGS")), shape);
  const others = [named("FLAGS", "UID"), named("UID"), named("UID", "FLAGS", "UID")];
  for (const other of others) {
    assert.deepEqual(
      shapeOf(other).names,
      other.map(({ name }) => name),
    );
  }
});
