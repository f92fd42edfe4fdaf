import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Frame } from "../../../src/core/imap/frame.ts";
import { isSafe } from "../../../src/core/text/safe.ts";
import { TRANSCRIPT, transcriptRows } from "../../../src/core/text/transcript.ts";
import { anyCharacter } from "../../any-character.ts";
import { frame, literalOf } from "../../observations.ts";

const MAIL = "From: alice@example.org\r\nSubject: Hello\r\n\r\nHi there,\r\n";

const ROWS: readonly (readonly [what: string, made: Frame, previewLines: number, rows: readonly string[]])[] =
  [
    ["a command", frame("client", "a1 LOGIN alice xxxxxxxx"), 0, ["C: a1 LOGIN alice xxxxxxxx"]],
    ["a response", frame("server", "* OK ready"), 0, ["S: * OK ready"]],
    ["an empty line", frame("client", ""), 0, ["C:"]],
    [
      "what imapscope said itself, where no peer can say so",
      frame("server", "a OK go", { own: [{ did: "said", text: "a OK go" }] }),
      0,
      ["S by imapscope: a OK go"],
    ],
    [
      "what imapscope altered, and how",
      frame("server", "* OK hi", {
        own: [
          { did: "putIn", text: "STARTTLS" },
          { did: "tookOut", text: "[CAPABILITY \u001b]" },
        ],
      }),
      0,
      [
        "S altered by imapscope: * OK hi",
        "S altered by imapscope: | put in: STARTTLS",
        "S altered by imapscope: | took out: [CAPABILITY ␛]",
      ],
    ],
    [
      "short literals as the text that they are",
      frame("client", ["a1 LOGIN {5}", " {8}", ""], {
        literals: [literalOf(5, "alice"), literalOf(8, "xxxxxxxx")],
      }),
      0,
      ["C: a1 LOGIN {5}", "C: alice {8}", "C: xxxxxxxx"],
    ],
    [
      "a long literal folded",
      frame("server", ["* 1 FETCH (BODY[] {30000000}", " UID 4)"], {
        literals: [literalOf(30_000_000, MAIL)],
      }),
      0,
      ["S: * 1 FETCH (BODY[] {30000000}", "S: | {30,000,000 octets}", "S:  UID 4)"],
    ],
    [
      "with the head of it",
      frame("server", ["* 1 FETCH (BODY[] {300}", ")"], { literals: [literalOf(300, MAIL)] }),
      2,
      [
        "S: * 1 FETCH (BODY[] {300}",
        "S: | From: alice@example.org",
        "S: | Subject: Hello",
        "S: | {300 octets}",
        "S: )",
      ],
    ],
    [
      "a refused literal",
      frame("client", ["a1 APPEND INBOX {300}", ""], {
        literals: [literalOf(300, "", { received: 0 })],
        end: "refused",
      }),
      0,
      ["C: a1 APPEND INBOX {300}", "C: | {300 octets} refused by the server"],
    ],
    [
      "a literal that was cut off",
      frame("client", ["a1 APPEND INBOX {300}", ""], {
        literals: [literalOf(300, MAIL, { received: 55 })],
        end: "cut",
      }),
      0,
      ["C: a1 APPEND INBOX {300}", "C: | {300 octets}, 55 came"],
    ],
    [
      "a line that was cut off",
      frame("server", "* OK rea", { end: "cut" }),
      0,
      ["S: * OK rea (cut off here)"],
    ],
    [
      "octets that were not kept",
      frame("server", "* X", { droppedOctets: 5000 }),
      0,
      ["S: * X … (5,000 octets not kept)"],
    ],
    ["control characters", frame("server", "* OK \u001b]0;x\u0007"), 0, ["S: * OK ␛]0;x␇"]],
  ];

for (const [what, made, previewLines, rows] of ROWS) {
  test(`transcript of ${what}`, () => {
    assert.deepEqual(
      transcriptRows(made, { ...TRANSCRIPT, previewLines }).map(({ text }) => text),
      rows,
    );
  });
}

test("rows carry the times at which their octets came", () => {
  const made = frame("client", ["a1 APPEND INBOX {300}", ""], {
    startMicros: 10,
    literals: [literalOf(300, MAIL, { announcedMicros: 20, continuedMicros: 30 })],
  });
  assert.deepEqual(
    transcriptRows(made).map(({ atMicros, kind }) => [atMicros, kind]),
    [
      [10, "line"],
      [30, "literal"],
    ],
  );
});

test("a line as long as the peer likes is cut and says how long it was", () => {
  const [row] = transcriptRows(frame("server", "я".repeat(100_000)), { previewLines: 0, rowCharacters: 10 });
  assert.equal(row?.text, `S: ${"я".repeat(10)}… (200,000 octets)`);
});

test("law: rows of any octets are safe", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (line, head) => {
      const made = frame("server", [line, line], { literals: [literalOf(1000, head)] });
      for (const { text } of transcriptRows(made, { previewLines: 3, rowCharacters: 20 }))
        assert.ok(isSafe(text), text);
    }),
  );
});

test("the rows of a folded literal say which literal of the frame they show", () => {
  const made = frame("client", ["a1 APPEND {5}", " {300}", " {90}", ""], {
    literals: [literalOf(5, "Sent."), literalOf(300, MAIL), literalOf(90, MAIL)],
  });
  const rows = transcriptRows(made);
  assert.deepEqual(
    rows.map(({ kind, literal }) => (kind === "literal" ? literal : kind)),
    ["line", "line", 1, "line", 2],
  );
});
