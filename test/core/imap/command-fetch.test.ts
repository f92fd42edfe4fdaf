import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandDetail, NumberSet } from "../../../src/core/imap/command.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { defectKinds, detail } from "../../parsed-command.ts";

type Row = readonly [line: string, detail: CommandDetail, kinds?: readonly DefectKind[]];

function check(rows: readonly Row[]): void {
  for (const [line, wanted, kinds = []] of rows) {
    assert.deepEqual([detail(line), defectKinds(`a1 ${line}`)], [wanted, kinds], line);
  }
}

const ONE: NumberSet = [{ from: 1, to: 1 }];

function fetch(
  items: readonly string[],
  modifiers: readonly string[] = [],
  set: NumberSet = ONE,
): CommandDetail {
  return { kind: "fetch", set, items, modifiers };
}

function withoutSet(items: readonly string[]): CommandDetail {
  return { kind: "fetch", set: undefined, items, modifiers: [] };
}

function store(item: string, flags: readonly string[], modifiers: readonly string[] = []): CommandDetail {
  return { kind: "store", set: ONE, item, silent: item.endsWith(".SILENT"), flags, modifiers };
}

test("FETCH: sets, items, macros and sections (RFC 9051 §6.4.5)", () => {
  check([
    ["FETCH 1 FLAGS", fetch(["FLAGS"])],
    ["fetch 1 (uid flags)", fetch(["UID", "FLAGS"])],
    ["FETCH 1 ALL", fetch(["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"])],
    ["FETCH 1 fast", fetch(["FLAGS", "INTERNALDATE", "RFC822.SIZE"])],
    ["FETCH 1 FULL", fetch(["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"])],
    ["FETCH 1 BODY[]", fetch(["BODY[]"])],
    ["FETCH 1 body.peek[1.2.mime]<0.2048>", fetch(["BODY.PEEK[1.2.MIME]<0.2048>"])],
    [
      "FETCH 1 (BODY.PEEK[HEADER.FIELDS (Subject From)] BINARY.SIZE[1])",
      fetch(["BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]", "BINARY.SIZE[1]"]),
    ],
    ["UID FETCH 1:* (FLAGS)", fetch(["FLAGS"], [], [{ from: 1, to: "*" }])],
    ["UID FETCH $ FLAGS", fetch(["FLAGS"], [], "$")],
    ["FETCH", withoutSet([]), ["argument-missing"]],
    ["FETCH 1", fetch([]), ["argument-missing"]],
    ["FETCH 0 FLAGS", withoutSet(["FLAGS"]), ["argument-invalid"]],
    ["FETCH 1 ()", fetch([]), ["argument-invalid"]],
    ["FETCH 1 (ALL)", fetch(["ALL"]), ["argument-invalid"]],
    ["FETCH 1 (FLAGS (UID))", fetch(["FLAGS"]), ["argument-invalid"]],
    ["FETCH 1 FLAGS UID", fetch(["FLAGS"]), ["argument-surplus"]],
    ['FETCH 1 "FLAGS"', fetch([]), ["argument-invalid"]],
  ]);
});

test("FETCH: modifiers and items of extensions (RFC 7162 §3.1.4, RFC 9394 §3, RFC 8970 §3.1, RFC 5257 §4.3)", () => {
  check([
    ["FETCH 1 (FLAGS) (CHANGEDSINCE 12345)", fetch(["FLAGS"], ["CHANGEDSINCE"])],
    ["UID FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)", fetch(["FLAGS"], ["CHANGEDSINCE", "VANISHED"])],
    ["UID FETCH 1 (UID) (PARTIAL -1:-100)", fetch(["UID"], ["PARTIAL"])],
    ["FETCH 1 (PREVIEW (LAZY) UID)", fetch(["PREVIEW", "UID"])],
    ["FETCH 1 PREVIEW (LAZY)", fetch(["PREVIEW"])],
    ["FETCH 1 (ANNOTATION (/comment value))", fetch(["ANNOTATION"])],
    ["FETCH 1 (X-GM-MSGID X-GM-LABELS)", fetch(["X-GM-MSGID", "X-GM-LABELS"])],
    ["FETCH 1 (RFC822.HEADER.LINES (DATE FROM))", fetch(["RFC822.HEADER.LINES"])],
  ]);
});

test("STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3)", () => {
  check([
    ["STORE 1 +FLAGS (\\Deleted $Junk)", store("+FLAGS", ["\\Deleted", "$Junk"])],
    ["STORE 1 flags.silent \\Seen \\Draft", store("FLAGS.SILENT", ["\\Seen", "\\Draft"])],
    ["STORE 1 -FLAGS ()", store("-FLAGS", [])],
    [
      "UID STORE 1 (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Seen)",
      store("+FLAGS.SILENT", ["\\Seen"], ["UNCHANGEDSINCE"]),
    ],
    ['STORE 1 +X-GM-LABELS ("a b" \\Important)', store("+X-GM-LABELS", ["a b", "\\Important"])],
    ["STORE 1 ANNOTATION (/comment (value.priv x))", store("ANNOTATION", [])],
    ["STORE 1", store("", []), ["argument-missing"]],
    ["STORE 1 +FLAGS", store("+FLAGS", []), ["argument-missing"]],
    ["STORE 1 +FLAGS (\\Seen) x", store("+FLAGS", ["\\Seen"]), ["argument-surplus"]],
    ["STORE 1 +FLAGS (a*b)", store("+FLAGS", ["a*b"]), ["argument-invalid"]],
    ["STORE 1 +FLAGS ((\\Seen))", store("+FLAGS", []), ["argument-invalid"]],
  ]);
});

test("COPY, MOVE and UID EXPUNGE (RFC 9051 §6.4.7, §6.4.8, RFC 4315 §2.1)", () => {
  const copy: CommandDetail = { kind: "copy", set: ONE, mailbox: { raw: "Trash", name: "Trash" } };
  check([
    ["COPY 1 Trash", copy],
    ["UID MOVE 1 Trash", copy],
    ["MOVE 1", { kind: "other" }, ["argument-missing"]],
    ["COPY x Trash", { ...copy, set: undefined }, ["argument-invalid"]],
    ["EXPUNGE", { kind: "expunge", set: undefined }],
    ["EXPUNGE 1", { kind: "expunge", set: undefined }, ["argument-surplus"]],
    ["UID EXPUNGE 1", { kind: "expunge", set: ONE }],
    ["UID EXPUNGE", { kind: "expunge", set: undefined }, ["argument-missing"]],
  ]);
});
