import assert from "node:assert/strict";
import { test } from "node:test";
import type { Branch } from "../../../src/tui/details/branch.ts";
import { tokenBranches } from "../../../src/tui/details/token-branches.ts";
import { atom, list, literal, nil, quoted } from "../../observations.ts";

function plain(branches: readonly Branch[]): unknown {
  return branches.map(({ label, text = "", children }) => [
    label,
    text,
    ...(children === undefined ? [] : [plain(children())]),
  ]);
}

const TOKENS = [
  atom("SUBJECT"),
  quoted("\u00d0\u009f"),
  nil,
  literal(300, "x"),
  list(atom("a"), list(atom("b"))),
];

test("tokens by their shape, octets read as the UTF-8 that they are", () => {
  assert.deepEqual(plain(tokenBranches(TOKENS, false)), [
    ["atom", "SUBJECT"],
    ["string", "П"],
    ["NIL", ""],
    ["literal", "{300}"],
    [
      "list",
      "of 2 items (a (b))",
      [
        ["atom", "a"],
        ["list", "of 1 item (b)", [["atom", "b"]]],
      ],
    ],
  ]);
});

test("on a shared screen shapes and words of the protocol are left", () => {
  assert.deepEqual(plain(tokenBranches(TOKENS, true)), [
    ["atom", "•••"],
    ["quoted", '"•••"'],
    ["nil", "NIL"],
    ["literal", "{300}"],
    [
      "list",
      "of 2 items",
      [
        ["atom", "•••"],
        ["list", "of 1 item", [["atom", "•••"]]],
      ],
    ],
  ]);
});
