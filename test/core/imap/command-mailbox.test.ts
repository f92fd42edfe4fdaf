import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandDetail } from "../../../src/core/imap/command.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import type { Mailbox } from "../../../src/core/imap/response.ts";
import { defectKinds, detail } from "../../parsed-command.ts";

const OTHER: CommandDetail = { kind: "other" };

function box(raw: string, name = raw): Mailbox {
  return { raw, name };
}

function mailbox(one: Mailbox, target?: Mailbox, parameters: readonly string[] = []): CommandDetail {
  return { kind: "mailbox", mailbox: one, target, parameters };
}

function list(
  reference: string,
  patterns: readonly string[],
  more: Partial<CommandDetail> = {},
): CommandDetail {
  const base = {
    kind: "list" as const,
    reference: box(reference),
    patterns: patterns.map((raw) => box(raw)),
  };
  return { selection: [], returns: [], ...base, ...more } as CommandDetail;
}

type Row = readonly [line: string, detail: CommandDetail, kinds?: readonly DefectKind[]];

function check(rows: readonly Row[]): void {
  for (const [line, wanted, kinds = []] of rows) {
    assert.deepEqual([detail(line), defectKinds(`a1 ${line}`)], [wanted, kinds], line);
  }
}

test("SELECT, EXAMINE and CREATE (RFC 9051 §6.3.2, §6.3.4, RFC 4466 §2.1, RFC 7162 §3.2.5, RFC 6154 §3)", () => {
  check([
    ["SELECT inbox", mailbox(box("inbox", "INBOX"))],
    ["EXAMINE {5}\r\nSent ", mailbox(box("Sent "))],
    ["SELECT INBOX (CONDSTORE)", mailbox(box("INBOX"), undefined, ["CONDSTORE"])],
    [
      "SELECT INBOX (QRESYNC (67890007 90060115194045000 41:211,214 (1,3 1,4)) ANNOTATE)",
      mailbox(box("INBOX"), undefined, ["QRESYNC", "ANNOTATE"]),
    ],
    ["CREATE Entw&APw-rfe (USE (\\Drafts))", mailbox(box("Entw&APw-rfe", "Entwürfe"), undefined, ["USE"])],
    ["SELECT", OTHER, ["argument-missing"]],
    ["SELECT (INBOX)", OTHER, ["argument-invalid"]],
    ["SELECT a*b", mailbox(box("a*b")), ["argument-invalid"]],
    ["SELECT My Mail", mailbox(box("My")), ["argument-surplus"]],
    ["SELECT INBOX (CONDSTORE) x", mailbox(box("INBOX"), undefined, ["CONDSTORE"]), ["argument-surplus"]],
  ]);
});

test("DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 §6.3.5, §6.3.6, §6.3.7, §6.3.8)", () => {
  check([
    ["DELETE old", mailbox(box("old"))],
    ['RENAME old "new one"', mailbox(box("old"), box("new one"))],
    ["RENAME old", mailbox(box("old")), ["argument-missing"]],
    ["RENAME", OTHER, ["argument-missing"]],
    ["SUBSCRIBE a b", mailbox(box("a")), ["argument-surplus"]],
    ["UNSUBSCRIBE a", mailbox(box("a"))],
  ]);
});

test("LIST, plain and extended (RFC 9051 §6.3.9, RFC 5258 §3, RFC 5819 §2, RFC 8440 §3, RFC 9590 §3)", () => {
  check([
    ['LIST "" *', list("", ["*"])],
    ['list "" %', list("", ["%"])],
    ['LIST ~/Mail/ "%"', list("~/Mail/", ["%"])],
    [
      'LIST (SUBSCRIBED RECURSIVEMATCH) "" ("INBOX" Sent/%)',
      {
        kind: "list",
        reference: box(""),
        patterns: [box("INBOX"), box("Sent/%")],
        selection: ["SUBSCRIBED", "RECURSIVEMATCH"],
        returns: [],
      },
    ],
    [
      'LIST "" * RETURN (CHILDREN STATUS (MESSAGES UNSEEN) MYRIGHTS METADATA ("/shared/comment"))',
      list("", ["*"], { returns: ["CHILDREN", "STATUS", "MYRIGHTS", "METADATA"] } as Partial<CommandDetail>),
    ],
    ["LIST", OTHER, ["argument-missing"]],
    ['LIST ""', list("", []), ["argument-missing"]],
    ['LIST "" ()', list("", []), ["argument-invalid"]],
    ['LIST "" a"b', list("", ['a"b']), ["argument-invalid"]],
    ['LIST "" * RETURN', list("", ["*"]), ["argument-missing"]],
    ['LIST "" * x', list("", ["*"]), ["argument-surplus"]],
  ]);
});

test("LSUB, XLIST, RLIST and RLSUB (RFC 3501 §6.3.9, RFC 2193 §5.1, §5.2)", () => {
  check([
    ['LSUB "" *', list("", ["*"])],
    ['XLIST "" %', list("", ["%"])],
    ['RLIST "" a', list("", ["a"])],
    ['LSUB "" * RETURN (CHILDREN)', list("", ["*"]), ["argument-surplus"]],
    ['LSUB "" (a b)', list("", []), ["argument-invalid"]],
  ]);
});

test("STATUS (RFC 9051 §6.3.11)", () => {
  const status = (items: readonly string[]): CommandDetail => ({
    kind: "status",
    mailbox: box("blurdybloop"),
    items,
  });
  check([
    ["STATUS blurdybloop (UIDNEXT messages)", status(["UIDNEXT", "MESSAGES"])],
    ["STATUS blurdybloop ()", status([]), ["argument-invalid"]],
    ["STATUS blurdybloop", status([]), ["argument-missing"]],
    ["STATUS blurdybloop MESSAGES", status([]), ["argument-invalid"]],
    ['STATUS blurdybloop ("MESSAGES" UNSEEN)', status(["UNSEEN"]), ["argument-invalid"]],
    ["STATUS", OTHER, ["argument-missing"]],
  ]);
});

test("GETMETADATA takes options before or behind the mailbox (RFC 5464 §4.2)", () => {
  check([
    ['GETMETADATA "" /shared/comment', mailbox(box(""))],
    ["GETMETADATA (DEPTH 1) INBOX (/private/filters)", mailbox(box("INBOX"), undefined, ["DEPTH"])],
    ['GETMETADATA "INBOX" (MAXSIZE 1024) (/a /b)', mailbox(box("INBOX"), undefined, ["MAXSIZE"])],
    ["GETMETADATA INBOX", mailbox(box("INBOX")), ["argument-missing"]],
    ["GETMETADATA", OTHER, ["argument-missing"]],
    ["SETMETADATA INBOX (/private/comment {3}\r\nabc /b NIL)", mailbox(box("INBOX"))],
    ["SETMETADATA INBOX", mailbox(box("INBOX")), ["argument-missing"]],
  ]);
});

test("access control (RFC 4314 §3.1, §3.2, §3.3, §3.4, §3.5)", () => {
  check([
    ["SETACL INBOX Fred +cda", mailbox(box("INBOX"))],
    ["SETACL INBOX Fred", mailbox(box("INBOX")), ["argument-missing"]],
    ["DELETEACL INBOX -Fred", mailbox(box("INBOX"))],
    ["GETACL INBOX", mailbox(box("INBOX"))],
    ["LISTRIGHTS INBOX Smith", mailbox(box("INBOX"))],
    ["MYRIGHTS INBOX x", mailbox(box("INBOX")), ["argument-surplus"]],
    ["GETQUOTAROOT INBOX", mailbox(box("INBOX"))],
  ]);
});
