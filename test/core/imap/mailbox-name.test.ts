import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decodeMailbox,
  decodeMailboxName,
  encodeMailboxName,
  mailboxOf,
} from "../../../src/core/imap/mailbox-name.ts";
import { anyCharacter } from "../../any-character.ts";

const PROPER: readonly (readonly [raw: string, name: string])[] = [
  ["~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e"],
  ["&AOk-t&AOk-", "\u00e9t\u00e9"],
  ["Tom &- Jerry", "Tom & Jerry"],
  ["&2D3cSA-", "\u{1f448}"],
  ["plain.name", "plain.name"],
];

for (const [raw, name] of PROPER) {
  test(`RFC 3501 §5.1.3: ${raw}`, () => {
    assert.deepEqual(decodeMailboxName(raw), { name, problem: undefined });
    assert.equal(encodeMailboxName(name), raw);
  });
}

const BROKEN: readonly (readonly [raw: string, name: string, problem: RegExp])[] = [
  ["a & b", "a & b", /not closed/],
  ["&AOk", "&AOk", /not closed/],
  ["&U,BTFw-&ZeVnLIqe-", "\u53f0\u5317\u65e5\u672c\u8a9e", /side by side/],
  ["&AGE-", "a", /stand for themselves/],
  ["&2D0-", "&2D0-", /surrogate/],
  ["&A-", "&A-", /no character/],
  ["&AOkA-", "\u00e9", /left over/],
  ["&AOl-", "\u00e9", /not 0/],
  ["caf\xe9", "caf\ufffd", /not UTF-8/],
];

for (const [raw, name, problem] of BROKEN) {
  test(`a name that is not modified UTF-7 keeps what can be read: ${JSON.stringify(raw)}`, () => {
    const decoded = decodeMailboxName(raw);
    assert.equal(decoded.name, name);
    assert.match(decoded.problem ?? "", problem);
  });
}

test("INBOX is compared without case (RFC 9051 §5.1)", () => {
  assert.deepEqual(mailboxOf("iNbOx"), { raw: "iNbOx", name: "INBOX" });
  assert.deepEqual(mailboxOf("Inbox/a"), { raw: "Inbox/a", name: "Inbox/a" });
});

test("8-bit names are UTF-8, and their `&` is no shift (RFC 9755 §3)", () => {
  const { mailbox, problem } = decodeMailbox("caf\xc3\xa9 & co");
  assert.deepEqual([mailbox.name, problem], ["caf\u00e9 & co", undefined]);
});

test("law: every name survives the way to the wire and back", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (name) => {
      const raw = encodeMailboxName(name);
      assert.match(raw, /^[ -~]*$/);
      assert.deepEqual(decodeMailboxName(raw), { name, problem: undefined });
    }),
  );
});

test("law: any octets give a name", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("&", "-", "A", "/", ",", "\xe9", " ", "2", "D") }),
      (raw) => {
        assert.equal(typeof decodeMailboxName(raw).name, "string");
      },
    ),
  );
});
