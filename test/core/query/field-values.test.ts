import assert from "node:assert/strict";
import { test } from "node:test";
import type { TextFieldName } from "../../../src/core/query/field-table.ts";
import { FIELD_VALUES, NOTHING_SEEN } from "../../../src/core/query/field-values.ts";

const ROWS: readonly (readonly [field: TextFieldName, first: readonly string[], among: readonly string[]])[] =
  [
    ["cmd", ["FETCH", "UID FETCH", "SELECT"], ["UID EXPUNGE", "GETQUOTAROOT", "XLIST"]],
    ["status", ["NO", "BAD", "OK"], ["open", "lost", "ended", "opaque", "left", "BYE", "PREAUTH"]],
    ["code", ["ALERT"], ["TRYCREATE", "OVERQUOTA", "behind", "byImapscope"]],
    ["mailbox", ["INBOX", "Sent"], []],
    ["tag", ["a1"], []],
    ["user", ["alice"], []],
    ["kind", ["exchange", "push"], ["defect", "state", "connection", "tls", "notice", "request", "response"]],
    ["defect", [], ["client-bare-lf", "tag-reused"]],
    ["state", ["selected"], ["not-authenticated", "authenticated", "logout", "unknown"]],
    ["text", [], []],
  ];

const seen = { ...NOTHING_SEEN, mailboxes: ["INBOX", "Sent"], tags: ["a1"], users: ["alice"] };

for (const [field, first, among] of ROWS) {
  test(`values of ${field}`, () => {
    const values = FIELD_VALUES[field](seen);
    const texts = values.map(({ text }) => text);
    assert.deepEqual(texts.slice(0, first.length), first);
    assert.deepEqual(
      among.filter((text) => !texts.includes(text)),
      [],
    );
    assert.equal(new Set(texts).size, texts.length, "each once");
    assert.ok(values.every(({ words }) => words !== ""));
  });
}
