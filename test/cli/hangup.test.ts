import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { endByHangup, hangupTest } from "../../src/cli/hangup.ts";

test("a terminal that was there and is gone is a hangup; where there was none, there is none", () => {
  const terminals = new Set([0, 2]);
  const isHungUp = hangupTest((descriptor) => terminals.has(descriptor));
  assert.equal(isHungUp(), false);
  terminals.delete(2);
  assert.equal(isHungUp(), true);
  assert.equal(hangupTest(() => false)(), false);
});

test("what ends by hangup ends by that signal, although somebody listens to it", {
  skip: process.platform === "win32",
}, () => {
  const code = `process.on("SIGHUP", () => {}); setInterval(() => {}, 1000); (${endByHangup})();`;
  assert.equal(spawnSync(process.execPath, ["-e", code], { timeout: 120_000 }).signal, "SIGHUP");
});
