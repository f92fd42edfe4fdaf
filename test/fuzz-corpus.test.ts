/** The corpus holds, and each target finds nothing in a few tries of one seed. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { endsWell, PROGRAM } from "./fuzz/arguments.ts";
import { captureTargets } from "./fuzz/capture-files.ts";
import { ARGUMENTS, DIALOGUES, saidBy } from "./fuzz/corpus.ts";
import { CANARY, dialogues } from "./fuzz/dialogues.ts";
import { wireTargets } from "./fuzz/wire.ts";
import { framesAlike, holdsTogether, keepsSecret } from "./fuzz/wire-laws.ts";

for (const [name, rows] of Object.entries(DIALOGUES)) {
  test(`corpus: ${name}`, () => {
    const said = saidBy(rows);
    holdsTogether(said);
    framesAlike(said, [].values());
    keepsSecret(said, CANARY);
  });
}

test("corpus: command lines", { skip: !existsSync(PROGRAM) && "not built" }, async () => {
  for (const words of ARGUMENTS) await endsWell(words);
});

test("the fuzz begins from real dialogues with the canary in them", () => {
  assert.ok(dialogues.length >= 2);
  assert.throws(() => keepsSecret([{ from: "server", bytes: Buffer.from("* OK Kan4rie7\r\n") }], CANARY));
  const clients = dialogues.flat().filter(({ from }) => from === "client");
  assert.ok(clients.some(({ bytes }) => Buffer.from(bytes).includes(CANARY)));
});

for (const { name, property } of [...wireTargets, ...captureTargets].filter(
  (each) => each.name !== "wire-time",
)) {
  test(`a short fuzz: ${name}`, async () => {
    const details = await fc.check(property, { seed: 1, numRuns: 10 });
    assert.ok(!details.failed, fc.defaultReportMessage(details));
  });
}
