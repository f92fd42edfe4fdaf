import assert from "node:assert/strict";
import { test } from "node:test";
import { gatherExchange } from "../../../src/tui/details/gather.ts";
import { playSelected } from "../../playbook.ts";
import { materialOf } from "./shown.ts";

const DIALOGUE = `
  C: a1 NOOP
  C: a2 UID SEARCH ALL
  S: * 6 EXISTS
  S: a1 OK done
  S: * SEARCH 1 2
  S: a2 OK found
  S: * 7 EXISTS
`;

function kinds(tag: string): string {
  return materialOf(DIALOGUE, tag)
    .dialogue.map((entry) =>
      entry.kind === "response" ? `${entry.kind} ${entry.attribution.certainty}` : entry.kind,
    )
    .join(", ");
}

test("an exchange gets its command, its answers, and what came during it", () => {
  assert.equal(kinds("a1"), "request, response unsolicited, push, response certain");
  assert.equal(kinds("a2"), "request, response unsolicited, push, response certain, response certain");
});

test("changes of state and defects are gathered with the exchange that caused them", () => {
  const { dialogue } = materialOf("C: a1 EXAMINE Trash\nS: * 3 EXISTS\nS: a1 OK [READ-ONLY] done", "a1");
  const found = dialogue.map((entry) => entry.kind);
  assert.ok(found.includes("state") && found.includes("defect"), found.join(" "));
});

test("the exchange is given as it is last known, and undefined before it begins", () => {
  assert.equal(materialOf(DIALOGUE, "a2").exchange.end, "completed");
  assert.equal(materialOf("C: a1 NOOP", "a1").exchange.end, "captureEnd");
  assert.equal(gatherExchange(99).material(undefined), undefined);
});

test("what is too much is counted and not kept", () => {
  const { observations } = playSelected(
    "C: a1 UID FETCH 1:5 UID\nS: * 1 FETCH (UID 5)\nS: * 2 FETCH (UID 6)\nS: a1 OK done",
  );
  const begun = observations.find((seen) => seen.kind === "exchangeStarted");
  const gatherer = gatherExchange(begun?.kind === "exchangeStarted" ? begun.exchange.id : 0, 2);
  for (const seen of observations) gatherer.take(seen);
  const material = gatherer.material(undefined);
  assert.deepEqual([material?.dialogue.length, (material?.leftOut ?? 0) > 0], [2, true]);
});
