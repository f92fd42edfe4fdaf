/**
 * A row for every name of the vocabulary: a line in which it occurs, which frames, is named, and has no defect; commands with
 * the responses that answer them and how sure it is that they do. What the vocabulary has and these tables have not fails.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DATA_ITEMS } from "../../src/core/vocabulary/data-items.ts";
import { FLAGS } from "../../src/core/vocabulary/flags.ts";
import {
  CAPABILITY_ENTRIES,
  CODE_ENTRIES,
  COMMANDS,
  capabilityEntry,
  commandEntry,
  RESPONSE_ENTRIES,
} from "../../src/core/vocabulary/vocabulary.ts";
import { parsed as parsedCommand } from "../parsed-command.ts";
import { parsed } from "../parsed-response.ts";
import { play } from "../playbook.ts";

const ADVERTISED = CAPABILITY_ENTRIES.map(({ name }) => name)
  .filter((name) => !["LOGINDISABLED", "STARTTLS", "APPENDLIMIT=", "MESSAGELIMIT="].includes(name))
  .map((name) =>
    name === "AUTH=" ? "AUTH=PLAIN" : /[=-]$/.test(name) && name !== "LITERAL-" ? `${name}X` : name,
  )
  .join(" ");
const STRANGER = `S: * OK [CAPABILITY ${ADVERTISED}] hello\n`;
const SELECTED = `S: * PREAUTH [CAPABILITY ${ADVERTISED}] hello
  C: s SELECT INBOX
  S: * FLAGS (\\Seen \\Deleted)
  S: * 9 EXISTS
  S: * 0 RECENT
  S: * OK [UIDVALIDITY 7] valid
  S: * OK [UIDNEXT 60] next
  S: * OK [PERMANENTFLAGS (\\Seen \\Deleted)] kept
  S: s OK [READ-WRITE] done
`;

/** Without its tag: the command; what answers it; how that is attributed, `t` being its tag. */
type CommandCase = readonly [
  name: string,
  line: string,
  answers: readonly string[],
  attributions: readonly string[],
];

