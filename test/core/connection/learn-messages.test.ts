import assert from "node:assert/strict";
import { test } from "node:test";
import { learnMessages } from "../../../src/core/connection/learn-messages.ts";
import { createMailboxView } from "../../../src/core/connection/mailbox-view.ts";
import { fetchedOf } from "../../../src/core/exchange/fetched.ts";
import type { Response, ResponseData } from "../../../src/core/imap/response.ts";

test("EXISTS, FETCH, EXPUNGE and VANISHED are taken into the view; VANISHED (EARLIER) is not", () => {
  const view = createMailboxView();
  const learn = (name: string, number: number | undefined, data: ResponseData) => {
    const response: Response = { kind: "data", name, number, data };
    learnMessages(view, response, fetchedOf(response, view));
  };
  const fetched = (uid: string): ResponseData => ({
    kind: "fetch",
    items: [
      { name: "UID", value: { kind: "number", value: uid } },
      { name: "FLAGS", value: { kind: "flags", flags: ["\\Seen"] } },
    ],
  });
  learn("EXISTS", 3, { kind: "count" });
  learn("FETCH", 2, fetched("20"));
  learn("FETCH", 3, fetched("30"));
  learn("EXPUNGE", 1, { kind: "count" });
  learn("VANISHED", undefined, { kind: "vanished", earlier: true, uids: [{ from: 20, to: 20 }] });
  assert.deepEqual([view.exists, view.uidOf(view.slotOf(1) ?? 0), view.flagsOf(2)], [2, 20, ["\\Seen"]]);
  learn("VANISHED", undefined, { kind: "vanished", earlier: false, uids: [{ from: 20, to: 20 }] });
  assert.deepEqual([view.exists, view.uidOf(view.slotOf(1) ?? 0)], [1, 30]);
});
