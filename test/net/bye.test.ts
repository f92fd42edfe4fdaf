import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { byeLine } from "../../src/net/bye.ts";
import { anyCharacter } from "../any-character.ts";

test("a BYE with its reason", () => {
  assert.equal(
    Buffer.from(byeLine("the server is away")).toString(),
    "* BYE [UNAVAILABLE] imapscope: the server is away\r\n",
  );
});

test("law: whatever the reason, it is one line of ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (reason) => {
      assert.match(
        Buffer.from(byeLine(reason)).toString("latin1"),
        /^\* BYE \[UNAVAILABLE\] imapscope: [\x20-\x7e]*\r\n$/,
      );
    }),
  );
});
