/**
 * Well-formed lines after the examples and grammars of the RFCs: no parser finds a defect in them, no name in them is unknown, and
 * what an RFC types is typed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCommand, parseResponse } from "../../src/library/parse.ts";

const COMMANDS = String.raw`
  a FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS ("From" To)])
  a FETCH 1 BODY[1.2.MIME]<0.10>
  a fetch 1 (PREVIEW (LAZY) UID)
  a FETCH 1 PREVIEW (LAZY)
  a FETCH 1 (ANNOTATION (/* (value.priv size.priv)))
  a FETCH 1:2,4,*:7 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
  a FETCH 1 (BINARY.PEEK[1]<0.100> BINARY.SIZE[1] MODSEQ EMAILID THREADID SAVEDATE)
  a FETCH 1 BODY[]<0.2048>
  a FETCH 1 (RFC822.HEADER RFC822.TEXT X-GM-LABELS X-VENDOR)
  a APPEND x UTF8 (~{4+}\r\nabcd)
  a APPEND "x" (\\Seen $Forwarded) "17-Jul-1996 02:44:25 -0700" {3+}\r\nabc
  a APPEND x ANNOTATION (/comment (value.priv "x")) {3+}\r\nabc
  a SELECT x (QRESYNC (67890007 90060115194045000 41:211,214:541 (1,3 5,7)))
  a EXAMINE {3+}\r\nfoo (CONDSTORE)
  a SETQUOTA "" ()
  a STORE 1 FLAGS \\Deleted \\Seen
  a STORE 1 -FLAGS.SILENT (\\Deleted foo)
  a STORE $ +X-GM-LABELS (\\Inbox "a b")
  a UID STORE 1 (UNCHANGEDSINCE 12) ANNOTATION (/comment (value.priv "x"))
  a SEARCH $
  a SEARCH UID 1:* NOT (OR FROM "a" TO {1+}\r\nb) HEADER X ""
  a SEARCH RETURN (PARTIAL -1:-100 MIN) MODSEQ "/flags/\\\\draft" all 620162338
  a SEARCH FILTER on-the-road FUZZY SUBJECT x YOUNGER 259200 SAVEDATESUPPORTED
  a AUTHENTICATE PLAIN =
  a AUTHENTICATE GSSAPI
  a LOGIN "a\\"b" {3+}\r\nx y
  a LIST "" (a b) RETURN (SUBSCRIBED STATUS (MESSAGES UNSEEN))
  a LIST (SUBSCRIBED REMOTE) "" % RETURN ()
  a LIST () "" *
  a LIST ~/Mail %
  a LIST "" "*" RETURN (METADATA (DEPTH 1 "/shared/x"))
  a RENAME INBOX "old mail"
  a CREATE x (USE (\\Drafts \\Sent))
  a GETMETADATA (DEPTH infinity MAXSIZE 10) INBOX (/private/filters/values/small)
  a SETMETADATA "" (/private/x {3+}\r\nabc /shared/y NIL)
  a NOTIFY SET (selected (MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge)) (subtree (a b) (MailboxName)) (inboxes NONE)
  a NOTIFY NONE
  a ID NIL
  a ID ()
  a ENABLE QRESYNC UTF8=ACCEPT
  a UID FETCH 4294967295 FLAGS
  a UID EXPUNGE $
  a SORT (REVERSE SIZE SUBJECT) UTF-8 FLAGGED
  a UID THREAD REFS US-ASCII SINCE 5-Mar-2000
  a STATUS "&ZeVnLIqe-" (MESSAGES)
  a COPY 2,4:7,9,12:* "&-"
  a COMPRESS DEFLATE
  a GENURLAUTH "imap://x" INTERNAL "imap://y" INTERNAL
  a RESETKEY
  a LANGUAGE
  a LANGUAGE en de "default"
  a LISTRIGHTS ~/Mail/saved smith
  a SETACL "x" {3+}\r\nfoo lr
  a XLIST "" "*"
  a MYRIGHTS [Gmail]/Trash
  a LSUB "" %.%
  a SELECT [Gmail]
  a SELECT a]b
  a CONVERT 1 ("TEXT/PLAIN" ("CHARSET" "us-ascii")) (BINARY[1] BODYPARTSTRUCTURE[1] BINARY.SIZE[1])
  a UNSELECT
`;

const RESPONSES = String.raw`
  * LIST (\\Noselect) NIL ""
  * LIST () "/" {3}\r\nfoo
  * LIST () "/" "[Gmail]/x"
  * LIST () "/" [Gmail]
  * LSUB () "." #news.comp.mail.misc
  * STATUS "a b" (MESSAGES 231 UIDNEXT 44292 X-FOO (1 2))
  * STATUS x (APPENDLIMIT NIL SIZE 9223372036854775807)
  * SEARCH 2 84 882
  * SEARCH
  * SORT 5 3 4 1 2
  * SORT
  * THREAD
  * THREAD (166)(167)(168)(169)(172)((170)(179))
  * ESEARCH (TAG "a567") UID COUNT 17 ALL 4:18,21,28
  * ESEARCH
  * ESEARCH (TAG "A1") MODSEQ 1236 ALL 1
  * ESEARCH (TAG "C01") UID ADDTO (0 32768:32769) REMOVEFROM (1 5)
  * ESEARCH (TAG "a") UID RELEVANCY (4 99 42)
  * 3 FETCH (BODY[HEADER.FIELDS ("DATE" "FROM")] {2}\r\n\r\n BODY[1.2]<0> "x" BODY[] NIL)
  * 3 FETCH (BINARY[1.2] ~{3}\r\na\x00b BINARY.SIZE[1] 5 BINARY[2] NIL BINARY[3] "")
  * 3 FETCH ()
  * 3 FETCH (UID 5 ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg" (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) ((NIL NIL "group" NIL)(NIL NIL "a" "b")(NIL NIL NIL NIL)) NIL NIL "<B27397-0100000@cac.washington.edu>"))
  * 3 FETCH (BODY (("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 1152 23)("TEXT" "PLAIN" ("CHARSET" "US-ASCII" "NAME" "cc.diff") "<960723163407.20117h@cac.washington.edu>" "Compiler diff" "BASE64" 4554 73) "MIXED"))
  * 3 FETCH (BODYSTRUCTURE ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 342 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3028 92) 100 NIL ("ATTACHMENT" ("FILENAME" "a.eml")) NIL NIL))
  * 3 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1 NIL NIL NIL NIL)("IMAGE" "PNG" ("NAME" {5}\r\na.png) "<x>" NIL "BASE64" 100 NIL ("INLINE" ("FILENAME" "a.png")) ("en") "loc" ("ext" 5 NIL)) "RELATED" ("BOUNDARY" "x" "TYPE" "text/plain") NIL NIL NIL "more"))
  * 3 FETCH (BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 0 0 NIL NIL "en"))
  * 1 FETCH (PREVIEW "Preview text!" UID 1)
  * 1 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700" SAVEDATE " 1-Jan-2020 00:00:00 +0000")
  * 1 FETCH (MODSEQ (624140003) EMAILID (M6d99) THREADID (T64b))
  * VANISHED 1:3,5
  * VANISHED (EARLIER) 41,43:116,118,120:211,214:540
  * 25996 UIDFETCH (FLAGS (\\Seen))
  * QUOTA "" (STORAGE 10 512)
  * QUOTA "x" ()
  * QUOTAROOT INBOX
  * QUOTAROOT comp.mail.mime
  * NAMESPACE (("INBOX." ".")) NIL NIL
  * NAMESPACE NIL NIL (("" "."))
  * NAMESPACE (("" "/")) (("~" "/")) (("#shared/" "/")("#public/" "/")("#ftp/" "/")("#news." "."))
  * ID ("name" "Cyrus" "x" NIL)
  * ID NIL
  * ACL INBOX
  * ACL INBOX Fred rwipsldexta test "" -x rw
  * MYRIGHTS INBOX rwiptsldaex
  * LISTRIGHTS ~/Mail/saved smith la r swicdkxte
  * METADATA "INBOX" (/private/comment "x" /shared/comment {3}\r\nabc /x NIL)
  * METADATA "" /shared/comment /private/x
  * ENABLED
  * ENABLED CONDSTORE
  * CAPABILITY IMAP4rev2 STARTTLS AUTH=GSSAPI LOGINDISABLED XPIG-LATIN
  * FLAGS ()
  * FLAGS (\\Answered $MDNSent NonJunk)
  * 23 EXISTS
  * 0 RECENT
  * 44 EXPUNGE
  * LANGUAGE (EN DE)
  * URLFETCH "imap://x" NIL "imap://y" (BINARY ~{3}\r\nabc) (BODYPARTSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 1 1))
  * JMAPACCESS "https://x"
  * OK [CAPABILITY IMAP4rev1] x
  * OK [PERMANENTFLAGS ()] x
  * OK [BADCHARSET] x
  * NO [BADCHARSET (UTF-8)] x
  * OK [HIGHESTMODSEQ 1] x
  * OK [COPYUID 38505 304,319:320 3956:3958] x
  t OK [APPENDUID 38505 3955] x
  t OK [MODIFIED 7,9] x
  * OK [INPROGRESS] x
  * OK [INPROGRESS (NIL NIL NIL)] x
  * OK [INPROGRESS ("A" 5 NIL)] x
  * OK [METADATA MAXSIZE 10] x
  t NO [METADATA (NOPRIVATE)] x
  t NO [OVERQUOTA] x
  t OK [READ-WRITE] x
  + 
  + ok
  + [ALERT] x
  * BYE x
  * PREAUTH x
  * NO [REFERRAL imap://user;AUTH=*@server2/] x
  t OK [X-UNKNOWN (a "b") c] x
  t NO [BADURL "imap://x;urlauth=user+fred"] x
  * OK quota {5}
  * OK a "lone quote
  * OK [UIDNEXT 4] ) ( "
`;

/** The lines of a table; `\r`, `\n`, `\x00` and `\\` stand for octets. */
function lines(table: string): readonly string[] {
  return table
    .split("\n")
    .map((line) => line.replace(/^ {2}/, ""))
    .filter((line) => line !== "")
    .map((line) => line.replaceAll("\\r\\n", "\r\n").replaceAll("\\x00", "\0").replaceAll("\\\\", "\\"));
}

for (const line of lines(COMMANDS)) {
  test(`no defect in ${JSON.stringify(line)}`, () => {
    assert.deepEqual(parseCommand(line).defects, []);
  });
}

for (const line of lines(RESPONSES)) {
  test(`no defect in ${JSON.stringify(line)}`, () => {
    const { value, defects } = parseResponse(line);
    assert.deepEqual(defects, []);
    assert.notEqual(value.kind, "malformed");
  });
}
