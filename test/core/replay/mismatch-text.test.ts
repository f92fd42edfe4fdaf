import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createMatcher } from "../../../src/core/replay/match.ts";
import {
  asciiLine,
  differenceText,
  missLine,
  reasonText,
  remedyText,
} from "../../../src/core/replay/mismatch-text.ts";
import { createNearest, type Place } from "../../../src/core/replay/nearest.ts";
import { anyCharacter } from "../../any-character.ts";
import { asked, requestOf, stepOf } from "../../requests.ts";

const AT_START: Place = { isUsed: () => false, authenticated: true, mailbox: "INBOX", behind: undefined };

function texts(
  text: string,
  recorded: string,
  place: Partial<Place> = {},
  level: "exact" | "canonical" = "canonical",
) {
  const request = asked(text);
  const nearest = createNearest([stepOf(7, recorded)], createMatcher(level));
  const mismatch = nearest.explain(request, { ...AT_START, ...place });
  return {
    line: missLine(request, mismatch),
    reason: reasonText(mismatch),
    remedy: remedyText(request, mismatch),
  };
}

test("the client's line names the command, the nearest exchange and what differs", () => {
  assert.equal(
    texts("STORE 1 +FLAGS (\\Answered)", "STORE 1 +FLAGS (\\Seen \\Answered)").line,
    "Replay: no recorded answer to STORE: the nearest is exchange 7 (STORE 1 +FLAGS (\\Seen \\Answered)): flags: \\Seen missing",
  );
  assert.equal(
    texts("UID FETCH 1:4 FLAGS", "UID FETCH 1:3 FLAGS").line,
    "Replay: no recorded answer to UID FETCH: the nearest is exchange 7 (UID FETCH 1:3 FLAGS): set: 4 too much",
  );
  assert.match(texts("FETCH 1 ENVELOPE", "NOOP").line, /no exchange with this command was recorded$/);
});

test("the reason says where the client stands", () => {
  const reason = (place: Partial<Place>): string => texts("FETCH 1 FLAGS", "FETCH 1 FLAGS", place).reason;
  const nearest = "exchange 7 (FETCH 1 FLAGS) matches, but was recorded";
  assert.equal(reason({ authenticated: false }), `${nearest} after the login`);
  assert.equal(reason({ mailbox: "Sent" }), `${nearest} in mailbox INBOX, and here Sent is selected`);
  assert.equal(reason({ mailbox: undefined }), `${nearest} in mailbox INBOX, and here none is selected`);
  assert.equal(
    texts("CAPABILITY", "COPY 1 a").reason,
    "no exchange with this command was recorded; next comes exchange 7 (COPY 1 a)",
  );
});

const LONG_ITEMS = "UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE";

