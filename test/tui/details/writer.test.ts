import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailLine } from "../../../src/tui/details/material.ts";
import { rangeLabel, type Writer, writeDetails } from "../../../src/tui/details/writer.ts";
import { span } from "../../../src/tui/view/style.ts";
import { lines, options, shown } from "./shown.ts";

function written(
  write: (writer: Writer) => void,
  toggled: readonly string[] = [],
  columns = 40,
): readonly DetailLine[] {
  return writeDetails(options({ columns, toggled: new Set(toggled) }), write);
}

function counted(
  count: number,
  toggled: readonly string[] = [],
  how: "each" | "ends" = "each",
): readonly DetailLine[] {
  return written(
    (writer) =>
      writer[how]("n", count, rangeLabel("numbers"), (inner, place) => inner.line([span(String(place + 1))])),
    toggled,
  );
}

test("what is in a fold is made only while the fold is open", () => {
  let made = 0;
  const write = (writer: Writer): void =>
    writer.fold("a", [span("head")], (inner) => {
      made++;
      inner.line([span("inside")]);
    });
  assert.equal(shown(written(write)), "▸ head");
  assert.equal(made, 0);
  assert.equal(shown(written(write, ["a"])), "▾ head\n  inside");
});

test("a fold that begins open is shut by being toggled", () => {
  const write = (writer: Writer): void =>
    writer.fold("a", [span("head")], (inner) => inner.line([span("inside")]), { opened: true });
  assert.equal(shown(written(write)), "▾ head\n  inside");
  const [head] = written(write, ["a"]);
  assert.deepEqual([head?.fold, head?.open], ["a", false]);
});

test("long text is broken under the end of its head, and what follows it stands behind its last line", () => {
  const text = "one two three four five six seven";
  assert.equal(
    shown(written((writer) => writer.text([span("head: ")], text, "plain", { tail: [span(" !")] }), [], 26)),
    lines(`
      head: one two three four
            five six seven !
    `),
  );
});

test("a head that leaves hardly any room does not make a text of one letter a line", () => {
  const rows = written(
    (writer) => writer.text([span("x".repeat(30))], "a b c d e f g h i j k l m n o p"),
    [],
    32,
  );
  assert.ok(rows.length <= 3, shown(rows));
});

test("up to a hundred stand beside each other, more are grouped, and very many in groups of groups", () => {
  assert.equal(counted(100).length, 100);
  assert.equal(shown(counted(250)), "▸ numbers 1 to 100\n▸ numbers 101 to 200\n▸ numbers 201 to 250");
  assert.equal(counted(10_001).length, 2);
  const open = shown(counted(10_001, ["n/10000@0", "n/100@9900"])).split("\n");
  assert.equal(open.at(-2), "    10000");
  assert.equal(open.length, 2 + 100 + 100);
});

test("of a long dialogue the first and the last lines stand openly", () => {
  assert.equal(counted(200, [], "ends").length, 200);
  const rows = shown(counted(5000, [], "ends")).split("\n");
  assert.deepEqual([rows[0], rows[50], rows[51], rows.length], ["1", "▸ numbers 51 to 4,950", "4951", 101]);
});

test("however deep, there is room for text", () => {
  const write = (writer: Writer, depth: number): void => {
    if (depth === 0) writer.text([], "some words of text");
    else writer.fold(`d${depth}`, [span("d")], (inner) => write(inner, depth - 1), { opened: true });
  };
  const rows = written((writer) => write(writer, 60));
  assert.equal(rows.at(-1)?.line.at(-1)?.text, "some words of text");
});
