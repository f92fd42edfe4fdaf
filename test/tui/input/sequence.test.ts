import assert from "node:assert/strict";
import { test } from "node:test";
import { mouseInput, sequenceInput } from "../../../src/tui/input/sequence.ts";

const key = (name: string, text?: string) => ({ kind: "key", name, text });

const ROWS: readonly (readonly [parameters: string, final: string, input: unknown])[] = [
  ["", "A", key("up")],
  ["1;5", "C", key("C-right")],
  ["1;3", "D", key("M-left")],
  ["1;2", "B", key("S-down")],
  ["", "Z", key("S-tab")],
  ["3", "~", key("delete")],
  ["6;5", "~", key("C-pagedown")],
  ["24", "~", key("f12")],
  // The kitty protocol and xterm's other keys, which nobody has asked for.
  ["97", "u", key("a", "a")],
  ["97;5", "u", key("C-a")],
  ["97;1:3", "u", undefined],
  ["27", "u", key("escape")],
  ["57441", "u", undefined],
  ["27;5;13", "~", key("C-enter")],
  ["1;1:3", "A", undefined],
  // Focus, reports, replies.
  ["", "I", undefined],
  ["", "O", undefined],
  ["12;40", "R", undefined],
  ["1;5", "R", key("C-f3")],
  ["1 2", "A", undefined],
  ["?64;1;2", "c", undefined],
  ["0", "n", undefined],
  ["200", "~", undefined],
  // The mouse.
  ["<0;1;1", "M", { kind: "click", x: 0, y: 0 }],
  ["<0;250;60", "M", { kind: "click", x: 249, y: 59 }],
  ["<16;5;5", "M", { kind: "click", x: 4, y: 4 }],
  ["<0;1;1", "m", undefined],
  ["<2;1;1", "M", undefined],
  ["<32;4;4", "M", undefined],
  ["<64;3;4", "M", { kind: "wheelUp", x: 2, y: 3 }],
  ["<65;3;4", "M", { kind: "wheelDown", x: 2, y: 3 }],
  ["<66;3;4", "M", undefined],
  ["<128;3;4", "M", undefined],
  ["<0;0;0", "M", undefined],
  ["<", "M", undefined],
  ["<a;b", "M", undefined],
];

for (const [parameters, final, input] of ROWS) {
  test(`CSI ${parameters} ${final} is ${JSON.stringify(input) ?? "nothing"}`, () => {
    assert.deepEqual(sequenceInput(parameters, final), input);
  });
}

test("a place before the first cell is none", () => {
  assert.equal(mouseInput(0, -1, 0), undefined);
  assert.equal(mouseInput(Number.NaN, 1, 1), undefined);
});
