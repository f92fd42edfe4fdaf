/** Each response is given with its attribution; pushes, alerts and state changes follow it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, playSelected } from "../../playbook.ts";

test("the greeting is a class of its own", () => {
  const [, greeting] = play("S: * OK hi").observations;
  assert.ok(greeting?.kind === "response");
  assert.deepEqual([greeting.role, greeting.attribution.certainty], ["greeting", "greeting"]);
});

test("a push names the exchange that it came during, and the mailbox", () => {
  const { pushes, exchanges } = playSelected("C: a IDLE\nS: + ok\nS: * 6 EXISTS\nC: DONE\nS: a OK x");
  assert.deepEqual(
    [pushes.length, pushes[0]?.during, pushes[0]?.mailbox, pushes[0]?.octets],
    [1, exchanges[0]?.id, "INBOX", 12],
  );
});

test("what belongs to a command is no push", () => {
  assert.deepEqual(playSelected("C: a SEARCH ALL\nS: * SEARCH 1\nS: a OK x").pushes, []);
});

test("[ALERT] is a notice, tagged and untagged", () => {
  assert.deepEqual(playSelected("S: * OK [ALERT] a\nC: a NOOP\nS: a NO [ALERT] b").notices, [
    "alert",
    "alert",
  ]);
});

test("a completion is observed as response, state, exchange, in this order", () => {
  const { observations } = playSelected("C: a CLOSE\nS: a OK x");
  assert.deepEqual(
    observations.map(({ kind }) => kind),
    ["exchangeStarted", "request", "response", "state", "exchange"],
  );
});

test("defects stand in the exchange and are observed once each", () => {
  const { exchanges, defects } = playSelected("C: a FETCH 9 FLAGS\nS: * 9 FETCH (FLAGS ())\nS: a OK x");
  assert.deepEqual(defects, ["sequence-number-out-of-range"]);
  assert.deepEqual(
    exchanges[0]?.defects.map(({ kind }) => kind),
    ["sequence-number-out-of-range"],
  );
});
