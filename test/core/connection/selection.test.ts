import assert from "node:assert/strict";
import { test } from "node:test";
import { createSelections } from "../../../src/core/connection/selection.ts";
import { createOpenExchanges } from "../../../src/core/exchange/open-exchanges.ts";
import type { Response } from "../../../src/core/imap/response.ts";
import { exchangeOf } from "../exchange/open-exchange.test.ts";

const EXISTS: Response = { kind: "data", name: "EXISTS", number: 3, data: { kind: "count" } };
const CLOSED: Response = {
  kind: "status",
  tag: undefined,
  status: "OK",
  code: { name: "CLOSED", text: "", data: { kind: "none" } },
  text: "",
};

test("the boundary passes with [CLOSED], and numbers are then those of the new mailbox", () => {
  const enabled = new Set<string>();
  const selections = createSelections({ midway: false, enabled });
  const open = createOpenExchanges();
  const first = exchangeOf(1, "a", "SELECT");
  open.add(first);
  assert.equal(selections.selecting(open, EXISTS)?.exchange, first);
  assert.equal(selections.boundary(), "none");
  const opened = selections.opened(first, false);
  open.remove(first);

  open.add(exchangeOf(2, "b", "EXAMINE"));
  selections.selecting(open, CLOSED);
  assert.deepEqual([selections.boundary(), selections.view()], ["possible", opened.view]);
  enabled.add("QRESYNC");
  assert.equal(selections.boundary(), "expected");
  selections.learn(CLOSED);
  assert.equal(selections.boundary(), "passed");
  assert.notEqual(selections.view(), opened.view);
});

test("outside any mailbox there is a view that knows nothing", () => {
  const selections = createSelections({ midway: false, enabled: new Set() });
  assert.deepEqual([selections.current(), selections.view().exists], [undefined, undefined]);
});
