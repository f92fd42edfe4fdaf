import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResponseData } from "../../../src/core/imap/response.ts";
import { formatData } from "../../../src/core/text/response-data.ts";
import { atom, list, mailbox, quoted } from "../../observations.ts";

const INBOX = mailbox("INBOX");

const ROWS: readonly (readonly [value: ResponseData, text: string])[] = [
  [{ kind: "count" }, ""],
  [{ kind: "capabilities", capabilities: ["IMAP4REV1", "IDLE"] }, "IMAP4REV1 IDLE"],
  [{ kind: "flags", flags: ["\\Answered", "$Junk"] }, "(\\Answered $Junk)"],
  [
    {
      kind: "list",
      attributes: ["\\HasNoChildren"],
      delimiter: "/",
      mailbox: mailbox("Архив 1"),
      extended: new Map(),
    },
    '(\\HasNoChildren) "/" "Архив 1"',
  ],
  [{ kind: "list", attributes: [], delimiter: null, mailbox: INBOX, extended: new Map() }, "() NIL INBOX"],
  [
    {
      kind: "status",
      mailbox: INBOX,
      items: new Map([
        ["MESSAGES", "12"],
        ["UIDNEXT", "44"],
      ]),
    },
    "INBOX (MESSAGES 12 UIDNEXT 44)",
  ],
  [{ kind: "search", numbers: [1, 2, 3], modSeq: undefined }, "1 2 3"],
  [
    { kind: "search", numbers: Array.from({ length: 120 }, (_, i) => i + 1), modSeq: "7" },
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 … (120) (MODSEQ 7)",
  ],
  [
    {
      kind: "esearch",
      tag: "a1",
      mailbox: undefined,
      uidValidity: undefined,
      uid: true,
      results: new Map([
        ["COUNT", atom("5")],
        ["ALL", atom("1:5")],
      ]),
    },
    "UID COUNT 5 ALL 1:5",
  ],
  [{ kind: "thread", threads: [list(atom("1"), list(atom("2")))] }, "(1 (2))"],
  [{ kind: "fetch", items: [{ name: "UID", value: { kind: "number", value: "44" } }] }, "(UID 44)"],
  [{ kind: "vanished", earlier: true, uids: [{ from: 1, to: 5 }] }, "(EARLIER) 1:5"],
  [
    { kind: "quota", root: "", resources: [{ name: "STORAGE", usage: "10", limit: "512" }] },
    '"" (STORAGE 10/512)',
  ],
  [{ kind: "quotaRoot", mailbox: INBOX, roots: ["", "a b"] }, 'INBOX "" "a b"'],
  [
    {
      kind: "namespace",
      personal: [{ prefix: "", delimiter: "/" }],
      otherUsers: [],
      shared: [{ prefix: "#s/", delimiter: "/" }],
    },
    '("") NIL (#s/)',
  ],
  [
    {
      kind: "id",
      fields: new Map([
        ["name", "Dovecot"],
        ["os", null],
      ]),
    },
    "(name=Dovecot os=NIL)",
  ],
  [{ kind: "id", fields: null }, "NIL"],
  [{ kind: "acl", mailbox: INBOX, rights: [["alice", "lrs"]] }, "INBOX (alice=lrs)"],
  [{ kind: "myRights", mailbox: INBOX, rights: "lrs" }, "INBOX lrs"],
  [{ kind: "listRights", mailbox: INBOX, identifier: "alice", rights: ["l", "r"] }, "INBOX alice l r"],
  [
    {
      kind: "metadata",
      mailbox: INBOX,
      entries: [
        { name: "/shared/comment", value: "a b" },
        { name: "/x", value: null },
        { name: "/y", value: undefined },
      ],
    },
    'INBOX (/shared/comment="a b" /x=NIL /y)',
  ],
  [{ kind: "converted", tag: undefined, tokens: [quoted("x")] }, "x"],
  [{ kind: "tokens", tokens: [atom("a"), atom("b")] }, "a b"],
];

for (const [value, text] of ROWS) {
  test(`data in short: ${value.kind} ${text}`, () => assert.equal(formatData(value, 200), text));
}

test("peers' words are made safe in every shape", () => {
  const evil = "\u001b[2J\u202e";
  const shapes: readonly ResponseData[] = [
    { kind: "capabilities", capabilities: [evil] },
    { kind: "flags", flags: [evil] },
    { kind: "list", attributes: [evil], delimiter: "\u0007", mailbox: mailbox(evil), extended: new Map() },
    { kind: "status", mailbox: mailbox(evil), items: new Map([[evil, evil]]) },
    { kind: "search", numbers: [1], modSeq: evil },
    { kind: "id", fields: new Map([[evil, evil]]) },
    { kind: "quota", root: evil, resources: [{ name: evil, usage: evil, limit: evil }] },
    { kind: "metadata", mailbox: mailbox(evil), entries: [{ name: evil, value: evil }] },
    { kind: "acl", mailbox: mailbox(evil), rights: [[evil, evil]] },
  ];
  for (const shape of shapes) assert.doesNotMatch(formatData(shape, 200), /[\p{Cc}\p{Cf}]/u, shape.kind);
});
