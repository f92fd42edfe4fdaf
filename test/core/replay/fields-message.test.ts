import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRows, fieldTexts } from "../../requests.ts";

test("FETCH means its set, its items and its modifiers", () => {
  assertRows([
    ["FETCH 3:1 (FLAGS UID)", "fetch 1,2,3 (uid flags)", "FETCH 1:4 (FLAGS UID)"],
    ["FETCH 1 FLAGS", "FETCH 1 (FLAGS)", "UID FETCH 1 FLAGS"],
    ["UID FETCH 1 (UID FLAGS)", "UID FETCH 1 FLAGS", "UID FETCH 1 UID"],
    ["FETCH 1 (FLAGS UID)", "FETCH 1 (UID FLAGS)", "FETCH 1 FLAGS"],
    ["FETCH 1 ALL", "FETCH 1 (ENVELOPE RFC822.SIZE INTERNALDATE FLAGS)", "FETCH 1 FAST"],
    ["FETCH 1 BODY[]", "FETCH 1 (body[])", "FETCH 1 BODY.PEEK[]"],
    [
      "FETCH 1 BODY.PEEK[HEADER.FIELDS (From To)]",
      'FETCH 1 (BODY.PEEK[HEADER.FIELDS ("TO" {4}\r\nfrom)])',
      "FETCH 1 BODY.PEEK[HEADER.FIELDS (From)]",
    ],
    ["FETCH 1 BODY[1]<0.10>", "FETCH 1 (body[1]<0.10>)", "FETCH 1 BODY[1]<0.20>"],
    ["FETCH 1 (FLAGS PREVIEW (LAZY))", "FETCH 1 (PREVIEW (lazy) FLAGS)", "FETCH 1 (FLAGS PREVIEW)"],
    [
      "UID FETCH 1:* FLAGS (CHANGEDSINCE 12 VANISHED)",
      "UID FETCH *:1 FLAGS (VANISHED CHANGEDSINCE 12)",
      "UID FETCH 1:* FLAGS (VANISHED CHANGEDSINCE 13)",
    ],
    ["FETCH $ FLAGS", "FETCH $ (FLAGS)", "FETCH * FLAGS"],
  ]);
});

test("STORE means its set, what it does, and its flags", () => {
  assertRows([
    ["STORE 1 +FLAGS (\\Seen Foo)", "STORE 1 +flags foo \\seen", "STORE 1 +FLAGS Foo"],
    ["STORE 1 FLAGS ()", "STORE 1 flags ()", "STORE 1 -FLAGS ()"],
    ["STORE 1 +FLAGS.SILENT \\Seen", "STORE 1 +flags.silent (\\Seen)", "STORE 1 +FLAGS \\Seen"],
    [
      "STORE 1 (UNCHANGEDSINCE 5) FLAGS \\Seen",
      "STORE 1 (unchangedsince 5) FLAGS \\Seen",
      "STORE 1 (UNCHANGEDSINCE 6) FLAGS \\Seen",
    ],
    ['STORE 1 X-GM-LABELS (a "b c")', 'STORE 1 X-GM-LABELS ("b c" a)', "STORE 1 X-GM-LABELS (a b c)"],
  ]);
});

test("COPY and MOVE mean their set and where the messages go, EXPUNGE its UIDs", () => {
  assertRows([
    ["COPY 1,2 Trash", 'COPY 2:1 "Trash"', "COPY 1,2 trash"],
    ["UID MOVE 1 inbox", "UID MOVE 1 {5+}\r\nINBOX", "MOVE 1 INBOX"],
    ["UID EXPUNGE 2,1", "UID EXPUNGE 1:2", "UID EXPUNGE 1"],
  ]);
  assert.deepEqual(fieldTexts("COPY 1 a"), ["set=1", "target=a"]);
});