const COMMAND_CASES: readonly CommandCase[] = [
  ["CAPABILITY", "CAPABILITY", ["* CAPABILITY IMAP4rev1"], ["CAPABILITY certain t"]],
  ["NOOP", "NOOP", ["* 10 EXISTS"], ["EXISTS unsolicited during t"]],
  ["LOGOUT", "LOGOUT", ["* BYE bye"], ["BYE certain t"]],
  ["STARTTLS", "STARTTLS", [], []],
  ["AUTHENTICATE", "AUTHENTICATE PLAIN AGEAYg==", ["* CAPABILITY IMAP4rev1"], ["CAPABILITY likely t"]],
  ["LOGIN", "LOGIN alice secret", ["* CAPABILITY IMAP4rev1"], ["CAPABILITY likely t"]],
  ["UNAUTHENTICATE", "UNAUTHENTICATE", [], []],
  ["ID", 'ID ("name" "x" "version" NIL)', ['* ID ("name" "y")'], ["ID certain t"]],
  ["ENABLE", "ENABLE CONDSTORE", ["* ENABLED CONDSTORE"], ["ENABLED certain t"]],
  ["COMPRESS", "COMPRESS DEFLATE", [], []],
  [
    "LANGUAGE",
    'LANGUAGE "de" default',
    ['* LANGUAGE ("de")', '* NAMESPACE (("" "/")) NIL NIL'],
    ["LANGUAGE certain t", "NAMESPACE certain t"],
  ],
  [
    "COMPARATOR",
    'COMPARATOR "cz;*" i;basic',
    ['* COMPARATOR i;basic ("i;basic" "i;ascii-numeric")'],
    ["COMPARATOR certain t"],
  ],
  ["GETJMAPACCESS", "GETJMAPACCESS", ['* JMAPACCESS "https://example.org/jmap"'], ["JMAPACCESS certain t"]],
  [
    "XAPPLEPUSHSERVICE",
    'XAPPLEPUSHSERVICE "aps-version" "2" "aps-account-id" "x" "mailboxes" ("INBOX")',
    ['* XAPPLEPUSHSERVICE "aps-version" "2" "aps-topic" "t"'],
    ["XAPPLEPUSHSERVICE certain t"],
  ],
  ["PROXYAUTH", "PROXYAUTH bob", [], []],
  ["X-MASTERAUTH", "X-MASTERAUTH xxxxxxxx", [], []],
  ["SETACL", "SETACL INBOX alice +lrs", [], []],
  ["DELETEACL", "DELETEACL INBOX -bob", [], []],
  ["GETACL", "GETACL INBOX", ["* ACL INBOX alice lrswikxtea -bob l"], ["ACL certain t"]],
  ["LISTRIGHTS", "LISTRIGHTS INBOX bob", ["* LISTRIGHTS INBOX bob la r swicd k x"], ["LISTRIGHTS certain t"]],
  ["MYRIGHTS", "MYRIGHTS INBOX", ["* MYRIGHTS INBOX lrs"], ["MYRIGHTS certain t"]],
  ["GETQUOTA", 'GETQUOTA ""', ['* QUOTA "" (STORAGE 10 512 MESSAGE 20 100)'], ["QUOTA certain t"]],
  [
    "GETQUOTAROOT",
    "GETQUOTAROOT INBOX",
    ['* QUOTAROOT INBOX ""', '* QUOTA "" (STORAGE 10 512)'],
    ["QUOTAROOT certain t", "QUOTA certain t"],
  ],
  ["SETQUOTA", 'SETQUOTA "" (STORAGE 512)', ['* QUOTA "" (STORAGE 10 512)'], ["QUOTA certain t"]],
  [
    "GETMETADATA",
    "GETMETADATA INBOX (/shared/comment /private/comment)",
    ['* METADATA INBOX (/shared/comment "x" /private/comment NIL)'],
    ["METADATA certain t"],
  ],
  ["SETMETADATA", 'SETMETADATA INBOX (/private/comment "x")', [], []],
  [
    "GETANNOTATION",
    'GETANNOTATION INBOX "/comment" "value.priv"',
    ['* ANNOTATION INBOX "/comment" ("value.priv" "x")'],
    ["ANNOTATION certain t"],
  ],
  ["SETANNOTATION", 'SETANNOTATION INBOX "/comment" ("value.priv" "x")', [], []],
  [
    "GENURLAUTH",
    'GENURLAUTH "imap://a@b/INBOX/;uid=2;urlauth=anonymous" INTERNAL',
    ['* GENURLAUTH "imap://a@b/INBOX/;uid=2;urlauth=anonymous:internal:xxxxxxxx"'],
    ["GENURLAUTH certain t"],
  ],
  ["RESETKEY", "RESETKEY INBOX INTERNAL", [], []],
  ["URLFETCH", 'URLFETCH "imap://x"', ['* URLFETCH "imap://x" {3}\nS: abc'], ["URLFETCH certain t"]],
  [
    "SELECT",
    "SELECT Sent (CONDSTORE)",
    [
      "* OK [CLOSED] x",
      "* FLAGS ()",
      "* 1 EXISTS",
      "* 0 RECENT",
      "* OK [UIDVALIDITY 1] x",
      "* OK [UIDNEXT 2] x",
      "* OK [PERMANENTFLAGS ()] x",
    ],
    [
      "CLOSED certain t",
      "FLAGS certain t",
      "EXISTS certain t",
      "RECENT certain t",
      "UIDVALIDITY certain t",
      "UIDNEXT certain t",
      "PERMANENTFLAGS certain t",
    ],
  ],
  [
    "EXAMINE",
    "EXAMINE INBOX",
    [
      "* FLAGS ()",
      "* 1 EXISTS",
      "* 0 RECENT",
      "* OK [UIDVALIDITY 1] x",
      "* OK [UIDNEXT 2] x",
      "* OK [READ-ONLY] x",
    ],
    [
      "FLAGS likely t",
      "EXISTS likely t",
      "RECENT likely t",
      "UIDVALIDITY likely t",
      "UIDNEXT likely t",
      "READ-ONLY likely t",
    ],
  ],
  ["CREATE", "CREATE x (USE (\\Drafts))", ['* LIST () "/" x'], ["LIST likely t"]],
  ["DELETE", "DELETE x", [], []],
  ["RENAME", "RENAME x y", ['* LIST () "/" y ("OLDNAME" ("x"))'], ["LIST likely t"]],
  ["SUBSCRIBE", "SUBSCRIBE x", ['* LIST (\\Subscribed) "/" x'], ["LIST likely t"]],
  ["UNSUBSCRIBE", "UNSUBSCRIBE x", [], []],
  [
    "LIST",
    'LIST (SUBSCRIBED RECURSIVEMATCH) "" ("INBOX" "%") RETURN (CHILDREN STATUS (MESSAGES) MYRIGHTS METADATA ("/shared/x"))',
    [
      '* LIST (\\Subscribed) "/" a ("CHILDINFO" ("SUBSCRIBED"))',
      "* STATUS a (MESSAGES 3)",
      "* MYRIGHTS a lrs",
      "* METADATA a (/shared/x NIL)",
    ],
    ["LIST certain t", "STATUS certain t", "MYRIGHTS certain t", "METADATA certain t"],
  ],
  ["LSUB", 'LSUB "" *', ['* LSUB () "." #news.comp'], ["LSUB certain t"]],
  ["XLIST", 'XLIST "" *', ['* XLIST (\\Inbox) "/" Inbox'], ["XLIST certain t"]],
  ["RLIST", 'RLIST "" *', ['* LIST (\\Remote) "/" x'], ["LIST certain t"]],
  ["RLSUB", 'RLSUB "" *', ['* LSUB () "/" x'], ["LSUB certain t"]],
  ["FIND", "FIND ALL.MAILBOXES *", ["* MAILBOX INBOX"], ["MAILBOX certain t"]],
  [
    "NAMESPACE",
    "NAMESPACE",
    ['* NAMESPACE (("" "/")("#mh/" "/" "X-PARAM" ("FLAG1"))) NIL (("Public/" "/"))'],
    ["NAMESPACE certain t"],
  ],
  ["STATUS", "STATUS x (MESSAGES SIZE)", ["* STATUS x (MESSAGES 3 SIZE 44421)"], ["STATUS certain t"]],
  ["APPEND", 'APPEND x (\\Seen) " 1-Jan-2024 00:00:00 +0000" {3+}\nC: abc', [], []],
  ["IDLE", "IDLE", ["+ idling", "* 10 EXISTS"], ["EXISTS unsolicited during t"]],
  [
    "NOTIFY",
    "NOTIFY SET STATUS (personal (MessageNew (UID BODY.PEEK[HEADER]) MessageExpunge))",
    ["* STATUS x (MESSAGES 1)"],
    ["STATUS likely t"],
  ],
  [
    "ESEARCH",
    "ESEARCH IN (mailboxes INBOX subtree lists) RETURN (ALL) UNSEEN",
    ['* ESEARCH (TAG "t" MAILBOX "lists" UIDVALIDITY 3) UID ALL 1:2'],
    ["ESEARCH certain t"],
  ],
  ["CANCELUPDATE", 'CANCELUPDATE "x" "y"', [], []],
  ["CHECK", "CHECK", [], []],
  ["CLOSE", "CLOSE", [], []],
  ["UNSELECT", "UNSELECT", [], []],
  [
    "EXPUNGE",
    "EXPUNGE",
    ["* 1 EXPUNGE", "* OK [HIGHESTMODSEQ 5] x"],
    ["EXPUNGE likely t", "HIGHESTMODSEQ unsolicited during t"],
  ],
  [
    "SEARCH",
    "SEARCH RETURN (MIN MAX COUNT ALL SAVE) CHARSET UTF-8 OR FROM a NOT (SEEN)",
    ['* ESEARCH (TAG "t") MIN 1 MAX 3 COUNT 2 ALL 1,3'],
    ["ESEARCH certain t"],
  ],
  ["FETCH", "FETCH 1 RFC822.SIZE", ["* 1 FETCH (RFC822.SIZE 5)"], ["FETCH certain t"]],
  ["PARTIAL", "PARTIAL 1 RFC822 1 100", ["* 1 FETCH (RFC822 {3}\nS: abc)"], ["FETCH certain t"]],
  [
    "STORE",
    "STORE 1 (UNCHANGEDSINCE 5) +FLAGS (\\Deleted)",
    ["* 1 FETCH (FLAGS (\\Deleted))", "* 1 STORE (FLAGS (\\Deleted))"],
    ["FETCH likely t", "STORE certain t"],
  ],
  ["COPY", "COPY 1:2 x", ["* 1 COPY"], ["COPY certain t"]],
  ["MOVE", "MOVE 1 x", ["* OK [COPYUID 1 1 2] x", "* 1 EXPUNGE"], ["COPYUID likely t", "EXPUNGE likely t"]],
  [
    "SORT",
    "SORT RETURN (COUNT) (REVERSE DATE DISPLAYFROM) UTF-8 ALL",
    ['* ESEARCH (TAG "t") COUNT 5'],
    ["ESEARCH certain t"],
  ],
  ["THREAD", "THREAD REFERENCES UTF-8 ALL", ["* THREAD (2)(3 6 (4 23)(44 7 96))"], ["THREAD certain t"]],
  [
    "REPLACE",
    "REPLACE 1 x (\\Seen) {3+}\nC: abc",
    ["* OK [APPENDUID 1 5] x", "* 10 EXISTS", "* 1 EXPUNGE"],
    ["APPENDUID likely t", "EXISTS unsolicited during t", "EXPUNGE likely t"],
  ],
  [
    "CONVERT",
    'CONVERT 2 ("text/plain" ("charset" "utf-8")) BINARY[3]',
    ['* 2 CONVERTED (TAG "t") (BINARY[3] {3}\nS: abc)'],
    ["CONVERTED certain t"],
  ],
  [
    "CONVERSIONS",
    'CONVERSIONS "text/html" "text/*"',
    ['* CONVERSION "text/html" "text/plain" ("charset")'],
    ["CONVERSION certain t"],
  ],
  [
    "UID FETCH",
    "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5 VANISHED)",
    ["* VANISHED (EARLIER) 3:5", "* 1 FETCH (UID 7 FLAGS () MODSEQ (9))"],
    ["VANISHED certain t", "FETCH likely t"],
  ],
  ["UID STORE", "UID STORE 7 -FLAGS.SILENT (\\Seen)", ["* 1 FETCH (UID 7 MODSEQ (12))"], ["FETCH likely t"]],
  ["UID COPY", "UID COPY 7 x", [], []],
  [
    "UID MOVE",
    "UID MOVE 7 x",
    ["* OK [COPYUID 1 7 2] x", "* 1 EXPUNGE"],
    ["COPYUID likely t", "EXPUNGE likely t"],
  ],
  ["UID EXPUNGE", "UID EXPUNGE 7:8", ["* 2 EXPUNGE"], ["EXPUNGE likely t"]],
  ["UID SEARCH", "UID SEARCH $", ["* SEARCH 2 84 882 (MODSEQ 917162500)"], ["SEARCH certain t"]],
  ["UID SORT", "UID SORT (SUBJECT) US-ASCII ALL", ["* SORT 2 1"], ["SORT certain t"]],
  ["UID THREAD", "UID THREAD ORDEREDSUBJECT US-ASCII ALL", ["* THREAD (1)(2)"], ["THREAD certain t"]],
  [
    "UID REPLACE",
    "UID REPLACE 7 x {3+}\nC: abc",
    ["* OK [APPENDUID 1 5] x", "* VANISHED 7"],
    ["APPENDUID likely t", "VANISHED likely t"],
  ],
  [
    "UID CONVERT",
    'UID CONVERT 7 ("image/png") BINARY[1]',
    ['* 2 CONVERTED (TAG "t") (UID 7 BINARY[1] ~{3}\nS: abc)'],
    ["CONVERTED certain t"],
  ],
];

