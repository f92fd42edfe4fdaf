import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./running.ts";

test("plays the bundled session as lines, without defects of imapscope's making, and ends", async () => {
  const { code, stdout, stderr } = await run(["demo"]);
  assert.equal(code, 0);
  assert.match(stdout, / OK +SELECT INBOX/);
  assert.match(stdout, /\* .* push .*EXISTS +during .* IDLE/);
  assert.match(stdout, / NO +SELECT/);
  assert.match(stdout, /\d connections, \d+ exchanges/);
  assert.match(stderr, /imapscope proxy imaps:/);
});
