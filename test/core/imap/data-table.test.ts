import assert from "node:assert/strict";
import { test } from "node:test";
import { numberedName, responseData } from "../../../src/core/imap/data-table.ts";
import { RESPONSES } from "../../../src/core/vocabulary/responses.ts";
import { dataLexer, defectKinds } from "../../parsed-response.ts";

test("no response of the vocabulary is unknown here", () => {
  for (const { name, form } of RESPONSES) {
    if (form === "status") continue;
    const lexer = dataLexer("");
    responseData(lexer, name, "full");
    assert.ok(!defectKinds(lexer).includes("response-unknown"), name);
  }
});

test("an unknown name keeps its data as tokens", () => {
  const lexer = dataLexer("a (b)");
  const data = responseData(lexer, "XPIG-LATIN", "full");
  assert.equal(data.kind === "tokens" ? data.tokens.length : 0, 2);
  assert.deepEqual(defectKinds(lexer), ["response-unknown"]);
});

test("a count may be 0, a message number may not (RFC 9051 §7.4.1, §7.5.1)", () => {
  assert.equal(numberedName("EXISTS")?.zero, true);
  assert.equal(numberedName("EXPUNGE")?.zero, false);
  assert.equal(numberedName("LIST"), undefined);
});
