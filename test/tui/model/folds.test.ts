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

/** All turns that are left. */
function goOn(actor: Acting): void {
  for (let turns = 0; actor.effects.length > 0; turns++) {
    assert.ok(turns < 100);
    actor.happen({ kind: "unfold" });
  }
}

test("many small folds are all opened", () => {
  const actor = at((writer) => {
    for (let i = 0; i < 600; i++) writer.fold(`${i}`, [], (inner) => inner.line([]));
  });
  actor.press("Z");
  goOn(actor);
  assert.equal(signs(actor), "▾-".repeat(600));
  assert.equal(actor.state.message, undefined);
});

/** Many lines that hold more lines each; how often they were made. */
function manyFolds(): { readonly actor: Acting; readonly made: () => number } {
  let made = 0;
  const actor = at((writer) => {
    made++;
    for (let i = 0; i < 200; i++) {
      writer.fold(`${i}`, [], (inner) => {
        for (let line = 0; line < 100; line++) inner.fold(`${i}.${line}`, [], (deep) => deep.line([]));
      });
    }
  });
  return { actor, made: () => made };
}

test("what a key opens is opened in turns, from the top, and each turn makes a bounded number of lines", () => {
  const { actor, made } = manyFolds();
  const before = made();
  actor.press("Z");
  assert.deepEqual(actor.effects, [{ kind: "unfold" }]);
  assert.ok(made() - before <= 6, `all lines were made ${made() - before} times`);
  assert.ok(signs(actor).length < 3000, `${signs(actor).length} lines`);
  assert.match(signs(actor), /^▾.*▸$/);
  goOn(actor);
  assert.ok(signs(actor).length > 4000 && signs(actor).length < 7000, `${signs(actor).length} lines`);
  assert.match(actor.state.message?.text ?? "", /more than is opened at once/);
  actor.press("Z");
  assert.equal(signs(actor), "▸".repeat(200));
  assert.equal(actor.state.message, undefined);
});

test("while folds open, other keys do what they do; what shuts folds ends it, and so does another view", () => {
  for (const [keys, goesOn] of [
    [["j"], true],
    [["G", "k"], true],
    [["Z"], false],
    [["enter"], false],
    [["tab"], false],
    [["escape"], false],
  ] as const) {
    const { actor } = manyFolds();
    actor.press("Z", ...keys);
    const { toggled } = actor.state.details;
    actor.happen({ kind: "unfold" });
    assert.equal(actor.state.details.toggled !== toggled, goesOn, keys.join());
  }
});

test("the cursor stays on its line, where that is on the screen", () => {
  const actor = at((writer) => {
    for (const name of ["a", "b", "c"]) {
      writer.line([{ text: `before ${name}`, style: "plain" }]);
      writer.fold(name, [{ text: name, style: "plain" }], (inner) => {
        for (let i = 0; i < 50; i++) inner.line([{ text: `${name} ${i}`, style: "plain" }]);
      });
    }
    writer.line([{ text: "the end", style: "plain" }]);
  });
  const on = (): string | undefined => {
    const { cursor } = actor.state.details;
    return actor.facts
      .detailLines()
      [cursor]?.line.map(({ text }) => text)
      .join("");
  };
  const onScreen = (): number => actor.state.details.cursor - actor.state.details.top;
  for (const [keys, line] of [
    [["j", "j"], "before b"],
    [["j", "j", "j"], "▸ b"],
    [["G"], "the end"],
  ] as const) {
    actor.press("g", ...keys);
    assert.equal(on(), line);
    const where = onScreen();
    actor.press("Z");
    assert.equal(on()?.replace("▾", "▸"), line);
    if (line !== "the end") assert.equal(onScreen(), where);
    actor.press("Z");
  }
  actor.press("g", "j", "j", "j", "Z", "j", "j", "Z");
  assert.equal(on(), "▸ b", "of what is shut, the fold stays");
});