for (const [name, line, answers, attributions] of COMMAND_CASES) {
  test(`${name} is known, and so are its answers`, () => {
    const entry = commandEntry(name);
    assert.ok(entry !== undefined);
    const stage = entry.states.includes("selected")
      ? SELECTED
      : entry.states.includes("authenticated")
        ? `${SELECTED}C: u UNSELECT\nS: u OK done\n`
        : name === "STARTTLS"
          ? STRANGER.replace("IMAP4rev1", "IMAP4rev1 STARTTLS")
          : STRANGER;
    const tls = name !== "STARTTLS";
    const before = play(stage, { tls });
    const end = name === "IDLE" ? "C: DONE\n" : "";
    const told = play(
      `${stage}C: t ${line}\n${answers.map((each) => `S: ${each}\n`).join("")}${end}S: t NO tried\n`,
      { tls },
    );
    assert.deepEqual(before.defects, []);
    assert.deepEqual(told.defects, []);
    assert.deepEqual(told.attributions.slice(before.attributions.length), attributions);
    const exchange = told.exchanges.find(({ tag }) => tag === "t");
    assert.equal(exchange?.commandName, name);
    assert.equal(exchange?.status, "NO");
  });
}

test("every command has its row", () => {
  assert.deepEqual(COMMAND_CASES.map(([name]) => name).sort(), COMMANDS.map(({ name }) => name).sort());
});

