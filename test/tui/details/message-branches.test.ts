import assert from "node:assert/strict";
import { test } from "node:test";
import type { FetchValue } from "../../../src/core/imap/response.ts";
import { writeBranches } from "../../../src/tui/details/branch.ts";
import type { DetailOptions } from "../../../src/tui/details/material.ts";
import { addressText, envelopeBranches, structureBranch } from "../../../src/tui/details/message-branches.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { itemOf } from "../../parsed-response.ts";
import { lines, options, shown } from "./shown.ts";

function tree(item: string, fields: Partial<DetailOptions> = {}): string {
  const made = options({ columns: 60, ...fields });
  const { value } = itemOf(item);
  return shown(
    writeDetails(made, (writer) => {
      writeBranches(writer, "t", branches(value, made));
    }),
  );
}

function branches(value: FetchValue | undefined, made: DetailOptions): ReturnType<typeof envelopeBranches> {
  if (value?.kind === "envelope") return envelopeBranches(value.envelope, made.decodeWords);
  return value?.kind === "bodyStructure" ? [structureBranch(value.structure, "", made)] : [];
}

const ENVELOPE =
  'ENVELOPE ("Mon, 1 Jan" "=?utf-8?Q?x?=" (("Anna" NIL "anna" "example.org")) NIL NIL ((NIL NIL "friends" NIL)(NIL NIL "bob" "example.org")(NIL NIL NIL NIL)) NIL NIL NIL "<1@x>")';

test("an envelope says who wrote to whom about what", () => {
  assert.equal(
    tree(ENVELOPE, {
      toggled: new Set(["t.5"]),
      decodeWords: (text) => text.replace("=?utf-8?Q?x?=", "Привет"),
    }),
    lines(`
        subject Привет
        date Mon, 1 Jan
        from Anna <anna@example.org>
        sender NIL
        reply-to NIL
      ▾ to 3 addresses
          · friends:
          · bob@example.org
          · ;
        cc NIL
        bcc NIL
        message-id <1@x>
        in-reply-to NIL
    `),
  );
});

const TEXT = '("text" "plain" ("charset" "utf-8") NIL NIL "quoted-printable" 1234 30)';
const STRUCTURE = `BODYSTRUCTURE (${TEXT}("message" "rfc822" NIL NIL NIL "7bit" 500 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL) ((${TEXT.slice(1, -1)})${TEXT} "alternative") 20)("application" "pdf" ("name" "Geheim.pdf") NIL NIL "base64" 30000 NIL ("attachment" ("filename" "Geheim.pdf")) NIL NIL) "mixed" ("boundary" "x") NIL NIL NIL)`;

test("a structure is a tree of parts by the numbers that FETCH names them with", () => {
  assert.equal(
    tree(STRUCTURE, { toggled: new Set(["t.0.1"]) }),
    lines(`
      ▾ multipart/mixed 3 parts
        ▸ 1 text/plain utf-8, quoted-printable, 1,234 octets, 30 lines
        ▾ 2 message/rfc822 7bit, 500 octets, 20 lines
            encoding 7bit
            octets 500
            lines 20
          ▸ envelope
          ▾ 2 multipart/alternative 2 parts
            ▸ 2.1 text/plain utf-8, quoted-printable, 1,234 octets, 30 lines
            ▸ 2.2 text/plain utf-8, quoted-printable, 1,234 octets, 30 lines
        ▸ 3 application/pdf base64, 30,000 octets, attachment, "Geheim.pdf"
          boundary x
    `),
  );
});

test("on a shared screen types and sizes are left", () => {
  const all = new Set(["t.0.0", "t.0.1", "t.0.1.3", "t.0.2", "t.5"]);
  const hidden = `${tree(STRUCTURE, { hidden: true, toggled: all })}\n${tree(ENVELOPE, { hidden: true, toggled: all })}`;
  assert.doesNotMatch(hidden, /geheim|inner|anna|bob|utf|friends/i);
  assert.match(hidden, /3 application\/pdf 30,000 octets/);
});

test("addresses as people write them", () => {
  const same = (text: string): string => text;
  assert.equal(addressText({ name: "A", route: null, mailbox: "a", host: "x" }, same), "A <a@x>");
  assert.equal(addressText({ name: null, route: null, mailbox: null, host: "x" }, same), "@x");
});
