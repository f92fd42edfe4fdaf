import assert from "node:assert/strict";
import { test } from "node:test";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { ServerDefects } from "../../../src/core/replay/new-defects.ts";
import { defectFound } from "../../observations.ts";

function seen(...kinds: readonly DefectKind[]): ServerDefects {
  const found = new ServerDefects();
  for (const kind of kinds) found.take(defectFound(kind));
  return found;
}

test("kinds that are new are told once, with their first and their number", () => {
  const now = seen("starttls-injection", "tagged-unknown", "starttls-injection");
  const [injection, ...others] = now.notIn(seen("tagged-unknown"));
  assert.deepEqual(
    [injection?.defect.kind, injection?.connection, injection?.count],
    ["starttls-injection", 1, 2],
  );
  assert.deepEqual([others, now.notIn(now)], [[], []]);
});

test("what the client breaks, and what is wrong within answers, says nothing of what answers none", () => {
  assert.deepEqual(seen("client-bare-lf", "uid-not-ascending").notIn(seen()), []);
});
