import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIPBOARD_OCTETS, clipboardSequence } from "../../src/tui/clipboard.ts";

test("a text is asked to be taken in base64, so that nothing in it is a control", () => {
  assert.equal(clipboardSequence("Ä\x07\x1b\\", false), "\x1b]52;c;w4QHG1w=\x07");
});

test("within tmux it is asked twice, once wrapped", () => {
  assert.equal(clipboardSequence("a", true), "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
});

test("a text of more octets than terminals take is not asked for", () => {
  assert.notEqual(clipboardSequence("x".repeat(CLIPBOARD_OCTETS), false), undefined);
  assert.equal(clipboardSequence("x".repeat(CLIPBOARD_OCTETS + 1), false), undefined);
  assert.equal(clipboardSequence("é".repeat(CLIPBOARD_OCTETS / 2 + 1), false), undefined);
});
