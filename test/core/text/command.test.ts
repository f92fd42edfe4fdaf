import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../../../src/core/imap/command.ts";
import { cellWidth } from "../../../src/core/text/cells.ts";
import { formatCommand } from "../../../src/core/text/command.ts";
import { atom, command, list, literal, mailbox, quoted } from "../../observations.ts";

const CYRILLIC = mailbox("Архив", "&BBAEQARFBDgEMg-");

const ROWS: readonly (readonly [made: Command, text: string])[] = [
  [command("NOOP"), "NOOP"],
  [command(""), "(no command)"],
  [command("UID FETCH", ["1:50", list(atom("FLAGS"), atom("ENVELOPE"))]), "UID FETCH 1:50 (FLAGS ENVELOPE)"],
  [command("LOGIN", ["alice", "xxxxxxxx"], { kind: "login", user: "alice" }), "LOGIN alice xxxxxxxx"],
  [
    command("SELECT", [quoted(CYRILLIC.raw)], {
      kind: "mailbox",
      mailbox: CYRILLIC,
      target: undefined,
      parameters: [],
    }),
    "SELECT Архив",
  ],
  [
    command("RENAME", [quoted("My Mail"), quoted(CYRILLIC.raw)], {
      kind: "mailbox",
      mailbox: mailbox("My Mail"),
      target: CYRILLIC,
      parameters: [],
    }),
    'RENAME "My Mail" Архив',
  ],
  [
    command("APPEND", ["Sent", list(atom("\\Seen")), literal(30_000_000, "From: a")], {
      kind: "append",
      mailbox: mailbox("Sent"),
      messageOctets: [30_000_000],
      flags: ["\\Seen"],
    }),
    "APPEND Sent (\\Seen) {30,000,000}",
  ],
  [
    command("LIST", [quoted(""), quoted("*")], {
      kind: "list",
      reference: mailbox(""),
      patterns: [mailbox("*")],
      selection: [],
      returns: [],
    }),
    'LIST "" *',
  ],
  [command("X\u001bY", [quoted("\xe2\x80\xae")]), "X␛Y <202E>"],
];

for (const [made, text] of ROWS) {
  test(`in short: ${text}`, () => assert.equal(formatCommand(made), text));
}

test("a command never takes more cells than it is given", () => {
  const long = command(
    "UID SEARCH",
    Array.from({ length: 500 }, () => "ПОИСК"),
  );
  assert.equal(cellWidth(formatCommand(long, 40)), 40);
  assert.ok(formatCommand(long, 40).endsWith("…"));
});
