import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandDetail } from "../../../src/core/imap/command.ts";
import { COMMANDS } from "../../../src/core/vocabulary/commands.ts";
import { defectKinds, detail, parsed } from "../../parsed-command.ts";

/** One well-formed line for each command of the vocabulary, and the kind of its detail. */
const LINES: Readonly<Record<string, readonly [argumentsAsSent: string, kind: CommandDetail["kind"]]>> = {
  CAPABILITY: ["", "other"],
  NOOP: ["", "other"],
  LOGOUT: ["", "other"],
  STARTTLS: ["", "other"],
  AUTHENTICATE: ["SCRAM-SHA-256", "authenticate"],
  LOGIN: ["alice xxxxxxxx", "login"],
  UNAUTHENTICATE: ["", "other"],
  ID: ['("name" "imapscope" "version" NIL)', "other"],
  ENABLE: ["CONDSTORE X-GOOD-IDEA", "enable"],
  COMPRESS: ["DEFLATE", "other"],
  LANGUAGE: ["DE FR-CA", "other"],
  COMPARATOR: ['"cz;*" "i;basic"', "other"],
  GETJMAPACCESS: ["", "other"],
  XAPPLEPUSHSERVICE: ["xxxxxxxx", "other"],
  PROXYAUTH: ["bob", "other"],
  "X-MASTERAUTH": ["xxxxxxxx", "other"],
  SELECT: ["INBOX", "mailbox"],
  EXAMINE: ["INBOX (CONDSTORE)", "mailbox"],
  CREATE: ["owatagusiam/", "mailbox"],
  DELETE: ["blurdybloop", "mailbox"],
  RENAME: ["a b", "mailbox"],
  SUBSCRIBE: ["#news.comp.mail.mime", "mailbox"],
  UNSUBSCRIBE: ["#news.comp.mail.mime", "mailbox"],
  LIST: ['"" "*" RETURN (SPECIAL-USE)', "list"],
  LSUB: ['"#news." "comp.mail.*"', "list"],
  XLIST: ['"" *', "list"],
  RLIST: ['"" %', "list"],
  RLSUB: ['"" %', "list"],
  FIND: ["ALL.MAILBOXES *", "other"],
  NAMESPACE: ["", "other"],
  STATUS: ["INBOX (MESSAGES)", "status"],
  APPEND: ["INBOX {3}\r\nabc", "append"],
  IDLE: ["", "other"],
  NOTIFY: [
    "set status (selected MessageNew (uid body.peek[header]) MessageExpunge) (subtree Lists MessageNew)",
    "notify",
  ],
  ESEARCH: ["IN (personal) UNSEEN", "search"],
  CANCELUPDATE: ['"B01" "B02"', "other"],
  CHECK: ["", "other"],
  CLOSE: ["", "other"],
  UNSELECT: ["", "other"],
  EXPUNGE: ["", "expunge"],
  SEARCH: ["FLAGGED SINCE 1-Feb-1994 NOT FROM Smith", "search"],
  FETCH: ["2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])", "fetch"],
  PARTIAL: ["4 RFC822 1 1024", "other"],
  STORE: ["2:4 +FLAGS (\\Deleted)", "store"],
  COPY: ["2:4 MEETING", "copy"],
  MOVE: ["42:69 foo", "copy"],
  SORT: ["(SUBJECT) UTF-8 ALL", "search"],
  THREAD: ["REFERENCES UTF-8 ALL", "search"],
  REPLACE: ["4 Drafts (\\Seen \\Draft) {3}\r\nabc", "append"],
  CONVERT: ['2 ("text/plain" ("charset" "us-ascii")) BINARY[3]', "other"],
  CONVERSIONS: ['"image/gif" "*"', "other"],
  "UID FETCH": ["4827313:4828442 FLAGS", "fetch"],
  "UID STORE": ["1 FLAGS (\\Seen)", "store"],
  "UID COPY": ["1,3 Trash", "copy"],
  "UID MOVE": ["1,3 Trash", "copy"],
  "UID EXPUNGE": ["3000:3002", "expunge"],
  "UID SEARCH": ["UID 300:* UNSEEN", "search"],
  "UID SORT": ["(DATE) UTF-8 ALL", "search"],
  "UID THREAD": ["REFS UTF-8 ALL", "search"],
  "UID REPLACE": ["2000 Drafts {3}\r\nabc", "append"],
  "UID CONVERT": ['100 ("image/jpeg" ("pix-x" "128")) BINARY[2]', "other"],
  SETACL: ["INBOX/Drafts John lrswicda", "mailbox"],
  DELETEACL: ["INBOX John", "mailbox"],
  GETACL: ["INBOX", "mailbox"],
  LISTRIGHTS: ["~/Mail/saved smith", "mailbox"],
  MYRIGHTS: ["INBOX", "mailbox"],
  GETQUOTA: ['"!partition/sda4"', "other"],
  GETQUOTAROOT: ["INBOX", "mailbox"],
  SETQUOTA: ['"" (STORAGE 512)', "other"],
  GETMETADATA: ["(DEPTH infinity) INBOX /private", "mailbox"],
  SETMETADATA: ['INBOX (/private/comment "x")', "mailbox"],
  GETANNOTATION: ['INBOX "/comment" "value.priv"', "mailbox"],
  SETANNOTATION: ['INBOX "/comment" ("value.priv" "x")', "mailbox"],
  GENURLAUTH: ['"imap://joe@example.com/INBOX/;uid=20/;section=1.2;urlauth=submit+fred" INTERNAL', "other"],
  RESETKEY: ["", "other"],
  URLFETCH: ['"imap://joe@example.com/INBOX/;uid=20"', "other"],
};

