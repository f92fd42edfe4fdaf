import assert from "node:assert/strict";
import { test } from "node:test";
import { dialogueLines, looseLines } from "../../src/print/dialogue-lines.ts";
import { createPalette } from "../../src/print/palette.ts";

const PLAIN = createPalette(false);

test("rows with the milliseconds since the command, and what was not kept", () => {
  const head = [{ atMicros: 1000, kind: "line", text: "C: a1 NOOP" }] as const;
  const tail = [{ atMicros: 1_236_000, kind: "line", text: "S: a1 OK" }] as const;
  assert.deepEqual(dialogueLines({ head, dropped: 1234, tail }, 1000, PLAIN), [
    "        +0.000 C: a1 NOOP",
    "               … 1,234 rows not kept",
    "     +1235.000 S: a1 OK",
  ]);
});

test("rows of no exchange with their times", () => {
  const rows = [{ atMicros: 5, kind: "line", text: "S: * 1 EXISTS" }] as const;
  assert.deepEqual(
    looseLines(rows, () => "19:00:00.000", PLAIN),
    ["  19:00:00.000 S: * 1 EXISTS"],
  );
});