test("every response answers a command, is pushed, or is a status", () => {
  const answers = COMMAND_CASES.flatMap(([, , lines]) => lines);
  const pushed = ["* 70 UIDFETCH (FLAGS ())", "* OK x", "* NO x", "* BAD x", "* PREAUTH x"];
  const found = new Set(
    [...answers, ...pushed].map((line) => {
      const { value, kinds } = parsed(line.replaceAll("\nS: ", "\r\n"));
      assert.deepEqual(kinds, [], line);
      return value.kind === "data" ? value.name : value.kind === "status" ? value.status : "";
    }),
  );
  assert.deepEqual(
    RESPONSE_ENTRIES.map(({ name }) => name).filter((name) => !found.has(name)),
    [],
  );
});

/** Where its name alone is not the code: with proper arguments. */
const CODE_ARGUMENTS: Readonly<Record<string, readonly [text: string, kind: string]>> = {
  BADCHARSET: ["(UTF-8 US-ASCII)", "tokens"],
  CAPABILITY: ["IMAP4rev1 AUTH=PLAIN", "capabilities"],
  PERMANENTFLAGS: ["(\\Seen $x \\*)", "flags"],
  UIDNEXT: ["4392", "number"],
  UIDVALIDITY: ["3857529045", "number"],
  UNSEEN: ["12", "number"],
  NEWNAME: ["old new", "tokens"],
  APPENDUID: ["38505 3955:3957", "appendUid"],
  COPYUID: ["38505 304,319:320 3956:3958", "copyUid"],
  REFERRAL: ["imap://user;AUTH=*@server/", "tokens"],
  BADURL: ['"/INBOX;UIDVALIDITY=3/;uid=x"', "tokens"],
  URLMECH: ["INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==", "tokens"],
  HIGHESTMODSEQ: ["90060115205545359", "number"],
  MODIFIED: ["7,9:12", "set"],
  ANNOTATE: ["TOOBIG", "tokens"],
  ANNOTATIONS: ["20480 NOPRIVATE", "tokens"],
  MAXCONVERTMESSAGES: ["1", "tokens"],
  MAXCONVERTPARTS: ["1", "tokens"],
  NOUPDATE: ['"B02"', "tag"],
  METADATA: ["LONGENTRIES 2199", "tokens"],
  BADEVENT: ["(FlagChange MessageNew)", "tokens"],
  "UNDEFINED-FILTER": ["on-the-road", "tokens"],
  MAILBOXID: ["(F2212ea87-6097-4256-9d51-71338625)", "tokens"],
  INPROGRESS: ['("A001" 454 1000)', "progress"],
  MESSAGELIMIT: ["1000 23221", "tokens"],
  WEBALERT: ["https://example.org/?plt=x", "tokens"],
};

