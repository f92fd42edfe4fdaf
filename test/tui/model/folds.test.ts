import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailLine } from "../../../src/tui/details/material.ts";
import { type Writer, writeDetails } from "../../../src/tui/details/writer.ts";
import { options } from "../details/shown.ts";
import { type Acting, acting, exchanges } from "./acting.ts";

/** At the details of an exchange, with these lines in it. */
function at(write: (writer: Writer) => void): Acting {
  const actor = acting();
  actor.add(...exchanges("OK"));
  actor.press("enter");
  actor.happen({ kind: "recallFailed", row: 0, reason: "there is none" });
  const made = ({ details } = actor.state): readonly DetailLine[] =>
    writeDetails(options({ toggled: details.toggled }), write);
  Object.assign(actor.facts, { detailLines: made });
  return actor;
}

function signs({ facts }: Acting): string {
  return facts
    .detailLines()
    .map(({ open }) => (open === undefined ? "-" : open ? "▾" : "▸"))
    .join("");
}

/** A fold in a fold in a fold, of which one is open at first. */
function nested(writer: Writer): void {
  writer.fold("a", [], (inner) =>
    inner.fold("b", [], (deep) => deep.fold("c", [], (deepest) => deepest.line([])), { opened: true }),
  );
  writer.fold("d", [], (inner) => inner.line([]));
}

test("all folds are opened at once, however deep they stand, and all are shut at once", () => {
  const actor = at(nested);
  assert.equal(signs(actor), "▸▸");
  actor.press("Z");
  assert.equal(signs(actor), "▾▾▾-▾-");
  actor.press("Z");
  assert.equal(signs(actor), "▸▸");
  actor.press("Z", "enter", "Z");
  assert.equal(signs(actor), "▾▾▾-▾-", "one that is shut is opened with the others");
});

test("where there are no folds nothing happens", () => {
  const actor = at((writer) => writer.line([]));
  actor.press("Z");
  assert.equal(actor.state.details.toggled.size, 0);
});

test("many small folds are all opened", () => {
  const actor = at((writer) => {
    for (let i = 0; i < 600; i++) writer.fold(`${i}`, [], (inner) => inner.line([]));
  });
  actor.press("Z");
  assert.equal(signs(actor), "▾-".repeat(600));
  assert.equal(actor.state.message, undefined);
});

test("of more than a key can open at once, so many are opened, which is said, and shut by the same key", () => {
  let made = 0;
  const actor = at((writer) => {
    made++;
    for (let i = 0; i < 200; i++) {
      writer.fold(`${i}`, [], (inner) => {
        for (let line = 0; line < 100; line++) inner.fold(`${i}.${line}`, [], (deep) => deep.line([]));
      });
    }
  });
  actor.press("Z");
  assert.ok(signs(actor).length > 4000 && signs(actor).length < 6000, `${signs(actor).length} lines`);
  assert.match(actor.state.message?.text ?? "", /more than is opened at once/);
  assert.ok(made < 20, `all lines were made ${made} times`);
  actor.press("Z");
  assert.equal(signs(actor), "▸".repeat(200));
  assert.equal(actor.state.message, undefined);
});