test("every command of the vocabulary has a line here, and every line a command", () => {
  assert.deepEqual(Object.keys(LINES).sort(), COMMANDS.map(({ name }) => name).sort());
});

test("a well-formed command of every name is named, typed and without defects", () => {
  for (const [name, [rest, kind]] of Object.entries(LINES)) {
    const line = `a1 ${name}${rest === "" ? "" : ` ${rest}`}`;
    const { value, defects } = parsed(line);
    assert.deepEqual([value.name, value.detail.kind, defects], [name, kind, []], line);
    const lower = parsed(line.replace(name, name.toLowerCase()));
    assert.deepEqual([lower.value.name, lower.defects], [name, []], `${line} in small letters`);
  }
});

test("commands without arguments refuse any", () => {
  for (const [name, [rest]] of Object.entries(LINES)) {
    if (rest !== "" || name === "RESETKEY") continue;
    assert.deepEqual(defectKinds(`a1 ${name} surplus`), ["argument-surplus"], name);
  }
});

test("commands with arguments miss them, once", () => {
  const free = new Set(["LANGUAGE", "COMPARATOR", "XAPPLEPUSHSERVICE", "X-MASTERAUTH"]);
  for (const [name, [rest]] of Object.entries(LINES)) {
    if (rest === "" || free.has(name)) continue;
    assert.deepEqual(defectKinds(`a1 ${name}`), ["argument-missing"], name);
  }
});

test("ENABLE (RFC 5161 §3.1)", () => {
  assert.deepEqual(detail("ENABLE condstore Utf8=Accept"), {
    kind: "enable",
    capabilities: ["CONDSTORE", "UTF8=ACCEPT"],
  });
  assert.deepEqual(defectKinds('a1 ENABLE "CONDSTORE"'), ["argument-invalid"]);
});

test("NOTIFY (RFC 5465 §3.1)", () => {
  const rows: readonly [line: string, detail: CommandDetail, kinds: readonly string[]][] = [
    ["NOTIFY NONE", { kind: "notify", set: false, statusIndicator: false }, []],
    ["NOTIFY SET (inboxes MessageNew)", { kind: "notify", set: true, statusIndicator: false }, []],
    ["notify set STATUS (personal (MessageNew))", { kind: "notify", set: true, statusIndicator: true }, []],
    ["NOTIFY SET", { kind: "notify", set: true, statusIndicator: false }, ["argument-missing"]],
    ["NOTIFY SET personal", { kind: "notify", set: true, statusIndicator: false }, ["argument-invalid"]],
    ["NOTIFY NONE x", { kind: "notify", set: false, statusIndicator: false }, ["argument-surplus"]],
    ["NOTIFY SOME", { kind: "other" }, ["argument-invalid"]],
  ];
  for (const [line, wanted, kinds] of rows) {
    assert.deepEqual([detail(line), defectKinds(`a1 ${line}`)], [wanted, kinds], line);
  }
});
