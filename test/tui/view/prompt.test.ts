import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SEEN, type Seen } from "../../../src/core/query/field-values.ts";
import { openPrompt, type Prompt, updatePrompt } from "../../../src/tui/model/prompt.ts";
import type { PromptKind } from "../../../src/tui/model/prompt-kinds.ts";
import { type Canvas, createCanvas, SELECTED } from "../../../src/tui/view/frame.ts";
import { paintPrompt } from "../../../src/tui/view/prompt.ts";
import { STYLES } from "../../../src/tui/view/style.ts";
import { keys } from "../keys.ts";

const seen: Seen = {
  ...NOTHING_SEEN,
  mailboxes: ["INBOX", "Sent Items", "収件箱", "\u001b]0;title\u0007", "x".repeat(90)],
};

/** Rows from the bottom, without the spaces at their ends; `.` stands for what was there before. */
const SCREENS: readonly (readonly [
  title: string,
  kind: PromptKind,
  pressed: string,
  columns: number,
  rows: readonly string[],
])[] = [
  [
    "an empty prompt says what may be typed",
    "filter",
    "",
    80,
    [
      "................................................................................",
      "│ cmd:        name of the command                             │.................",
      "│ status:     OK, NO, BAD, or why there is none               │.................",
      "│ wait>       time until the server began to answer           │.................",
      "│ mailbox:    mailbox, as people read it                      │.................",
      "│ conn:       number of the connection                        │.................",
      "│ text:       in any line of the dialogue                     │.................",
      "│ total>      time from the command to its completion         │.................",
      "│ tag:        tag of the command                              │.................",
      "│             1 to 8 of 31                                    │.................",
      "/",
      "Tab completes, Enter accepts, Esc cancels: cmd:fetch status:no wait>500ms push",
    ],
  ],
  [
    "the list moves along with what is chosen in it",
    "filter",
    '"status:" S-tab',
    80,
    [
      "................................................................................",
      "......│ OK       the server did it                            │.................",
      "......│ open     in flight                                    │.................",
      "......│ BYE      the server said BYE                          │.................",
      "......│ lost     the connection was lost                      │.................",
      "......│ ended    the capture ends here                        │.................",
      "......│ opaque   what follows cannot be read                  │.................",
      "......│ left     too many open commands; not followed further │.................",
      "......│ PREAUTH  the connection began authenticated           │.................",
      "......│          3 to 10 of 10                                │.................",
      "/status:PREAUTH",
      "the connection began authenticated",
    ],
  ],
  [
    "names of peers are cut and made safe",
    "filter",
    '"push mailbox:"',
    40,
    [
      "........................................",
      ".......│ INBOX                 mailbox │",
      ".......│ Sent Items            mailbox │",
      ".......│ 収件箱                mailbox │",
      ".......│ ␛]0;title␇            mailbox │",
      ".......│ xxxxxxxxxxxxxxxxxxx…  mailbox │",
      "/push mailbox:",
      "              ^ A value is missing afte…",
    ],
  ],
  [
    "an error stands under its place, behind wide characters too",
    "filter",
    '"mailbox:収件 wiat>5" enter',
    80,
    [
      "................................................................................",
      "/mailbox:収件 wiat>5",
      "              ^",
      "There is no field wiat. Did you mean wait? (Quote it to search for it.)",
    ],
  ],
  [
    "while it is typed an error takes one row, and is cut",
    "filter",
    '"mailbox:収件 subject:5"',
    80,
    [
      "................................................................................",
      "/mailbox:収件 subject:5",
      "              ^ There is no field subject. The fields are cmd, status, code, ma…",
    ],
  ],
  [
    "a message stands before its pointer where there is no room behind it",
    "time",
    '"+1m2s3ms4444444444444444444" enter',
    40,
    [
      "........................................",
      "Go to time: +1m2s3ms4444444444444444444",
      "A unit is missing here: h, m, s or ms. ^",
    ],
  ],
  [
    "a line that is too long shows the part around the caret",
    "comment",
    '"this FETCH is slow because the server reads 収件 whole"',
    40,
    [
      "........................................",
      "Comment: …server reads 収件 whole",
      "Enter accepts, Esc cancels; an empty co…",
    ],
  ],
];

for (const [title, kind, pressed, columns, rows] of SCREENS) {
  test(`${title} (${columns} columns)`, () => {
    const { canvas } = paint(kind, pressed, columns, 24);
    const shown = Array.from({ length: 24 }, (_, y) => row(canvas, y).trimEnd());
    assert.deepEqual(shown.slice(24 - rows.length), rows);
  });
}

test("the caret and the chosen completion are the cells that are selected", () => {
  const { canvas } = paint("filter", '"kind:re" tab', 80, 24);
  assert.equal(selected(canvas, 22), " ");
  assert.equal(selected(canvas, 20), "│ request   what the client sent, piece by piece │");
  assert.equal(selected(canvas, 21), "");
  const wide = paint("filter", '"mailbox:収件" left', 80, 24);
  assert.equal(selected(wide.canvas, 22), "件");
});

test("the character that is wrong has a style: faint while it is typed, bad once it was refused", () => {
  const styleAt = (canvas: Canvas, x: number, y: number) =>
    STYLES[(canvas.styles[y * canvas.columns + x] ?? 0) & ~SELECTED];
  const typed = paint("filter", '"収 wiat>5"', 80, 24);
  assert.deepEqual(
    [3, 4, 5].map((x) => styleAt(typed.canvas, x, 22)),
    ["plain", "faint", "plain"],
  );
  const refused = paint("filter", '"収 wiat>5" enter', 80, 24);
  assert.equal(styleAt(refused.canvas, 4, refused.top), "bad");
});

test("an error that points out of the window says so without a pointer", () => {
  const { canvas } = paint("filter", `"wiat>5 ${"x".repeat(100)}"`, 80, 24);
  assert.match(row(canvas, 22), /^\/…x+ *$/);
  assert.match(row(canvas, 23), /^There is no field wiat\. Did you mean wait\?/);
});

test("on a screen of any size nothing is painted beyond it", () => {
  for (const columns of [1, 2, 5, 10, 20, 33, 80, 200]) {
    for (const rows of [1, 2, 3, 4, 10, 60]) {
      for (const pressed of ["", '"cmd:"', '"subject:収 x" enter', '"mailbox:収件収件収件収件" left left']) {
        const { canvas, top } = paint("filter", pressed, columns, rows);
        assert.equal(canvas.characters.length, columns * rows);
        assert.equal(canvas.styles.length, columns * rows);
        assert.ok(top >= 0 && top < rows);
      }
    }
  }
});

function paint(kind: PromptKind, pressed: string, columns: number, rows: number) {
  const canvas = createCanvas(columns, rows);
  for (let y = 0; y < rows; y++) canvas.fill(0, y, columns, ".", "plain");
  const top = paintPrompt(canvas, press(kind, pressed));
  return { canvas, top };
}

function press(kind: PromptKind, pressed: string): Prompt {
  let prompt = openPrompt(kind, seen);
  for (const each of keys(pressed)) {
    const result = updatePrompt(prompt, each, seen);
    prompt = result.kind === "open" ? result.prompt : assert.fail(result.kind);
  }
  return prompt;
}

function row({ characters, columns }: Canvas, y: number): string {
  return characters.slice(y * columns, (y + 1) * columns).join("");
}

function selected({ characters, styles, columns }: Canvas, y: number): string {
  return characters
    .slice(y * columns, (y + 1) * columns)
    .filter((_, x) => ((styles[y * columns + x] ?? 0) & SELECTED) !== 0)
    .join("");
}
