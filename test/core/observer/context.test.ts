/** Defects of several finders, and those that depend on what is known of the connection. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../../src/core/imap/defect.ts";
import { merged } from "../../../src/core/observer/context.ts";
import { play } from "../../playbook.ts";

test("of each kind only the first finder counts, but a finder may say a kind twice", () => {
  const twice = [defect("quoted-invalid", "one"), defect("quoted-invalid", "two")];
  assert.deepEqual(
    merged(twice, [defect("quoted-invalid", "three"), defect("server-nul", "x")]).map(({ detail }) => detail),
    ["one", "two", "x"],
  );
});

const ENABLED = "S: * PREAUTH hi\nC: e ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: e OK x\n";
const EIGHT_BIT = 'C: a LIST "" *\nS: * LIST () "/" "\\xc3\\xa4"\nS: a OK x';

test("8-bit octets are fine after ENABLE UTF8=ACCEPT, and only there", () => {
  assert.deepEqual(play(`S: * PREAUTH hi\n${EIGHT_BIT}`).defects, ["server-8bit?"]);
  assert.deepEqual(play(ENABLED + EIGHT_BIT).defects, []);
});

const AMPERSAND = 'C: a LIST "" *\nS: * LIST () "/" "Bits & pieces"\nS: a OK x';

test("names are modified UTF-7 only as long as UTF8=ACCEPT is not enabled", () => {
  assert.deepEqual(play(`S: * PREAUTH hi\n${AMPERSAND}`).defects, ["server-mailbox-name-utf7"]);
  assert.deepEqual(play(ENABLED + AMPERSAND).defects, []);
});
