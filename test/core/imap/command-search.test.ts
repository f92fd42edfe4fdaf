import assert from "node:assert/strict";
import { test } from "node:test";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { defectKinds, detail } from "../../parsed-command.ts";

interface Row {
  readonly line: string;
  readonly returns?: readonly string[];
  readonly charset?: string;
  readonly keys: number;
  readonly kinds?: readonly DefectKind[];
}

function check(rows: readonly Row[]): void {
  for (const { line, returns, charset, keys, kinds = [] } of rows) {
    const found = detail(line);
    assert.equal(found.kind, "search", line);
    if (found.kind !== "search") return;
    assert.deepEqual(
      [found.returns, found.charset, found.keys.length, defectKinds(`a1 ${line}`)],
      [returns, charset, keys, kinds],
      line,
    );
  }
}

test("SEARCH (RFC 9051 §6.4.4, RFC 4466 §2.6.1)", () => {
  check([
    { line: "SEARCH ALL", keys: 1 },
    { line: 'uid search OR (SEEN) NOT FROM "x y"', keys: 5 },
    { line: "SEARCH 1:* UNDELETED", keys: 2 },
    { line: "SEARCH CHARSET UTF-8 SUBJECT {2}\r\n\xc3\xa9", charset: "UTF-8", keys: 2 },
    { line: "SEARCH RETURN () UNSEEN", returns: [], keys: 1 },
    {
      line: "SEARCH RETURN (MIN MAX) CHARSET US-ASCII ALL",
      returns: ["MIN", "MAX"],
      charset: "US-ASCII",
      keys: 1,
    },
    { line: "UID SEARCH RETURN (PARTIAL 1:500 SAVE) ALL", returns: ["PARTIAL", "SAVE"], keys: 1 },
    { line: 'UID SEARCH X-GM-RAW "has:attachment in:unread"', keys: 2 },
    { line: "SEARCH $", keys: 1 },
    { line: "SEARCH", keys: 0, kinds: ["argument-missing"] },
    { line: "SEARCH RETURN (COUNT)", returns: ["COUNT"], keys: 0, kinds: ["argument-missing"] },
    { line: "SEARCH RETURN ALL", returns: [], keys: 0, kinds: ["argument-invalid", "argument-missing"] },
  ]);
});

test("SORT and THREAD (RFC 5256 §3, RFC 5267 §3.1, §4.2)", () => {
  check([
    { line: "SORT (SUBJECT REVERSE DATE) UTF-8 ALL", charset: "UTF-8", keys: 1 },
    {
      line: "UID SORT RETURN (UPDATE COUNT) (DATE) UTF-8 SEEN",
      returns: ["UPDATE", "COUNT"],
      charset: "UTF-8",
      keys: 1,
    },
    { line: "SORT (DATE) UTF-8", charset: "UTF-8", keys: 0, kinds: ["argument-missing"] },
    { line: "SORT DATE UTF-8 ALL", keys: 2, kinds: ["argument-invalid"] },
    { line: 'THREAD REFERENCES UTF-8 SINCE "5-MAR-2000"', charset: "UTF-8", keys: 2 },
    { line: "UID THREAD ORDEREDSUBJECT US-ASCII ALL", charset: "US-ASCII", keys: 1 },
    { line: "THREAD (REFERENCES) UTF-8 ALL", keys: 2, kinds: ["argument-invalid"] },
  ]);
});

test("ESEARCH over several mailboxes (RFC 7377 §2.1)", () => {
  check([
    { line: 'ESEARCH IN (mailboxes "folder1" subtree "folder2") unseen', keys: 1 },
    { line: "ESEARCH IN (selected personal) RETURN (COUNT) FLAGGED", returns: ["COUNT"], keys: 1 },
    { line: "ESEARCH IN selected ALL", keys: 1, kinds: ["argument-invalid"] },
  ]);
});
