import assert from "node:assert/strict";
import { test } from "node:test";
import { compareCaptures } from "../../../src/core/replay/compare-captures.ts";
import { comparisonLines } from "../../../src/core/replay/compare-text.ts";
import { eventsOf } from "../../playbook.ts";

const RECORDED = eventsOf(`
  S: * OK ready
  C: a1 LOGIN alice xxxxxxxx
  S: a1 OK [CAPABILITY IMAP4rev1 IDLE] in
  C: a2 SELECT INBOX
  S: * 3 EXISTS
  S: * OK [UIDVALIDITY 5] valid
  S: a2 OK [READ-WRITE] open
  C: a3 FETCH 1 FLAGS
  S: * 1 FETCH (FLAGS (\\Seen))
  S: a3 OK done`);

function now(edit: (transcript: string) => string): ReturnType<typeof compareCaptures> {
  const transcript = `
  S: * OK hello
  C: a1 LOGIN "alice" xxxxxxxx
  S: a1 OK [CAPABILITY IMAP4rev1 IDLE] welcome
  C: a2 SELECT INBOX
  S: * OK [UIDVALIDITY 9] valid
  S: * 3 EXISTS
  S: a2 OK [READ-WRITE] selected
  C: a3 FETCH 1 FLAGS
  S: * 1 FETCH (FLAGS (\\Seen))
  S: a3 OK fetched`;
  return compareCaptures(RECORDED, eventsOf(edit(transcript)));
}

test("other words, another order and another UIDVALIDITY are the same answer", () => {
  const comparison = now((text) => text);
  assert.ok(comparison.same, comparisonLines(comparison).join("\n"));
  assert.equal(comparison.compared, 3);
});

test("capabilities that come with the login may be told in its code or by themselves, and those of TLS do not count", () => {
  const apart = now((text) =>
    text.replace("S: a1 OK [CAPABILITY IMAP4rev1 IDLE]", "S: * CAPABILITY IDLE STARTTLS IMAP4rev1\nS: a1 OK"),
  );
  assert.ok(apart.same, comparisonLines(apart).join("\n"));
  assert.match(
    comparisonLines(now((text) => text.replace(" IDLE]", "]"))).join("\n"),
    /CAPABILITY: no more IDLE/,
  );
});

test("a flag that is missing, another status, and a command without an answer are told", () => {
  assert.match(comparisonLines(now((text) => text.replace("\\Seen", ""))).join("\n"), /FETCH 1[\s\S]*seen/i);
  assert.match(
    comparisonLines(now((text) => text.replace("a3 OK", "a3 NO"))).join("\n"),
    /status: was OK, is NO/,
  );
  const cut = now((text) => text.slice(0, text.indexOf("  C: a3")));
  assert.deepEqual([cut.same, cut.unanswered], [false, 1]);
});

test("what was left out on purpose is not missed, and another way to log in is as good", () => {
  const other = eventsOf(
    "S: * OK\nC: a1 AUTHENTICATE PLAIN xxxxxxxx\nS: a1 OK in\nC: a2 SELECT INBOX\nS: * 3 EXISTS\nS: * OK [UIDVALIDITY 5] v\nS: a2 OK [READ-WRITE] x",
  );
  assert.ok(!compareCaptures(RECORDED, other).same);
  assert.ok(compareCaptures(RECORDED, other, new Set([3])).same);
});

test("what the server says now that answers nothing is a difference, kind by kind", () => {
  const broken = now((text) => text.replace("  C: a3", "  S: oddity\n  S: x9 OK what\n  S: oddity\n  C: a3"));
  assert.deepEqual(
    broken.defects.map(({ defect, connection, count }) => [defect.kind, connection, count]),
    [
      ["response-malformed", 1, 2],
      ["tagged-unknown", 1, 1],
    ],
  );
  assert.ok(!broken.same);
  assert.match(
    comparisonLines(broken).join("\n"),
    /^3 answers compared: 0 answers changed\.\ndefect of the server that was not recorded: response-malformed, 2 times, first in connection 1: .* \(RFC 9051 §7\)$/m,
  );
  const known = eventsOf("S: * OK hi\nS: oddity");
  assert.deepEqual(compareCaptures(known, known).defects, []);
});
