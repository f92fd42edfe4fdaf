import assert from "node:assert/strict";
import { test } from "node:test";
import type { BodyStructure, Envelope } from "../../../src/core/imap/message-data.ts";
import type { FetchItem } from "../../../src/core/imap/response.ts";
import { formatFetchItems } from "../../../src/core/text/fetch-items.ts";
import { atom, list, octets } from "../../observations.ts";

const ENVELOPE: Envelope = {
  date: null,
  subject: "Hello there",
  from: [
    { name: null, route: null, mailbox: "group", host: null },
    { name: "Alice", route: null, mailbox: "alice", host: "example.org" },
  ],
  sender: [],
  replyTo: [],
  to: [],
  cc: [],
  bcc: [],
  inReplyTo: null,
  messageId: null,
};

const PART_FIELDS = {
  parameters: new Map<string, string>(),
  disposition: null,
  language: [],
  location: null,
  extension: [],
};

function part(type: string): BodyStructure {
  const fields = {
    id: null,
    description: null,
    encoding: "7bit",
    octets: 1,
    lines: 1,
    md5: null,
    message: undefined,
  };
  return { kind: "part", type, ...PART_FIELDS, ...fields };
}

function multipart(...parts: BodyStructure[]): BodyStructure {
  return { kind: "multipart", type: "multipart/mixed", parts, ...PART_FIELDS };
}

const ROWS: readonly (readonly [items: readonly FetchItem[], text: string])[] = [
  [[], "()"],
  [
    [
      { name: "UID", value: { kind: "number", value: "44" } },
      { name: "FLAGS", value: { kind: "flags", flags: ["\\Seen"] } },
      { name: "BODY[]", value: { kind: "octets", octets: 30_000_000, head: octets("From") } },
    ],
    "(UID 44 FLAGS (\\Seen) BODY[] {30,000,000})",
  ],
  [[{ name: "BODY[1]", value: { kind: "octets", octets: 0, head: null } }], "(BODY[1] NIL)"],
  [
    [{ name: "INTERNALDATE", value: { kind: "text", text: "1-Jan-2026 00:00:00 +0000" } }],
    '(INTERNALDATE "1-Jan-2026 00:00:00 +0000")',
  ],
  [[{ name: "EMAILID", value: { kind: "text", text: null } }], "(EMAILID NIL)"],
  [
    [{ name: "ENVELOPE", value: { kind: "envelope", envelope: ENVELOPE } }],
    '(ENVELOPE ("Hello there" from alice@example.org))',
  ],
  [
    [{ name: "ENVELOPE", value: { kind: "envelope", envelope: { ...ENVELOPE, subject: null, from: [] } } }],
    "(ENVELOPE (NIL))",
  ],
  [
    [
      {
        name: "BODYSTRUCTURE",
        value: {
          kind: "bodyStructure",
          structure: multipart(part("text/plain"), multipart(part("image/png"))),
        },
      },
    ],
    "(BODYSTRUCTURE multipart/mixed (text/plain multipart/mixed (image/png)))",
  ],
  [[{ name: "X-GM-LABELS", value: { kind: "tokens", tokens: [list(atom("a"))] } }], "(X-GM-LABELS (a))"],
];

for (const [items, text] of ROWS) {
  test(`items in short: ${text}`, () => assert.equal(formatFetchItems(items, 200), text));
}

test("a structure as deep as a peer likes is not followed", () => {
  const deep = Array.from({ length: 500 }).reduce<BodyStructure>(
    (inner) => multipart(inner),
    part("text/plain"),
  );
  const text = formatFetchItems([{ name: "BODY", value: { kind: "bodyStructure", structure: deep } }], 200);
  assert.ok(text.length < 200 && text.includes("…"));
});
