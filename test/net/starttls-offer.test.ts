import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../src/core/base/octets.ts";
import { createListFinder } from "../../src/net/starttls-offer.ts";
import { chunked } from "../chunks.ts";

const TEXT = [
  "* OK [CAPABILITY IMAP4rev1] hi",
  "* 1 EXISTS",
  "* CAPABILITY IMAP4rev1 IDLE",
  '* ID ("name" {16}',
  "* CAPABILITY X\r\n)",
  "* CAPABILITYX IMAP4rev1",
  "a OK [CAPABILITY IMAP4rev1] in",
  "* capability imap4rev1",
  "",
].join("\r\n");
const OFFERED = TEXT.replace("[CAPABILITY IMAP4rev1] hi", "[CAPABILITY! IMAP4rev1] hi")
  .replace("CAPABILITY IMAP4rev1 IDLE", "CAPABILITY! IMAP4rev1 IDLE")
  .replace("capability imap", "capability! imap");

function marked(reads: readonly Uint8Array[]): string {
  const find = createListFinder();
  return reads
    .map((bytes) => {
      let text = Buffer.from(bytes).toString();
      for (const mark of [...find(bytes)].reverse()) text = `${text.slice(0, mark)}!${text.slice(mark)}`;
      return text;
    })
    .join("");
}

test("law: every list of an untagged response is found, in any chunks, and nothing in a literal is", () => {
  assert.equal(marked([utf8(TEXT)]), OFFERED);
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(9)), (sizes) => {
      assert.equal(marked(chunked(utf8(TEXT), sizes)), OFFERED);
    }),
  );
});

test("a list that offers STARTTLS already is left alone", () => {
  assert.deepEqual(createListFinder()(utf8("* CAPABILITY IMAP4rev1 STARTTLS\r\n")), []);
});
