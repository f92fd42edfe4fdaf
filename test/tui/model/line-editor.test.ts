import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clustersOf } from "../../../src/tui/model/clusters.ts";
import {
  createLineEditor,
  editLine,
  insertText,
  LINE_MOST,
  type LineEditor,
  moveCaret,
  remember,
  replaceText,
} from "../../../src/tui/model/line-editor.ts";
import { keys } from "../keys.ts";

/** `|` is the caret. */
const ROWS: readonly (readonly [from: string, pressed: string, to: string])[] = [
  ["|", '"ab c"', "ab c|"],
  ["a|b", '"x"', "ax|b"],
  ["a|", "収", "a収|"],
  ["a|b", "😀 left", "a|😀b"],
  ["a|b", "left", "|ab"],
  ["|ab", "left C-b", "|ab"],
  ["|ab", "right C-f right", "ab|"],
  ["ae\u0301|", "left", "a|e\u0301"],
  ["ae\u0301|", "backspace", "a|"],
  ["a😀|b", "backspace", "a|b"],
  ["|ab", "backspace", "|ab"],
  ["|収b", "delete", "|b"],
  ["ab|", "delete C-d", "ab|"],
  ["cmd:fetch x|", "home", "|cmd:fetch x"],
  ["cmd:fetch x|", "C-a C-e", "cmd:fetch x|"],
  ["|ab", "end", "ab|"],
  ["cmd:fetch x|", "M-b M-b", "cmd:|fetch x"],
  ["cmd:fetch x|", "C-left M-left", "cmd:|fetch x"],
  ["|cmd:fetch x", "M-f", "cmd|:fetch x"],
  ["|cmd:fetch x", "C-right M-right", "cmd:fetch| x"],
  ["cmd:fetch|", "M-backspace", "cmd:|"],
  ["x cmd:fetch|", "C-w", "x |"],
  ["|cmd:fetch", "M-d", "|:fetch"],
  ["cmd|:fetch", "C-delete", "cmd|"],
  ["ab|cd", "C-u", "|cd"],
  ["ab|cd", "C-k", "ab|"],
  ["ab|cd", "C-k home C-y", "cd|ab"],
  ["ab|cd", "C-u C-k C-y", "cd|"],
  ["|", '"ab cd" C-_', "ab|"],
  ["|", '"ab cd" C-_ C-z', "|"],
  ["|", '"ab" left "c" C-_', "a|b"],
  ["a|bc", "backspace delete C-_", "|bc"],
  ["a|bc", "backspace delete C-_ C-_", "a|bc"],
  ["x cmd:a|", "C-w C-_", "x cmd:a|"],
  ["a|", "C-_", "a|"],
  ["a|", "up", "newest|"],
  ["a|", "up C-p", "oldest|"],
  ["a|", "up up up", "oldest|"],
  ["a|", "up up down", "newest|"],
  ["a|", "up C-n", "a|"],
  ["a|", "down", "a|"],
  ["a|", 'up "x" C-p down down', "a|"],
  ["a|", "up C-_", "a|"],
  ["a|", "f1 pagedown M-x C-q insert", "a|"],
];

for (const [from, pressed, to] of ROWS) {
  test(`${from} and ${pressed}`, () => assert.equal(shown(press(editorOf(from), pressed)), to));
}

test("what is pasted becomes one line, and one undo takes it away", () => {
  const pasted = editLine(editorOf("a|b"), { kind: "paste", text: "x\r\ny\tz\u001b[2J" });
  assert.equal(shown(pasted), "ax y z[2J|b");
  assert.equal(shown(press(pasted, "C-_")), "a|b");
});

test("a mark that is typed joins the character before the caret", () => {
  assert.equal(shown(insertText(editorOf("ae|b"), "\u0301")), "ae\u0301|b");
  // Typed before a mark, a letter takes the mark up, and the caret stands behind both.
  assert.equal(shown(insertText(moveCaret(createLineEditor("\u0301b"), 0), "e")), "e\u0301|b");
});

test("a line has its bound, and is not cut within a character", () => {
  const full = insertText(createLineEditor("a"), "😀".repeat(LINE_MOST));
  assert.ok(full.text.length <= LINE_MOST && full.text.length > LINE_MOST - 2);
  assert.ok(isWhole(full.text));
  assert.equal(press(full, '"xy"').text.length, LINE_MOST);
});

test("a key that does nothing gives the same value", () => {
  const editor = editorOf("a|");
  for (const name of ["right", "end", "delete", "f5", "C-_", "down"]) {
    assert.equal(press(editor, name), editor, name);
  }
});

test("a piece of the line can be replaced, and undo brings it back", () => {
  const editor = replaceText(editorOf("a cm| b"), 2, 4, "cmd:");
  assert.equal(shown(editor), "a cmd:| b");
  assert.equal(shown(press(editor, "C-_")), "a cm| b");
});

test("a caret that is put into the middle of a cluster stands before it", () => {
  assert.equal(shown(moveCaret(editorOf("a😀b|"), 2)), "a|😀b");
  assert.equal(shown(moveCaret(editorOf("ab|"), 100)), "ab|");
});

test("the history has each line once, the latest last, and no empty ones", () => {
  assert.deepEqual(remember(["a", "b"], "a"), ["b", "a"]);
  assert.deepEqual(remember(["a"], "  "), ["a"]);
  const many = Array.from({ length: 150 }, (_, i) => `${i}`).reduce<readonly string[]>(remember, []);
  assert.equal(many.length, 100);
  assert.equal(many.at(-1), "149");
});

test("law: whatever is pressed, the caret stands between clusters, and undo leads back to the first text", () => {
  const pressed = fc.constantFrom(
    ...["a", "space", "収", "😀", "\u0301", "left", "right", "home", "end", "backspace", "delete", "up"],
    ...["C-w", "M-d", "M-b", "M-f", "C-k", "C-u", "C-y", "C-_", "M-backspace", "down"],
  );
  fc.assert(
    fc.property(fc.array(pressed, { maxLength: 40 }), (names) => {
      let editor = editorOf("a 収|e\u0301");
      for (const name of names) {
        editor = press(editor, name);
        const places = [...clustersOf(editor.text).map(({ at }) => at), editor.text.length];
        assert.ok(places.includes(editor.caret), shown(editor));
        assert.ok(isWhole(editor.text));
      }
      while (editor.past.length > 0) editor = press(editor, "C-_");
      assert.equal(editor.text, "a 収e\u0301");
    }),
  );
});

function editorOf(marked: string): LineEditor {
  const editor = createLineEditor(marked.replace("|", ""), ["oldest", "newest"]);
  return moveCaret(editor, marked.indexOf("|"));
}

function press(editor: LineEditor, written: string): LineEditor {
  return keys(written).reduce(editLine, editor);
}

function shown({ text, caret }: LineEditor): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

/** Without half a surrogate pair. */
function isWhole(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
