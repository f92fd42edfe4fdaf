import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import {
  addDefects,
  countResponse,
  type OpenExchange,
  openExchange,
  pictureOf,
} from "../../../src/core/exchange/open-exchange.ts";
import { defect } from "../../../src/core/imap/defect.ts";

export function exchangeOf(ordinal: number, tag: string, commandName: string): OpenExchange {
  return openExchange({
    ordinal,
    id: ordinal,
    connection: 1,
    command: { tag, name: commandName, uid: false, arguments: [], detail: { kind: "other" } },
    tag,
    commandName,
    mailbox: undefined,
    sentMicros: 0,
    gapMicros: 0,
  });
}

test("a picture does not change with the exchange", () => {
  const open = exchangeOf(1, "a", "NOOP");
  const before = pictureOf(open, "inFlight");
  countResponse(open, "EXISTS");
  addDefects(open, [defect("server-nul", "x")]);
  assert.deepEqual([before.responseNames.size, before.defects.length], [0, 0]);
  const after = pictureOf(open, "bye");
  assert.deepEqual([[...after.responseNames], after.defects.length, after.end], [[["EXISTS", 1]], 1, "bye"]);
});

test("what one exchange keeps is bounded", () => {
  const open = exchangeOf(1, "a", "NOOP");
  for (let i = 0; i < LIMITS.responsesKept + 10; i++) {
    countResponse(open, `X${i}`);
    addDefects(open, [defect("server-nul", "x")]);
  }
  assert.deepEqual(
    [open.responseNames.size, open.defects.length],
    [LIMITS.responsesKept, LIMITS.responsesKept],
  );
});
