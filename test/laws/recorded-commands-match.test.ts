/** Every command of a real capture matches itself at every level, and what it means holds no secret and no control character. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createScriptBuilder } from "../../src/core/replay/build-script.ts";
import { createMatcher } from "../../src/core/replay/match.ts";
import { missLine } from "../../src/core/replay/mismatch-text.ts";
import { createNearest } from "../../src/core/replay/nearest.ts";
import { isLoggedIn } from "../../src/core/replay/scene.ts";
import type { Step } from "../../src/core/replay/script.ts";
import { createStepIndex } from "../../src/core/replay/step-index.ts";
import { captureEvents } from "../../src/files/capture-reader.ts";

const CAPTURES = ["demo/session.imapcap", "demo/mailbox.imapcap", "test/captures/v1.imapcap"];

async function stepsOf(path: string): Promise<readonly Step[]> {
  const builder = createScriptBuilder();
  for await (const event of captureEvents(fileURLToPath(new URL(`../../${path}`, import.meta.url))))
    builder.take(event);
  return builder.finish().connections.flatMap(({ steps }) => steps);
}

for (const path of CAPTURES) {
  test(`every command of ${path} finds itself, and itself as the nearest once it is used`, async () => {
    const steps = await stepsOf(path);
    assert.ok(steps.length > 0);
    for (const level of ["exact", "canonical"] as const) {
      const matcher = createMatcher(level);
      const index = createStepIndex(steps, matcher);
      const nearest = createNearest(steps, matcher);
      for (const step of steps) {
        assert.ok(index.find(step.request).includes(step), `${level} ${step.id}`);
        const authenticated = isLoggedIn(step);
        const place = { isUsed: () => true, authenticated, mailbox: step.mailbox, behind: step };
        const mismatch = nearest.explain(step.request, place);
        assert.equal(mismatch.because, "used", `${level} ${step.id}`);
        assert.match(missLine(step.request, mismatch), /^[\x20-\x7e]+$/);
      }
    }
  });
}
