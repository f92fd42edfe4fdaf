import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { announcedLiteral } from "../../../src/core/imap/growing-literal.ts";
import { literalHeader } from "../../../src/core/imap/literal-header.ts";

test("a literal begins as its header says, with nothing received", () => {
  const header = literalHeader(utf8("a APPEND x ~{12+}")) ?? assert.fail();
  const { octets, received, head, synchronizing, literal8, announcedMicros, continuedMicros } =
    announcedLiteral(header, 7);
  assert.deepEqual(
    [octets, received, head.length, announcedMicros, continuedMicros],
    [12, 0, 0, 7, undefined],
  );
  assert.deepEqual([synchronizing, literal8], [false, true]);
});