for (const { name } of CODE_ENTRIES) {
  test(`[${name}] is read`, () => {
    const [text, kind] = CODE_ARGUMENTS[name] ?? ["", "none"];
    for (const status of ["* OK", "* NO", "t OK", "t NO"]) {
      const { value, kinds } = parsed(`${status} [${text === "" ? name : `${name} ${text}`}] words`);
      assert.deepEqual(kinds, []);
      assert.ok(value.kind === "status");
      assert.deepEqual([value.code?.name, value.code?.text, value.code?.data.kind], [name, text, kind]);
      assert.equal(value.text, "words");
    }
  });
}

test("every capability is advertised without a defect, and known again", () => {
  const { value, kinds } = parsed(`* CAPABILITY ${ADVERTISED} STARTTLS LOGINDISABLED MESSAGELIMIT=10`);
  assert.deepEqual(kinds, []);
  assert.ok(value.kind === "data" && value.data.kind === "capabilities");
  const known = value.data.capabilities.map((name) => capabilityEntry(name)?.name);
  assert.deepEqual(
    known.filter((name) => name === undefined),
    [],
  );
  const advertised = new Set(known);
  assert.deepEqual(
    CAPABILITY_ENTRIES.map(({ name }) => name).filter((name) => !advertised.has(name)),
    ["APPENDLIMIT="],
  );
});

