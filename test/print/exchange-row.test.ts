import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../src/core/imap/defect.ts";
import { exchangeRow, inFlightRow } from "../../src/print/exchange-row.ts";
import { code, command, exchange, TIMINGS } from "../observations.ts";

test("an exchange that went well", () => {
  assert.deepEqual(exchangeRow(exchange(), "now"), {
    mark: " ",
    time: "now",
    connection: 1,
    label: "a1",
    status: "OK",
    style: "ok",
    words: { main: "UID FETCH 1:50 (FLAGS ENVELOPE)", mailbox: "INBOX", tail: "", text: "" },
    numbers: { untagged: "50", up: "34", down: "12.3k", wait: "1.23 ms", total: "45.0 ms" },
  });
});

test("of a long tag its end counts", () => {
  const tag = `${"x".repeat(40)}0012`;
  const labels = [exchangeRow(exchange({ tag }), "now"), inFlightRow(exchange({ tag }), "now", 1)];
  assert.deepEqual(
    labels.map(({ label }) => label),
    ["…xxxxxxx0012", "…xxxxxxx0012"],
  );
});

test("one that failed says why, with its code and the number of its defects", () => {
  const row = exchangeRow(
    exchange({
      status: "NO",
      code: code("TRYCREATE"),
      text: "No\u001b mailbox",
      defects: [defect("client-nul", "x")],
    }),
    "now",
  );
  assert.equal(row.mark, "x");
  assert.equal(row.style, "no");
  assert.deepEqual([row.words.tail, row.words.text], ["!1 [TRYCREATE]", "No␛ mailbox"]);
});

test("one that was lost says so", () => {
  const row = exchangeRow(exchange({ end: "connectionLost", status: undefined, mailbox: undefined }), "now");
  assert.deepEqual([row.status, row.style, row.words.text], ["lost", "bad", "the connection was lost"]);
});

test("the total of IDLE is idle time, its wait is DONE to OK", () => {
  const idle = command("IDLE");
  const timings = { ...TIMINGS, idleMicros: 30_000_000, idleEndMicros: 23_000 };
  const { numbers } = exchangeRow(exchange({ command: idle, timings }), "now");
  assert.deepEqual([numbers?.wait, numbers?.total], ["23.0 ms", "30.0 s"]);
});

test("in flight, and idle", () => {
  const row = inFlightRow(exchange({ end: "inFlight", status: undefined }), "now", 1_000_000);
  assert.deepEqual(
    [row.mark, row.status, row.words.tail, row.numbers?.total],
    ["~", "open", "in flight", "1.0 s"],
  );
  assert.equal(inFlightRow(exchange({ command: command("IDLE") }), "now", 1_000_000).status, "idle");
});
