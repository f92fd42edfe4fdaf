import assert from "node:assert/strict";
import { test } from "node:test";
import { type Framed, literalFold, mailsWanted, sortOf } from "../../../src/tui/details/literals.ts";
import type { EventMaterial, ExchangeMaterial } from "../../../src/tui/details/material.ts";
import { materialOf } from "./shown.ts";

const SECTIONS: readonly (readonly [section: string, sort: string])[] = [
  ["BODY[]", "mail"],
  ["BODY[]<0>", "mail"],
  ["BODY[]<4096>", "text"],
  ["BODY[HEADER]", "mail"],
  ["BODY[HEADER.FIELDS (SUBJECT TO)]", "mail"],
  ["BODY[2.HEADER]", "mail"],
  ["BODY[1.MIME]", "mail"],
  ["BODY[1]", "text"],
  ["BODY[TEXT]", "text"],
  ["RFC822", "mail"],
  ["RFC822.HEADER", "mail"],
  ["RFC822.TEXT", "text"],
];

function framedOf({ dialogue }: ExchangeMaterial): readonly Framed[] {
  return dialogue.filter((entry) => entry.kind === "request" || entry.kind === "response");
}

function fetched(section: string): ExchangeMaterial {
  return materialOf(
    `C: a1 FETCH 1 ${section}\nS: * 1 FETCH (${section} {8}\nS| A: b\\r\\n\\r\\n\nS: )\nS: a1 OK done`,
    "a1",
  );
}

for (const [section, sort] of SECTIONS) {
  test(`the octets of ${section} are a ${sort}`, () => {
    const framed = framedOf(fetched(section)).find((each) => each.frame.literals.length > 0);
    const [literal] = framed?.frame.literals ?? [];
    assert.ok(framed !== undefined && literal !== undefined);
    assert.equal(sortOf(framed, literal), sort);
  });
}

test("what APPEND adds is a mail, and the string of a SEARCH is none", () => {
  const append = materialOf("C: a1 APPEND Sent {8+}\nC| A: b\\r\\n\\r\\n\nC:\nS: a1 OK done", "a1");
  const search = materialOf("C: a1 SEARCH TEXT {3+}\nC| abc\nC:\nS: a1 OK done", "a1");
  for (const [material, sort] of [
    [append, "mail"],
    [search, "text"],
  ] as const) {
    const [framed] = framedOf(material);
    const literal = framed?.frame.literals[0];
    assert.ok(framed !== undefined && literal !== undefined);
    assert.equal(sortOf(framed, literal), sort);
  }
});

test("mails are wanted where their fold is open and they are not decoded yet", () => {
  const material = fetched("BODY[]");
  const place = material.dialogue.findIndex((entry) => entry.kind === "response");
  const fold = literalFold(place, 0);
  assert.deepEqual(mailsWanted(material, new Set()), []);
  const [wanted] = mailsWanted(material, new Set([fold, "literal/99.0", `literal/${place}.9`, "run/1"]));
  assert.equal(wanted?.fold, fold);
  assert.equal(new TextDecoder().decode(wanted?.head), "A: b\r\n\r\n");
  const mail = { headers: [], text: undefined, fromHtml: false, attachments: [] };
  assert.deepEqual(mailsWanted({ ...material, mails: new Map([[fold, mail]]) }, new Set([fold])), []);
});

test("the mail of a pushed response is wanted as well", () => {
  const response = fetched("BODY[]").dialogue.find((entry) => entry.kind === "response");
  assert.ok(response !== undefined);
  const event: EventMaterial = {
    kind: "event",
    observation: response,
    response,
    connection: undefined,
    mails: new Map(),
  };
  assert.equal(mailsWanted(event, new Set([literalFold(0, 0)])).length, 1);
});
