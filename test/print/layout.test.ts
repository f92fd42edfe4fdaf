import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellWidth } from "../../src/core/text/cells.ts";
import { safe } from "../../src/core/text/safe.ts";
import { createLayout, type Layout, type Row } from "../../src/print/layout.ts";
import { createPalette } from "../../src/print/palette.ts";
import { anyCharacter } from "../any-character.ts";

const PLAIN = createPalette(false);

function row(fields: Partial<Row> = {}): Row {
  return {
    mark: " ",
    time: "19:00:00.000",
    connection: 1,
    label: "a1",
    status: "OK",
    style: "ok",
    words: { main: "UID FETCH 1:50", mailbox: "INBOX" },
    numbers: { untagged: "50", up: "34", down: "12.3k", wait: "1.23 ms", total: "45.0 ms" },
    ...fields,
  };
}

function layout(columns: number): Layout {
  return createLayout(columns, PLAIN);
}

test("every column on 100 columns, the heading above it", () => {
  const wide = layout(100);
  assert.deepEqual(
    [wide.heading(), wide.line(row())],
    [
      "  time         #   tag    status command                  mailbox  untag    up  down    wait   total",
      "  19:00:00.000 #1  a1     OK     UID FETCH 1:50           INBOX       50    34 12.3k 1.23 ms 45.0 ms",
    ],
  );
});

test("the most telling columns on 80", () => {
  const narrow = layout(80);
  assert.deepEqual(
    [narrow.heading(), narrow.line(row())],
    [
      "  time         #   tag    status command            mailbox  untag  down   total",
      "  19:00:00.000 #1  a1     OK     UID FETCH 1:50     INBOX       50 12.3k 45.0 ms",
    ],
  );
});

test("what does not fit: the code stays, the mailbox is shortened, the text goes", () => {
  const words = { main: "UID COPY 1:5 Trash", mailbox: "Work", tail: "[TRYCREATE]", text: "No such mailbox" };
  assert.equal(
    layout(100).line(row({ words, status: "NO" })),
    "  19:00:00.000 #1  a1     NO     UID COPY 1:5 T… Work  [TRYCREATE]    50    34 12.3k 1.23 ms 45.0 ms",
  );
  assert.equal(
    layout(140).line(row({ words, status: "NO" })),
    "  19:00:00.000 #1  a1     NO     UID COPY 1:5 Trash  [TRYCREATE]  No such mailbox         Work                50    34 12.3k 1.23 ms 45.0 ms",
  );
  assert.equal(
    layout(120).line(row({ words, status: "NO" })),
    "  19:00:00.000 #1  a1     NO     UID COPY 1:5 Trash Work  [TRYCREATE] No such mailbox     50    34 12.3k 1.23 ms 45.0 ms",
  );
});

test("columns grow with tags and connection numbers, and stay grown", () => {
  const wide = layout(100);
  const long = wide.line(row({ label: "A00000012", connection: 1234 }));
  const short = wide.line(row());
  assert.equal(long.indexOf("OK"), short.indexOf("OK"));
  assert.ok(cellWidth(long) <= 100);
});

test("of a tag that is longer than its column the end is shown, where tags differ", () => {
  assert.match(layout(80).line(row({ label: "A00000012" })), / …0000012 OK /);
});

test("rows without numbers use the whole line", () => {
  const { numbers, ...event } = row({ words: { main: "x".repeat(100) } });
  assert.equal(numbers?.up, "34");
  assert.equal(layout(80).line(event), `  19:00:00.000 #1  a1     OK     ${"x".repeat(46)}…`);
});

test("nothing is cut where lines have no end", () => {
  const line = layout(Number.POSITIVE_INFINITY).line(
    row({ words: { main: "x".repeat(500), mailbox: "INBOX" } }),
  );
  assert.ok(line.includes("x".repeat(500)) && line.endsWith("45.0 ms"));
});

test("law: a line never takes more cells than there are columns", () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 60 }).map(safe);
  const numbers = fc.record({ untagged: text, up: text, down: text, wait: text, total: text });
  const words = fc.record({ main: text, mailbox: text, tail: text, text });
  fc.assert(
    fc.property(
      fc.integer({ min: 80, max: 250 }),
      fc.nat(),
      text,
      words,
      fc.option(numbers),
      (columns, connection, label, said, counted) => {
        const { numbers: _, ...event } = row({ connection, label, words: said });
        const made = counted === null ? event : { ...event, numbers: counted };
        assert.ok(cellWidth(layout(columns).line(made)) <= columns);
      },
    ),
  );
});