test("the remedy says what would make it match", () => {
  const append = (message: string) => `APPEND a {${message.length}}\r\n${message}`;
  for (const [one, other, place, remedy] of [
    ["NOOP", "CHECK", {}, /^Record a session in which the client sends NOOP\.$/],
    ["FETCH 1 FLAGS", "FETCH 1 FLAGS", { isUsed: () => true }, /as often as it is sent/],
    ["FETCH 1 FLAGS", "FETCH 1 FLAGS", {}, /^Send it in its place, as exchange 7, or play by state/],
    ["FETCH 1 FLAGS", "FETCH 1 FLAGS", { mailbox: "Sent" }, /^Select INBOX first/],
    ["FETCH 1 FLAGS", "FETCH 1 FLAGS", { authenticated: false }, /^Log in first, as recorded/],
    [
      "FETCH 1 FLAGS",
      "FETCH 1 UID",
      {},
      /^Send the items \(UID\) as recorded; or, if the client is right, record the session anew\.$/,
    ],
    ["SELECT a (CONDSTORE)", "SELECT a", {}, /^Leave out the parameters; or, if the client is right/],
    [
      "SELECT a (CONDSTORE)",
      "SELECT b",
      {},
      /^Send the mailbox \(b\) as recorded, and leave out the parameters; or/,
    ],
    ["LIST x a", 'LIST "" a', {}, /^Send the reference \(empty\) as recorded; or/],
    ["FETCH 1:2 UID", "FETCH 1:3 FLAGS", {}, /^Send the set \(1:3\) and the items \(FLAGS\) as recorded; or/],
    [
      "UID STORE 1 +FLAGS (\\Seen)",
      "STORE 2 -FLAGS (\\Deleted)",
      {},
      /^Send the command \(STORE\), the set \(2\), the item \(-FLAGS\) and the flags \(\\Deleted\) as recorded; or/,
    ],
    [`FETCH 1 UID`, `FETCH 1 (${LONG_ITEMS})`, {}, /^Send the items as recorded; or/],
    [
      'LIST "" a',
      'LIST "" a RETURN (SUBSCRIBED)',
      {},
      /^Send the return options \(SUBSCRIBED\) as recorded; or/,
    ],
    [append("Date: 1"), append("Date: 2"), {}, /^If it is new each time, ignore it: date\.$/],
    [append("Message-ID: 1"), append("Message-ID: 2"), {}, /ignore it: message-id\.$/],
    ["SEARCH SINCE 1-Jan-2026", "SEARCH SINCE 2-Jan-2026", {}, /ignore it: search-date\.$/],
    [append("X-Id: 1\r\n"), append("X-Id: 2\r\n"), {}, /ignore it: header:x-id\.$/],
    [
      append("Subject: 1\r\n"),
      append("Subject: 2\r\n"),
      {},
      /^Send message 1 \(line 1: Subject: 2\) as recorded/,
    ],
    [
      'APPEND a "01-Jan-2026 00:00:00 +0000" {1}\r\nx',
      'APPEND a "02-Jan-2026 00:00:00 +0000" {1}\r\nx',
      {},
      /internaldate/,
    ],
    [append("Date: 1"), append("Dato: 2"), {}, /^Send message 1 \(line 1: Dato: 2\) as recorded/],
  ] as const)
    assert.match(texts(one, other, place).remedy, remedy);
  assert.match(texts("fetch 1 flags", "FETCH 1 FLAGS", {}, "exact").remedy, /match by meaning/);
});

test("whatever a client sends, its line is printable ASCII, bounded, and no response code", () => {
  const text = fc
    .string({ maxLength: 400, unit: anyCharacter })
    .map((each) => each.replace(/[\n\r]|[^\0-\xff]/g, "?"));
  fc.assert(
    fc.property(text, text, (one, other) => {
      const request = requestOf(`a1 ${one}\r\n`);
      const mismatch = createNearest([stepOf(1, other)], createMatcher("canonical")).explain(
        request,
        AT_START,
      );
      assert.match(missLine(request, mismatch), /^Replay: [\x20-\x7e]{1,480}$/);
      assert.match(remedyText(request, mismatch), /^[^\0-\x1f\x7f]+$/);
    }),
  );
  assert.equal(asciiLine("[ALERT] ü…"), "(ALERT] ?...");
});

test("a difference in words", () => {
  assert.equal(
    differenceText({ field: "set", asked: "1", recorded: undefined }),
    "set was not recorded, asked is 1",
  );
  assert.equal(
    differenceText({ field: "set", asked: undefined, recorded: "1" }),
    "set is missing, recorded was 1",
  );
  assert.equal(
    differenceText({ field: "items", asked: "A", recorded: "B", missing: "B", surplus: "A" }),
    "items: B missing, A too much",
  );
  assert.equal(
    differenceText({ field: "user", asked: "", recorded: "a" }),
    "user is nothing, recorded was a",
  );
});

test("a remedy names a few fields, and that there are more", () => {
  const differences = Array.from({ length: 9 }, (_, i) => ({
    ...{ field: `message ${i + 1}`, asked: "a", recorded: "b" },
  }));
  const nearest = createNearest([stepOf(7, "NOOP")], createMatcher("canonical"));
  const mismatch = { ...nearest.explain(asked("NOOP"), AT_START), because: "differs", differences } as const;
  assert.equal(
    remedyText(asked("NOOP"), mismatch),
    "Send message 1 (b), message 2 (b), message 3 (b), message 4 (b), message 5 (b) and whatever else differs as recorded; or, if the client is right, record the session anew.",
  );
});
