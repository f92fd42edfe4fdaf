import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxFacts, learnFacts } from "../../../src/core/connection/mailbox-facts.ts";
import type { CodeData } from "../../../src/core/imap/response.ts";

function code(name: string, text: string, data: CodeData = { kind: "none" }) {
  return { kind: "status", tag: undefined, status: "OK", code: { name, text, data }, text: "" } as const;
}

test("facts are learned from data and response codes, and their names are written down", () => {
  const facts = createMailboxFacts();
  learnFacts(facts, {
    kind: "data",
    name: "FLAGS",
    number: undefined,
    data: { kind: "flags", flags: ["\\Seen"] },
  });
  learnFacts(facts, { kind: "data", name: "RECENT", number: 3, data: { kind: "count" } });
  learnFacts(facts, code("UIDVALIDITY", "7", { kind: "number", value: "7" }));
  learnFacts(facts, code("MAILBOXID", "(F2212ea87)"));
  learnFacts(facts, code("READ-ONLY", ""));
  learnFacts(facts, code("X-OTHER", ""));
  assert.deepEqual([facts.flags, facts.recent, facts.uidValidity], [["\\Seen"], 3, "7"]);
  assert.deepEqual([facts.mailboxId, facts.readOnly], ["F2212ea87", true]);
  assert.deepEqual([...facts.told], ["FLAGS", "RECENT", "UIDVALIDITY", "READ-ONLY"]);
});

test("a code whose value could not be read does not undo what is known", () => {
  const facts = createMailboxFacts();
  learnFacts(facts, code("UIDNEXT", "9", { kind: "number", value: "9" }));
  learnFacts(facts, code("UIDNEXT", "none"));
  assert.equal(facts.uidNext, "9");
});
