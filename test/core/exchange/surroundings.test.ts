import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxView } from "../../../src/core/connection/mailbox-view.ts";
import { createOpenExchanges } from "../../../src/core/exchange/open-exchanges.ts";
import { isRev2, type Surroundings } from "../../../src/core/exchange/surroundings.ts";

test("IMAP4rev2 is on once it is enabled", () => {
  const surroundings: Surroundings = {
    open: createOpenExchanges(),
    numbers: createMailboxView(),
    fetched: undefined,
    select: undefined,
    notify: false,
    enabled: new Set(["IMAP4REV2"]),
    finished: { withTag: () => undefined },
  };
  assert.equal(isRev2(surroundings), true);
  assert.equal(isRev2({ ...surroundings, enabled: new Set() }), false);
});