const FETCHED: Readonly<Record<string, string>> = {
  BODY: '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1)',
  BODYSTRUCTURE: '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1 NIL ("INLINE" NIL) ("en" "de") "x")',
  "BINARY.SIZE": "5",
  ENVELOPE: "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
  FLAGS: "(\\Seen $x)",
  INTERNALDATE: '" 1-Jan-2024 00:00:00 +0000"',
  "RFC822.SIZE": "44827",
  UID: "4294967295",
  MODSEQ: "(9223372036854775807)",
  ANNOTATION: '(/comment ("value.priv" "x" "size.priv" "1"))',
  SAVEDATE: "NIL",
  EMAILID: "(M6d99ac3275bb4e)",
  THREADID: "NIL",
  "X-GM-MSGID": "18446744073709551615",
  "X-GM-THRID": "1278455344230334865",
  "X-GM-LABELS": '(\\Inbox "a b" {3}\r\nfoo)',
};
const SECTIONED = ["BODY.PEEK", "BINARY", "BINARY.PEEK", "BINARY.SIZE"];

for (const { name, uses } of DATA_ITEMS) {
  test(`the item ${name} is asked for and answered`, () => {
    const item = SECTIONED.includes(name) ? `${name}[1.2]` : name;
    const question = uses.includes("status") ? `a STATUS x (${name})` : `a FETCH 1 ${item}`;
    assert.deepEqual(parsedCommand(question).defects, []);
    if (["ALL", "FAST", "FULL"].includes(name)) return;
    const value = name === "MAILBOXID" ? "(F2212ea87)" : name === "APPENDLIMIT" ? "NIL" : "90060115205545";
    const answer = uses.includes("status")
      ? `* STATUS x (${name} ${value})`
      : `* 1 FETCH (${item.replace(".PEEK", "")} ${FETCHED[name] ?? "{3}\r\nabc"})`;
    assert.deepEqual(parsed(answer).kinds, []);
  });
}

test("every flag stands where it belongs", () => {
  const listed = FLAGS.filter(({ uses }) => uses.includes("mailboxAttribute")).map(({ name }) => name);
  for (const name of listed) assert.deepEqual(parsed(`* LIST (${name}) "/" x`).kinds, [], name);
  const set = FLAGS.filter(({ name, uses }) => !uses.includes("mailboxAttribute") && name !== "\\*");
  assert.deepEqual(parsed(`* FLAGS (${set.map(({ name }) => name).join(" ")})`).kinds, []);
});
