import assert from "node:assert/strict";
import { test } from "node:test";
import type { Certainty } from "../../../src/core/exchange/attribution.ts";
import { defect } from "../../../src/core/imap/defect.ts";
import {
  attributionBranches,
  attributionMark,
  defectBranches,
} from "../../../src/tui/details/attribution.ts";
import { materialOf } from "./shown.ts";

const SIGNS: readonly (readonly [certainty: Certainty, sign: string | undefined])[] = [
  ["certain", undefined],
  ["greeting", undefined],
  ["likely", "~ likely its own"],
  ["ambiguous", "? one of 2 commands"],
  ["unsolicited", "« push"],
];

for (const [certainty, sign] of SIGNS) {
  test(`the sign of what is ${certainty}: ${sign ?? "none"}`, () => {
    const attribution = { certainty, exchange: undefined, candidates: [1, 2], during: undefined };
    assert.equal(attributionMark(attribution)?.text, sign);
  });
}

/** What is said of each response to `a1`, in their order. */
const REASONS: readonly (readonly [dialogue: string, reasons: readonly string[]])[] = [
  [
    "C: a1 IDLE\nS: + idling\nS: * 6 EXISTS\nC: DONE\nS: a1 OK done",
    [
      "certain: the command waits for it",
      "unsolicited: no command asked for it",
      "certain: it has the tag of the command",
    ],
  ],
  [
    "C: a1 FETCH 1 FLAGS\nS: * 1 FETCH (FLAGS ())\nS: a1 OK done",
    ["likely: the best candidate, but a push would look the same", "certain: it has the tag of the command"],
  ],
  [
    "C: a1 UID SEARCH ALL\nC: a2 UID SEARCH ALL\nS: * SEARCH 10\nS: a1 OK done",
    ["ambiguous: each of 2 running commands may have asked for it", "certain: it has the tag of the command"],
  ],
  [
    "C: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: a1 OK done",
    ["certain: nothing else can have asked for it", "certain: it has the tag of the command"],
  ],
];

for (const [dialogue, reasons] of REASONS) {
  test(`reasons: ${reasons[0]}`, () => {
    const said = materialOf(dialogue, "a1").dialogue.flatMap((entry) =>
      entry.kind === "response" ? attributionBranches(entry, false) : [],
    );
    assert.deepEqual(
      said.map(({ label, text }) => [label, text]),
      reasons.map((reason) => ["attribution", reason]),
    );
    assert.ok(said.every(({ about }) => about?.[0]?.topic === "certainty"));
  });
}

test("a defect is told with what was seen, but on a shared screen without", () => {
  const found = defect("client-space", "a space behind NOOP", { certainty: "likely" });
  const told = (hidden: boolean): string | undefined => defectBranches([found], hidden)[0]?.text;
  assert.match(told(false) ?? "", /^likely client-space by the client: a space behind NOOP \(RFC/);
  assert.match(told(true) ?? "", /^likely client-space by the client \(RFC/);
});
