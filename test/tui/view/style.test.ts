import assert from "node:assert/strict";
import { test } from "node:test";
import { SELECTED } from "../../../src/tui/view/frame.ts";
import { STYLES, span } from "../../../src/tui/view/style.ts";

test("the numbers of the styles leave room for the mark of what is selected", () => {
  assert.ok(STYLES.length <= SELECTED);
  assert.equal(new Set(STYLES).size, STYLES.length);
  // An empty screen is plain.
  assert.equal(STYLES[0], "plain");
});

test("a span without a style is plain", () => {
  assert.deepEqual(span("x"), { text: "x", style: "plain" });
});
