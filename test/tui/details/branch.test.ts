import assert from "node:assert/strict";
import { test } from "node:test";
import { type Branch, content, leaf, writeBranches } from "../../../src/tui/details/branch.ts";
import type { DetailOptions } from "../../../src/tui/details/material.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { lines, options, shown } from "./shown.ts";

function tree(branches: readonly Branch[], fields: Partial<DetailOptions> = {}): string {
  return shown(
    writeDetails(options({ columns: 40, ...fields }), (writer) => writeBranches(writer, "t", branches)),
  );
}

const TREE: readonly Branch[] = [
  leaf("octets", "12"),
  content("subject", "Привет"),
  {
    label: "parts",
    text: "2",
    opened: true,
    children: () => [leaf("1", "text"), { label: "2", children: () => [leaf("deep", "x")] }],
  },
];

test("leaves stand under the names of branches, and shut branches show nothing beneath", () => {
  assert.equal(
    tree(TREE),
    lines(`
        octets 12
        subject Привет
      ▾ parts 2
          1 text
        ▸ 2
    `),
  );
  assert.match(tree(TREE, { toggled: new Set(["t.2.1"]) }), /▾ 2\n {6}deep x$/);
});

test("on a shared screen content is dots, and so are names that people made up", () => {
  const made: Branch = { ...content("x-geheim", "geheim"), contentLabel: true };
  assert.equal(tree([...TREE.slice(0, 2), made], { hidden: true }), "  octets 12\n  subject •••\n  ••• •••");
});

test("thousands of leaves stand in folds of a hundred", () => {
  const many = Array.from({ length: 5000 }, (_none, i) => leaf(String(i), ""));
  assert.equal(tree(many).split("\n").length, 50);
});
