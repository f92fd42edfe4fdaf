import assert from "node:assert/strict";
import { test } from "node:test";
import type { Response } from "../../../src/core/imap/response.ts";
import { cellWidth } from "../../../src/core/text/cells.ts";
import { formatResponse, formatResponseCode } from "../../../src/core/text/response.ts";
import { code, data, status } from "../../observations.ts";

const ROWS: readonly (readonly [made: Response, text: string])[] = [
  [status(), "OK done"],
  [status({ text: "" }), "OK"],
  [
    status({ status: "NO", code: code("TRYCREATE"), text: "No such mailbox" }),
    "NO [TRYCREATE] No such mailbox",
  ],
  [status({ code: code("COPYUID", "1 2:3 7:8") }), "OK [COPYUID 1 2:3 7:8] done"],
  [{ kind: "continuation", code: undefined, text: "idling" }, "+ idling"],
  [{ kind: "continuation", code: undefined, text: "" }, "+"],
  [
    { kind: "malformed", tag: undefined, name: undefined, text: "HTTP/1.1 400\u001b" },
    "(malformed) HTTP/1.1 400␛",
  ],
  [data("EXISTS", { kind: "count" }, 12), "12 EXISTS"],
  [data("FLAGS", { kind: "flags", flags: ["\\Seen"] }), "FLAGS (\\Seen)"],
];

for (const [made, text] of ROWS) {
  test(`in short: ${text}`, () => assert.equal(formatResponse(made), text));
}

test("a response never takes more cells than it is given", () => {
  const text = formatResponse(status({ text: "日本".repeat(1000) }), 30);
  assert.ok(cellWidth(text) <= 30 && text.endsWith("…"));
});

test("a code is shown as it stood, and cut", () => {
  assert.equal(formatResponseCode(code("ALERT")), "[ALERT]");
  assert.ok(cellWidth(formatResponseCode(code("X", "y".repeat(500)))) < 70);
});
