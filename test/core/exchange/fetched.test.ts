import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxView } from "../../../src/core/connection/mailbox-view.ts";
import { deliveryKey, fetchedOf } from "../../../src/core/exchange/fetched.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { parseResponse } from "../../../src/core/imap/parse-response.ts";

const fetched = (line: string, view = createMailboxView()) =>
  fetchedOf(parseResponse(frameOf("server", `${line}\r\n`)).value, view);

test("FETCH names its message by number, and perhaps by UID", () => {
  const { uid, message } = fetched("* 3 FETCH (UID 30 FLAGS ())") ?? {};
  assert.deepEqual([uid, message?.slot, message?.uid], [30, 3, 30]);
  assert.equal(message && deliveryKey(message), 3);
});

test("UIDFETCH names it by UID alone", () => {
  const { uid, message } = fetched("* 30 UIDFETCH (FLAGS ())") ?? {};
  assert.deepEqual([uid, message?.slot, message?.uid], [undefined, undefined, 30]);
  assert.equal(message && deliveryKey(message), 30);
});

test("other responses fetch nothing", () => {
  assert.equal(fetched("* 3 EXISTS"), undefined);
  assert.equal(fetched("* OK FETCH"), undefined);
});
