import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aclData,
  idData,
  listRightsData,
  metadataData,
  myRightsData,
  namespaceData,
  quotaData,
  quotaRootData,
} from "../../../src/core/imap/account-data.ts";
import type { Lexer } from "../../../src/core/imap/lexer.ts";
import type { ResponseData } from "../../../src/core/imap/response.ts";
import { dataLexer, defectKinds } from "../../parsed-response.ts";

type Row = readonly [
  parser: (lexer: Lexer) => ResponseData,
  line: string,
  data: ResponseData,
  kinds?: readonly string[],
];
const INBOX = { raw: "INBOX", name: "INBOX" };

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  "RFC 9208 §4.2": [
    [
      quotaData,
      '"" (STORAGE 10 512)',
      { kind: "quota", root: "", resources: [{ name: "STORAGE", usage: "10", limit: "512" }] },
    ],
    [quotaData, "x ()", { kind: "quota", root: "x", resources: [] }],
    [
      quotaData,
      "x (STORAGE 1)",
      { kind: "quota", root: "x", resources: [{ name: "STORAGE", usage: "1", limit: "" }] },
      ["response-data-missing"],
    ],
    [quotaRootData, 'INBOX "" x', { kind: "quotaRoot", mailbox: INBOX, roots: ["", "x"] }],
    [quotaRootData, "INBOX", { kind: "quotaRoot", mailbox: INBOX, roots: [] }],
  ],
  "RFC 2342 §5": [
    [
      namespaceData,
      '(("" "/")) NIL (("Public/" "/" "X-P" ("a"))("#x" NIL))',
      {
        kind: "namespace",
        personal: [{ prefix: "", delimiter: "/" }],
        otherUsers: [],
        shared: [
          { prefix: "Public/", delimiter: "/" },
          { prefix: "#x", delimiter: null },
        ],
      },
    ],
    [
      namespaceData,
      "NIL",
      { kind: "namespace", personal: [], otherUsers: [], shared: [] },
      ["response-data-missing", "response-data-missing"],
    ],
  ],
  "RFC 2971 §3.2": [
    [idData, "NIL", { kind: "id", fields: null }],
    [
      idData,
      '("name" "Cyrus" "os" NIL)',
      {
        kind: "id",
        fields: new Map([
          ["name", "Cyrus"],
          ["os", null],
        ]),
      },
    ],
    [
      idData,
      '("name" Proton)',
      { kind: "id", fields: new Map([["name", "Proton"]]) },
      ["response-data-invalid"],
    ],
    [idData, '("name")', { kind: "id", fields: new Map([["name", null]]) }, ["response-data-missing"]],
  ],
  "RFC 4314 §3": [
    [aclData, "INBOX Fred rwipsldexta", { kind: "acl", mailbox: INBOX, rights: [["Fred", "rwipsldexta"]] }],
    [aclData, "INBOX", { kind: "acl", mailbox: INBOX, rights: [] }],
    [
      aclData,
      "INBOX Fred",
      { kind: "acl", mailbox: INBOX, rights: [["Fred", ""]] },
      ["response-data-missing"],
    ],
    [myRightsData, "INBOX rwiptsldaex", { kind: "myRights", mailbox: INBOX, rights: "rwiptsldaex" }],
    [
      listRightsData,
      "INBOX smith la r s",
      { kind: "listRights", mailbox: INBOX, identifier: "smith", rights: ["la", "r", "s"] },
    ],
  ],
  "RFC 5464 §4.4": [
    [
      metadataData,
      "INBOX (/shared/comment {3}\r\na b /private/x NIL)",
      {
        kind: "metadata",
        mailbox: INBOX,
        entries: [
          { name: "/shared/comment", value: "a b" },
          { name: "/private/x", value: null },
        ],
      },
    ],
    [
      metadataData,
      '"" /shared/comment /private/x',
      {
        kind: "metadata",
        mailbox: { raw: "", name: "" },
        entries: [
          { name: "/shared/comment", value: undefined },
          { name: "/private/x", value: undefined },
        ],
      },
    ],
    [
      metadataData,
      "INBOX (/a)",
      { kind: "metadata", mailbox: INBOX, entries: [{ name: "/a", value: undefined }] },
      ["response-data-missing"],
    ],
    [metadataData, "INBOX", { kind: "metadata", mailbox: INBOX, entries: [] }, ["response-data-missing"]],
  ],
};

for (const [section, rows] of Object.entries(SECTIONS)) {
  for (const [parser, line, data, kinds] of rows) {
    test(`${section}: ${parser.name} ${JSON.stringify(line)}`, () => {
      const lexer = dataLexer(line);
      assert.deepEqual(parser(lexer), data);
      assert.deepEqual(defectKinds(lexer), kinds ?? []);
    });
  }
}
