import assert from "node:assert/strict";
import { test } from "node:test";
import { createShelf } from "../../../src/core/replay/shelf.ts";

test("what was put on a shelf is found at its place", () => {
  const shelf = createShelf();
  const places = [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)].map((octets) => shelf.put(octets));
  assert.equal(new Set(places).size, 3);
  assert.deepEqual(
    places.map((place) => [...shelf.get(place)]),
    [[1], [], [2, 3]],
  );
});
