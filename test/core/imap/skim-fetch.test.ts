import assert from "node:assert/strict";
import { test } from "node:test";
import { LF, utf8 } from "../../../src/core/base/octets.ts";
import { viewOf } from "../../../src/core/base/short-text.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { parseResponse } from "../../../src/core/imap/parse-response.ts";
import { FetchSkimmer } from "../../../src/core/imap/skim-fetch.ts";

function skimmedBy(skimmer: FetchSkimmer, line: string) {
  const octets = utf8(line);
  if (!skimmer.skim(octets, viewOf(octets), 0, octets.lastIndexOf(LF))) return undefined;
  const { number, uid, flags, names, open, end } = skimmer;
  return { number, uid, flags, names, open, end };
}

/** Lists of flags are known once they were parsed. */
function skim(line: string) {
  parseResponse(frameOf("server", line));
  return skimmedBy(new FetchSkimmer(), line);
}

test("number, UID, flags and names are read, and the rest is passed", () => {
  const line = '* 12 FETCH (UID 34 FLAGS (\\Seen) INTERNALDATE "19-Nov-2026 08:00:00 +0000" MODSEQ (5))\r\n';
  assert.deepEqual(skim(line), {
    number: 12,
    uid: 34,
    flags: ["\\Seen"],
    names: ["UID", "FLAGS", "INTERNALDATE", "MODSEQ"],
    open: false,
    end: line.length,
  });
});

test("nothing behind a nested value is looked at", () => {
  const line = '* 1 FETCH (ENVELOPE ("a)" (\\\r\n* 2 FETCH (UID 5)\r\n';
  const { names, open, end, uid } = skim(line) ?? {};
  assert.deepEqual([names, open, end, uid], [["ENVELOPE"], true, 30, undefined]);
});

test("what a read cut off anywhere is left, and nothing behind the octets is read", () => {
  const line = '* 12 FETCH (UID 34 INTERNALDATE "19-Nov-2026 08:00:00 +0000" MODSEQ (5) ENVELOPE ("a"))\r\n';
  const skimmer = new FetchSkimmer();
  assert.equal(skimmedBy(skimmer, line)?.end, line.length);
  for (let end = 0; end < line.length; end++) {
    const cut = utf8(line).subarray(0, end);
    assert.equal(skimmer.skim(cut, viewOf(cut), 0, cut.lastIndexOf(LF)), false);
  }
});

test("a line that ends anywhere within its items is left, and nothing of the next is taken for its own", () => {
  const line = '* 12 FETCH (UID 34 FLAGS () INTERNALDATE "19-Nov-2026 08:00:00 +0000" MODSEQ (5))';
  assert.equal(skim(`${line}\r\n`)?.end, line.length + 2);
  const skimmer = new FetchSkimmer();
  for (let end = 0; end < line.length; end++) {
    assert.equal(skimmedBy(skimmer, `${line.slice(0, end)}\r\n${line}\r\n`), undefined);
  }
});

test("numbers of 64 bits are passed where their value is of no interest", () => {
  const most = "18446744073709551615";
  for (const item of [`X-GM-MSGID ${most}`, `X-GM-THRID ${most}`, `MODSEQ (${most})`])
    assert.equal(skim(`* 1 FETCH (UID 2 ${item})\r\n`)?.uid, 2, item);
  for (const item of [`X-GM-MSGID ${most}0`, `MODSEQ (${most}0)`, "MODSEQ (0)", `RFC822.SIZE ${most}`])
    assert.equal(skim(`* 1 FETCH (UID 2 ${item})\r\n`), undefined, item);
});

test("the names of the same items are the same array", () => {
  const skimmer = new FetchSkimmer();
  const names = (line: string) => skimmedBy(skimmer, `${line}\r\n`)?.names;
  const first = names("* 1 FETCH (UID 1 RFC822.SIZE 5)");
  assert.equal(names("* 2 FETCH (UID 2 RFC822.SIZE 6)"), first);
  assert.deepEqual(names("* 3 FETCH (UID 2)"), ["UID"]);
  assert.deepEqual(names("* 3 FETCH (UID 2 X-GM-MSGID 4 MODSEQ (5))"), ["UID", "X-GM-MSGID", "MODSEQ"]);
});

const LEFT_TO_THE_PARSER = [
  "* 1 FETCH (UID 5)\n",
  "* 1 FETCH (UID 5)",
  "* 1 FETCH (UID 5) \r\n",
  "* 1 FETCH (UID 5 )\r\n",
  "* 1 FETCH (UID  5)\r\n",
  "* 1 FETCH (uid 5)\r\n",
  "* 1 FETCH (UID 5 UID 5)\r\n",
  "* 1 FETCH (UID 0)\r\n",
  "* 1 FETCH (UID 4294967296)\r\n",
  "* 0 FETCH (UID 5)\r\n",
  "* 1 FETCH ()\r\n",
  "* 1 FETCH (BODY[] NIL)\r\n",
  "* 1 FETCH (ENVELOPE NIL)\r\n",
  "* 1 FETCH (ENVELOPE ({3}\r\nabc))\r\n",
  '* 1 FETCH (INTERNALDATE "a\\"")\r\n',
  '* 1 FETCH (INTERNALDATE "19-Nov-2026 08:00:00\r\n+000" UID 5)\r\n',
  '* 1 FETCH (INTERNALDATE "19-Nov-2026 08:00:00 +000\\")\r\n',
  `* 1 FETCH (${"RFC822.SIZE 5 ".repeat(20)}UID 5)\r\n`,
  "* 1 FETCH (FLAGS (\\Never-seen-before-here))\r\n",
  "* 1 EXPUNGE\r\n",
  "a OK FETCH (UID 5)\r\n",
];

for (const line of LEFT_TO_THE_PARSER) {
  test(`left to the parser: ${JSON.stringify(line)}`, () => {
    assert.equal(skimmedBy(new FetchSkimmer(), line), undefined);
  });
}
