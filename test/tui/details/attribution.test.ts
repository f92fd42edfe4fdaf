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

test("an attribution has its reason with its RFC, and can be explained", () => {
  const material = materialOf("C: a1 NOOP\nS: a1 OK done", "a1");
  const response = material.dialogue.find((entry) => entry.kind === "response");
  assert.ok(response !== undefined);
  const [reason, ...others] = attributionBranches(response, false);
  assert.match(reason?.text ?? "", /^certain: The protocol itself names the command.*\(RFC 9051 §2\.2\.2\)$/);
  assert.deepEqual(reason?.about, [{ topic: "certainty", name: "certain" }]);
  assert.deepEqual(others, []);
});

test("a defect is told with what was seen, but on a shared screen without", () => {
  const found = defect("client-space", "a space behind NOOP", { certainty: "likely" });
  const told = (hidden: boolean): string | undefined => defectBranches([found], hidden)[0]?.text;
  assert.match(told(false) ?? "", /^likely client-space by the client: a space behind NOOP \(RFC/);
  assert.match(told(true) ?? "", /^likely client-space by the client \(RFC/);
});
