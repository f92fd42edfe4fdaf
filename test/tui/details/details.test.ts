import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWidth } from "../../../src/core/text/cells.ts";
import { detailLines } from "../../../src/tui/details/details.ts";
import {
  type DetailLine,
  type DetailOptions,
  type Material,
  TABS,
  type Tab,
} from "../../../src/tui/details/material.ts";
import { createCanvas } from "../../../src/tui/view/frame.ts";
import { materialOf, options, shown } from "./shown.ts";

/** The lines with every fold open that is found, however deep; at most so many rounds. */
function everything(
  material: Material,
  tab: Tab,
  fields: Partial<DetailOptions> = {},
): readonly DetailLine[] {
  const toggled = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const shut = detailLines(material, tab, options({ ...fields, toggled })).filter(
      ({ open }) => open === false,
    );
    if (shut.length === 0) break;
    for (const { fold } of shut) {
      if (fold === undefined) continue;
      if (toggled.has(fold)) toggled.delete(fold);
      else toggled.add(fold);
    }
  }
  return detailLines(material, tab, options({ ...fields, toggled }));
}

const MAIL =
  "Subject: GEHEIM\\r\\nFrom: GEHEIM@GEHEIM\\r\\n\\r\\nGEHEIM GEHEIM GEHEIM GEHEIM GEHEIM GEHEIM GEHEIM GEHEIM\\r\\n";
const OCTETS = MAIL.replaceAll("\\r\\n", "..").length;

const SECRETS = `
  C: a1 UID FETCH 1:9 (FLAGS ENVELOPE BODYSTRUCTURE BODY[] X-GEHEIM)
  S: * 1 FETCH (UID 1 FLAGS (\\Seen GEHEIM) ENVELOPE (NIL "GEHEIM" (("GEHEIM" NIL "GEHEIM" "GEHEIM")) NIL NIL (("GEHEIM" NIL "GEHEIM" "GEHEIM")("GEHEIM" NIL "GEHEIM" "GEHEIM")) NIL NIL NIL "<GEHEIM>") BODY[] {${OCTETS}}
  S| ${MAIL}
  S:  BODYSTRUCTURE ("text" "GEHEIM" ("GEHEIM" "GEHEIM") "GEHEIM" "GEHEIM" "GEHEIM" 1 1 NIL ("GEHEIM" ("GEHEIM" "GEHEIM")) "GEHEIM" "GEHEIM"))
  S: * LIST (\\GEHEIM) "/" GEHEIM
  S: * STATUS GEHEIM (MESSAGES 1)
  S: * GEHEIM GEHEIM
  S: GEHEIM
  S: * 7 EXISTS
  S: * NO [GEHEIM GEHEIM] GEHEIM
  S: a1 NO [BADCHARSET (GEHEIM)] GEHEIM
`;

const MANY = [
  "S: * 10000 EXISTS",
  "C: a1 UID FETCH 1:* (FLAGS RFC822.SIZE)",
  ...Array.from(
    { length: 10_000 },
    (_none, i) => `S: * ${i + 1} FETCH (FLAGS (\\Seen) UID ${100 + i} RFC822.SIZE 1234)`,
  ),
  "S: a1 OK done",
].join("\n");

const TEN_THOUSAND = materialOf(MANY, "a1");

for (const tab of TABS) {
  test(`${tab}: with everything open, nothing of anybody is seen on a shared screen, but the shape is`, () => {
    const material = materialOf(SECRETS, "a1");
    const open = shown(everything(material, tab));
    const hidden = shown(everything(material, tab, { hidden: true }));
    if (tab !== "timings") assert.match(open, /GEHEIM/);
    assert.doesNotMatch(hidden, /GEHEIM/i);
    assert.match(hidden, /UID FETCH/);
  });

  test(`${tab}: what a peer writes cannot reach the screen as control, and no line of text is wider than it`, () => {
    const hostile = "\\x1b]0;x\\x07\\x1b[2J\\xc2\\x9b31m\\xe2\\x80\\xae{bold}\\x00";
    const material = materialOf(
      `C: a1 UID SEARCH TEXT "${hostile}" BODY {300+}\nC| ${"\\x1b[2J".repeat(75)}\nC:\nS: * OK [${hostile}] ${hostile}\nS: * 1 FETCH (FLAGS (${hostile}) ${hostile})\nS: ${hostile}\nS: a1 NO ${hostile}`,
      "a1",
    );
    const rows = everything(material, tab, { columns: 60 });
    const canvas = createCanvas(60, rows.length);
    for (const [y, { line }] of rows.entries()) canvas.line(0, y, line);
    assert.doesNotMatch(canvas.characters.join(""), /[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  test(`${tab}: an exchange of ten thousand responses is a screenful of lines, made at once`, () => {
    detailLines(TEN_THOUSAND, tab, options());
    const begun = process.cpuUsage();
    for (let round = 0; round < 5; round++) detailLines(TEN_THOUSAND, tab, options());
    const { user } = process.cpuUsage(begun);
    assert.ok(user / 5 < 50_000, `${user / 5} µs`);
    assert.ok(detailLines(TEN_THOUSAND, tab, options()).length < 60);
  });

  test(`${tab}: narrow screens and letters of every width`, () => {
    const material = materialOf(
      `C: a1 SELECT "日本語の長い名前のメールボックス"\nS: * 3 EXISTS\nS: a1 NO Почтового ящика с таким именем нет, שלום עולם, 日本語の長い名前`,
      "a1",
    );
    for (const columns of [20, 40, 80]) {
      for (const { line, fold } of everything(material, tab, { columns })) {
        const width = cellWidth(line.map((piece) => piece.text).join(""));
        // Folds are one line each, which the screen cuts; beside long heads text keeps twenty cells.
        if (fold === undefined) assert.ok(width <= Math.max(columns, 48), `${width} of ${columns}`);
      }
    }
  });
}

test("every tab begins with the same header, and folds are named once", () => {
  const material = materialOf(SECRETS, "a1");
  const first = TABS.map((tab) => shown(detailLines(material, tab, options()).slice(0, 3)));
  assert.equal(new Set(first).size, 1);
  for (const tab of TABS) {
    const folds = everything(material, tab).flatMap(({ fold }) => fold ?? []);
    assert.equal(new Set(folds).size, folds.length, tab);
  }
});
