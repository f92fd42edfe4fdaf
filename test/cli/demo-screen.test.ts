import assert from "node:assert/strict";
import { test } from "node:test";
import { ON_TERMINAL, onTerminal } from "./on-terminal.ts";

test(
  "on a terminal the demo plays on the screen, can be looked into, and ends when one quits",
  ON_TERMINAL,
  async (t) => {
    const demo = onTerminal(t, ["demo"]);
    await demo.shows(/demo, played as it happened {2}1\/1 connection open/);
    await demo.shows(/ OK +NAMESPACE/);
    demo.type("gt4\r\r");
    await demo.shows(/C: 4 NAMESPACE/);
    demo.type("q");
    const { code, text } = await demo.ended();
    assert.equal(code, 0);
    assert.match(text, /1 connection, \d+ exchanges/);
    assert.match(text, /imapscope proxy imaps:/);
  },
);

test("with --lines it prints lines", ON_TERMINAL, async (t) => {
  const demo = onTerminal(t, ["demo", "--lines"]);
  assert.match(await demo.shows(/ OK +NAMESPACE/), /^imapscope: a session of two real clients/);
});
