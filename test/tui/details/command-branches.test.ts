import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBranches } from "../../../src/tui/details/branch.ts";
import { commandBranches } from "../../../src/tui/details/command-branches.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { parsed } from "../../parsed-command.ts";
import { options, shown } from "./shown.ts";

function tree(line: string, hidden = false): string {
  const { value } = parsed(`a1 ${line}`);
  const rows = shown(
    writeDetails(options({ hidden }), (writer) => writeBranches(writer, "t", commandBranches(value, hidden))),
  );
  return rows
    .split("\n")
    .map((row) => row.trim())
    .filter((row) => row !== "tag a1" && !row.startsWith("▸ arguments"))
    .join(" | ");
}

const ROWS: readonly (readonly [line: string, shown: string, hidden: string])[] = [
  ["NOOP", "", ""],
  ["LOGIN anna xxxxxxxx", "user anna | password masked", "user ••• | password masked"],
  [
    "AUTHENTICATE PLAIN xxxx",
    "mechanism PLAIN | first response with the command, masked",
    "mechanism ••• | first response with the command, masked",
  ],
  [
    "SELECT &BBIERQQ+BDQ- (CONDSTORE)",
    "mailbox Вход | ▸ parameters CONDSTORE",
    "mailbox ••• | ▸ parameters CONDSTORE",
  ],
  ["RENAME a b", "mailbox a | new name b", "mailbox ••• | new name •••"],
  ['LIST "" %', 'reference "" | pattern %', "reference ••• | pattern •••"],
  ["STATUS a (MESSAGES)", "mailbox a | ▸ items MESSAGES", "mailbox ••• | ▸ items MESSAGES"],
  [
    "FETCH 1:5,7 (FLAGS X-GEHEIM)",
    "messages 1:5,7 | ▸ items FLAGS X-GEHEIM",
    "messages 1:5,7 | ▸ items FLAGS •••",
  ],
  [
    "UID STORE $ +FLAGS.SILENT (\\Seen geheim)",
    "messages $, the result of the search before | change +FLAGS.SILENT | answer not wanted | ▸ flags \\Seen geheim",
    "messages $, the result of the search before | change ••• | answer not wanted | ▸ flags \\Seen •••",
  ],
  ["COPY 1 a", "messages 1 | to a", "messages 1 | to •••"],
  ["SEARCH SUBJECT geheim", "▾ keys 2 | atom SUBJECT | atom geheim", "▾ keys 2 | atom ••• | atom •••"],
  [
    "APPEND a (\\Seen) {12}",
    "mailbox a | message {12} | ▸ flags \\Seen",
    "mailbox ••• | message {12} | ▸ flags \\Seen",
  ],
  ["ENABLE QRESYNC", "▸ capabilities QRESYNC", "▸ capabilities QRESYNC"],
  ["NOTIFY NONE", "sets none any more | status first no", "sets none any more | status first no"],
  ["UID EXPUNGE 5", "messages 5", "messages 5"],
];

for (const [line, expected, hidden] of ROWS) {
  test(`${line} as a tree, openly and on a shared screen`, () => {
    assert.equal(tree(line), expected);
    assert.equal(tree(line, true), hidden);
  });
}

test("a command that no grammar types shows its arguments as they stood", () => {
  const { value } = parsed("a1 SETACL a b lrs");
  const rows = shown(
    writeDetails(options(), (writer) => writeBranches(writer, "t", commandBranches(value, false))),
  );
  assert.match(rows, /▾ arguments as they stood 3\n {4}atom a\n {4}atom b\n {4}atom lrs$/);
});
