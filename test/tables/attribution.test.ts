/**
 * To which command each untagged response belongs, and how sure that is: RFC 9051 §5.2, §5.3, §5.5, §7, and the extensions, row
 * by row. Each row is a whole dialogue; its attributions are those of its untagged responses, in order.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play, playSelected } from "../playbook.ts";

interface Row {
  readonly name: string;
  /** `selected`: behind the prelude, with INBOX of five messages selected; `fresh`: from the greeting on. */
  readonly stage: "selected" | "fresh" | "midway";
  readonly said: string;
  readonly attributions: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: "ESEARCH names its command by tag",
    stage: "selected",
    said: `
      C: a UID SEARCH RETURN (ALL) ALL
      C: b UID SEARCH RETURN (ALL) 1
      S: * ESEARCH (TAG "b") UID ALL 1
      S: * ESEARCH (TAG "a") UID ALL 1:5
      S: b OK x
      S: a OK x
    `,
    attributions: ["ESEARCH certain b", "ESEARCH certain a"],
  },
  {
    name: "late results of CONTEXT belong to the completed search",
    stage: "selected",
    said: `
      C: B01 UID SEARCH RETURN (UPDATE COUNT) DELETED
      S: * ESEARCH (TAG "B01") UID COUNT 3
      S: B01 OK x
      S: * ESEARCH (TAG "B01") UID ADDTO (0 32768:32769)
      C: n NOOP
      S: * ESEARCH (TAG "B01") UID REMOVEFROM (0 32768)
      S: n OK x
      C: c CANCELUPDATE "B01"
      S: c OK x
    `,
    attributions: ["ESEARCH certain B01", "ESEARCH certain B01", "ESEARCH certain B01"],
  },
  {
    name: "ESEARCH with the tag of nobody",
    stage: "selected",
    said: `
      C: a UID SEARCH RETURN (ALL) ALL
      S: * ESEARCH (TAG "zz") UID ALL 1
      S: a OK x
    `,
    attributions: ["ESEARCH unsolicited during a"],
  },
  {
    name: "ESEARCH without a tag belongs to the only extended search",
    stage: "selected",
    said: `
      C: a UID SEARCH RETURN (ALL) ALL
      S: * ESEARCH UID ALL 1
      S: a OK x
    `,
    attributions: ["ESEARCH likely a"],
  },
  {
    name: "two searches are ambiguous until one is left",
    stage: "selected",
    said: `
      C: a SEARCH 1
      C: b SEARCH 2
      S: * SEARCH 1
      S: a OK x
      S: * SEARCH 2
      S: b OK x
    `,
    attributions: ["SEARCH ambiguous a b", "SEARCH certain b"],
  },
  {
    name: "SEARCH and UID SEARCH are answered alike",
    stage: "selected",
    said: `
      C: a SEARCH 1
      C: b UID SEARCH 2
      S: * SEARCH 1
      S: a OK x
      S: * SEARCH 2
      S: b OK x
    `,
    attributions: ["SEARCH ambiguous a b", "SEARCH certain b"],
  },
  {
    name: "SEARCH, SORT and THREAD are told apart by name",
    stage: "selected",
    said: `
      C: a SEARCH 1
      C: b SORT (DATE) UTF-8 ALL
      C: c THREAD REFERENCES UTF-8 ALL
      S: * THREAD (1)(2 3 (4)(5))
      S: * SORT 2 1
      S: * SEARCH 1
      S: c OK x
      S: b OK x
      S: a OK x
    `,
    attributions: ["THREAD certain c", "SORT certain b", "SEARCH certain a"],
  },
  {
    name: "SEARCH in answer to RETURN is accepted where no plain search is open",
    stage: "selected",
    said: `
      C: a SEARCH RETURN () ALL
      S: * SEARCH 1 2
      S: a OK x
    `,
    attributions: ["SEARCH likely a"],
  },
  {
    name: "SEARCH goes to the plain search",
    stage: "selected",
    said: `
      C: a SEARCH RETURN (ALL) ALL
      C: b SEARCH 1
      S: * SEARCH 1
      S: b OK x
      S: * ESEARCH (TAG "a") ALL 1
      S: a OK x
    `,
    attributions: ["SEARCH certain b", "ESEARCH certain a"],
  },
  {
    name: "`$` cannot exclude a message",
    stage: "selected",
    said: `
      C: a SEARCH RETURN (SAVE) FLAGGED
      S: a OK x
      C: b FETCH $ (FLAGS)
      S: * 2 FETCH (FLAGS (\\Flagged))
      S: b OK x
      C: c STORE $ +FLAGS (\\Deleted)
      S: * 2 FETCH (FLAGS (\\Flagged \\Deleted))
      S: c OK x
    `,
    attributions: ["FETCH likely b", "FETCH likely c"],
  },
  {
    name: "CAPABILITY answers its command, comes with a login, or is pushed",
    stage: "fresh",
    said: `
      S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi
      C: c CAPABILITY
      S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
      S: c OK x
      C: d LOGIN a b
      S: * CAPABILITY IMAP4rev1
      S: d OK x
      S: * CAPABILITY IMAP4rev1
    `,
    attributions: ["CAPABILITY certain c", "CAPABILITY likely d", "CAPABILITY unsolicited"],
  },
  {
    name: "responses of commands of their own",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1 ENABLE ID NAMESPACE LANGUAGE URLAUTH QUOTA ACL CONVERT JMAPACCESS I18NLEVEL=2 QUOTASET CONDSTORE] hi
      C: a ENABLE CONDSTORE
      S: * ENABLED CONDSTORE
      S: a OK x
      C: b ID NIL
      S: * ID NIL
      S: b OK x
      C: c LANGUAGE DE
      S: * LANGUAGE (DE)
      S: * NAMESPACE (("" "/")) NIL NIL
      S: c OK x
      C: d NAMESPACE
      S: * NAMESPACE (("" "/")) NIL NIL
      S: d OK x
      C: e COMPARATOR
      S: * COMPARATOR i;unicode-casemap
      S: e OK x
      C: f GETQUOTA ""
      S: * QUOTA "" (STORAGE 10 512)
      S: f OK x
      C: g GETQUOTAROOT INBOX
      S: * QUOTAROOT INBOX ""
      S: * QUOTA "" (STORAGE 10 512)
      S: g OK x
      C: h SETQUOTA "" (STORAGE 512)
      S: * QUOTA "" (STORAGE 10 512)
      S: h OK x
      C: i GETACL INBOX
      S: * ACL INBOX alice lrswipkxtecda -bob lrs
      S: i OK x
      C: j LISTRIGHTS INBOX bob
      S: * LISTRIGHTS INBOX bob la r swicdkxte
      S: j OK x
      C: k MYRIGHTS INBOX
      S: * MYRIGHTS INBOX lrs
      S: k OK x
      C: l GENURLAUTH "imap://joe@example.com/INBOX/;uid=20/;section=1.2;expire=2025-12-31T23:59:00.00-08:00;urlauth=anonymous" INTERNAL
      S: * GENURLAUTH "imap://joe@example.com/INBOX/;uid=20/;section=1.2;expire=2025-12-31T23:59:00.00-08:00;urlauth=anonymous:internal:xxxxxxxx"
      S: l OK x
      C: m URLFETCH "imap://x"
      S: * URLFETCH "imap://x" {3}
      S: abc
      S: m OK x
      C: n CONVERSIONS "text/html" "*"
      S: * CONVERSION "text/html" "text/plain" ("charset")
      S: n OK x
      C: o GETJMAPACCESS
      S: * JMAPACCESS "https://example.com/jmap"
      S: o OK x
      C: p XPIG-LATIN
      S: * XPIG-LATIN ow-nay eaking-spay
      S: p OK x
      S: * XPIG-LATIN ow-nay eaking-spay
      S: * QUOTA "" (STORAGE 10 512)
      C: q GETQUOTA ""
      C: r GETQUOTAROOT INBOX
      S: * QUOTA "" (STORAGE 10 512)
      S: q OK x
      S: r OK x
    `,
    attributions: [
      "ENABLED certain a",
      "ID certain b",
      "LANGUAGE certain c",
      "NAMESPACE certain c",
      "NAMESPACE certain d",
      "COMPARATOR certain e",
      "QUOTA certain f",
      "QUOTAROOT certain g",
      "QUOTA certain g",
      "QUOTA certain h",
      "ACL certain i",
      "LISTRIGHTS certain j",
      "MYRIGHTS certain k",
      "GENURLAUTH certain l",
      "URLFETCH certain m",
      "CONVERSION certain n",
      "JMAPACCESS certain o",
      "XPIG-LATIN likely p",
      "XPIG-LATIN unsolicited",
      "QUOTA unsolicited",
      "QUOTA ambiguous q r",
    ],
  },
  {
    name: "LIST by patterns, and what it may be told to return",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1 LIST-EXTENDED LIST-STATUS NOTIFY LIST-MYRIGHTS LIST-METADATA METADATA ACL] hi
      C: a LIST "" %
      C: b LIST "" foo/*
      S: * LIST () "/" foo
      S: * LIST () "/" foo/bar
      S: * LIST () "/" bar/baz
      S: a OK x
      S: * LIST () "/" bar/baz
      S: b OK x
      C: c LSUB "" *
      S: * LSUB () "/" x
      S: c OK x
      C: d LIST "" ("INBOX" "Drafts" "Sent/%") RETURN (STATUS (MESSAGES) MYRIGHTS METADATA ("/shared/vendor/x"))
      S: * LIST () "/" INBOX
      S: * STATUS inbox (MESSAGES 3)
      S: * MYRIGHTS INBOX lrs
      S: * METADATA INBOX (/shared/vendor/x NIL)
      S: * LIST () "/" Sent/2023
      S: * STATUS Sent/2023 (MESSAGES 1)
      S: * STATUS Other (MESSAGES 1)
      S: d OK x
      C: e LIST "" * RETURN (STATUS (MESSAGES))
      C: f STATUS foo (MESSAGES)
      S: * STATUS foo (MESSAGES 1)
      S: f OK x
      S: * STATUS foo (MESSAGES 1)
      S: e OK x
      C: g LIST "" foo RETURN (STATUS (MESSAGES))
      C: h STATUS bar (MESSAGES)
      S: * STATUS bar (MESSAGES 1)
      S: * STATUS foo (MESSAGES 1)
      S: h OK x
      S: g OK x
    `,
    attributions: [
      "LIST likely a",
      "LIST likely b",
      "LIST ambiguous a b",
      "LIST certain b",
      "LSUB certain c",
      "LIST certain d",
      "STATUS certain d",
      "MYRIGHTS certain d",
      "METADATA certain d",
      "LIST certain d",
      "STATUS certain d",
      "STATUS unsolicited during d",
      "STATUS ambiguous e f",
      "STATUS certain e",
      "STATUS certain h",
      "STATUS certain g",
    ],
  },
  {
    name: "STATUS by mailbox, however it is written, and by items",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1] hi
      C: a STATUS "foo bar" (MESSAGES)
      C: b STATUS {7}
      S: + ok
      C: foo bar (UNSEEN)
      S: * STATUS "foo bar" (UNSEEN 1)
      S: * STATUS {7}
      S: foo bar (MESSAGES 1)
      S: b OK x
      S: a OK x
      C: c STATUS inbox (MESSAGES)
      S: * STATUS "INBOX" (MESSAGES 2)
      S: c OK x
      C: d STATUS foo (MESSAGES)
      C: e STATUS FOO (MESSAGES)
      S: * STATUS FOO (MESSAGES 1)
      S: * STATUS foo (MESSAGES 1)
      S: d OK x
      S: e OK x
      C: f STATUS foo (MESSAGES)
      S: * STATUS foo (MESSAGES 1 UNSEEN 3)
      S: f OK x
      C: g STATUS foo (MESSAGES)
      C: h STATUS foo (MESSAGES)
      S: * STATUS foo (MESSAGES 1)
      S: g OK x
      S: * STATUS foo (MESSAGES 1)
      S: h OK x
      S: * STATUS foo (MESSAGES 1)
      C: i STATUS {3+}
      C: foo (MESSAGES)
      S: i NO x
      C: j STATUS &AOQ- (MESSAGES)
      S: * STATUS "&AOQ-" (MESSAGES 4)
      S: j OK x
    `,
    attributions: [
      "STATUS certain b",
      "STATUS certain a",
      "STATUS certain c",
      "STATUS certain e",
      "STATUS certain d",
      "STATUS likely f",
      "STATUS ambiguous g h",
      "STATUS certain h",
      "STATUS unsolicited",
      "STATUS certain j",
    ],
  },
  {
    name: "two FETCHes are told apart by their items",
    stage: "selected",
    said: `
      C: a FETCH 1:5 (FLAGS INTERNALDATE)
      C: b FETCH 1:5 (ENVELOPE)
      S: * 1 FETCH (FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700")
      S: * 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))
      S: a OK x
      S: b OK x
    `,
    attributions: ["FETCH certain a", "FETCH certain b"],
  },
  {
    name: "the items of one message may come in several responses",
    stage: "selected",
    said: `
      C: a FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE)
      S: * 1 FETCH (RFC822.SIZE 5)
      S: * 1 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700")
      S: * 1 FETCH (FLAGS ())
      S: a OK x
    `,
    attributions: ["FETCH certain a", "FETCH certain a", "FETCH likely a"],
  },
  {
    name: "the flag that BODY[] sets comes along",
    stage: "selected",
    said: `
      C: a FETCH 1 BODY[]
      S: * 1 FETCH (BODY[] {2}
      S: hi FLAGS (\\Seen))
      S: a OK x
    `,
    attributions: ["FETCH certain a"],
  },
  {
    name: "BODY.PEEK is answered by BODY, and a partial one by its origin",
    stage: "selected",
    said: `
      C: a FETCH 1 (BODY.PEEK[1]<0.100>)
      C: b FETCH 1 (BODY.PEEK[1]<100.100>)
      S: * 1 FETCH (BODY[1]<100> "x")
      S: * 1 FETCH (BODY[1]<0> "y")
      S: a OK x
      S: b OK x
    `,
    attributions: ["FETCH certain b", "FETCH certain a"],
  },
  {
    name: "macros stand for their items",
    stage: "selected",
    said: `
      C: a FETCH 1 ALL
      C: b FETCH 1 FAST
      C: c FETCH 1 FULL
      S: * 1 FETCH (FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 5 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 1))
      S: c OK x
      S: * 1 FETCH (FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 5 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))
      S: a OK x
      S: * 1 FETCH (FLAGS () INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 5)
      S: b OK x
    `,
    attributions: ["FETCH certain c", "FETCH certain a", "FETCH certain b"],
  },
  {
    name: "MODSEQ and UID come unasked",
    stage: "selected",
    said: `
      C: a UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5)
      S: * 1 FETCH (UID 4 FLAGS () MODSEQ (65402))
      S: a OK x
    `,
    attributions: ["FETCH likely a"],
  },
  {
    name: "a UID that is not known cannot be excluded",
    stage: "selected",
    said: `
      C: a UID FETCH 10 FLAGS
      C: b UID FETCH 20 FLAGS
      S: * 1 FETCH (FLAGS ())
      S: * 2 FETCH (FLAGS () UID 20)
      S: a OK x
      S: b OK x
    `,
    attributions: ["FETCH ambiguous a b", "FETCH likely b"],
  },
  {
    name: "a UID that is known can",
    stage: "selected",
    said: `
      C: z UID FETCH 1:* UID
      S: * 1 FETCH (UID 10)
      S: * 2 FETCH (UID 20)
      S: z OK x
      C: a UID FETCH 10 FLAGS
      C: b UID FETCH 20 FLAGS
      S: * 2 FETCH (FLAGS ())
      S: * 1 FETCH (FLAGS () UID 10)
      S: a OK x
      S: b OK x
    `,
    attributions: ["FETCH likely z", "FETCH likely z", "FETCH likely b", "FETCH likely a"],
  },
  {
    name: "EXPUNGE numbers shift within a burst",
    stage: "selected",
    said: `
      C: a EXPUNGE
      S: * 3 EXPUNGE
      S: * 3 EXPUNGE
      S: * 3 EXPUNGE
      S: a OK x
      C: b FETCH 3 ENVELOPE
      S: b BAD no such message
    `,
    attributions: ["EXPUNGE likely a", "EXPUNGE likely a", "EXPUNGE likely a"],
  },
  {
    name: "a silent STORE is not answered with FLAGS",
    stage: "selected",
    said: `
      C: a STORE 1 +FLAGS.SILENT (\\Seen)
      C: b FETCH 1 FLAGS
      S: * 1 FETCH (FLAGS (\\Seen))
      S: a OK x
      S: b OK x
    `,
    attributions: ["FETCH likely b"],
  },
  {
    name: "STORE and FETCH of the same flags are ambiguous",
    stage: "selected",
    said: `
      C: a STORE 1 +FLAGS (\\Seen)
      C: b FETCH 1 FLAGS
      S: * 1 FETCH (FLAGS (\\Seen))
      S: a OK x
      S: * 1 FETCH (FLAGS (\\Seen))
      S: b OK x
    `,
    attributions: ["FETCH ambiguous a b", "FETCH likely b"],
  },
  {
    name: "FETCH during SEARCH is news",
    stage: "selected",
    said: `
      C: a SEARCH ALL
      S: * 1 FETCH (FLAGS (\\Seen))
      S: * SEARCH 1 2
      S: a OK x
    `,
    attributions: ["FETCH unsolicited during a", "SEARCH certain a"],
  },
  {
    name: "SELECT with QRESYNC: before CLOSED it is the old mailbox",
    stage: "selected",
    said: `
      C: a ENABLE QRESYNC
      S: * ENABLED QRESYNC
      S: a OK x
      C: b SELECT Sent (QRESYNC (67890007 90060115194045000 41:211,214:541))
      S: * 6 EXISTS
      S: * OK [CLOSED] Previous mailbox closed
      S: * 100 EXISTS
      S: * 0 RECENT
      S: * OK [UIDVALIDITY 67890007] UIDVALIDITY
      S: * OK [UIDNEXT 600] Predicted next UID
      S: * OK [HIGHESTMODSEQ 90060115205545359] Highest mailbox mod-sequence
      S: * OK [UNSEEN 7] There are some unseen messages in the mailbox
      S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)
      S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Permanent flags
      S: * VANISHED (EARLIER) 41,43:116,118,120:211,214:540
      S: * 49 FETCH (UID 117 FLAGS (\\Seen \\Answered) MODSEQ (90060115194045001))
      S: b OK [READ-WRITE] mailbox selected
    `,
    attributions: [
      "ENABLED certain a",
      "EXISTS unsolicited during b",
      "CLOSED certain b",
      "EXISTS certain b",
      "RECENT certain b",
      "UIDVALIDITY certain b",
      "UIDNEXT certain b",
      "HIGHESTMODSEQ certain b",
      "UNSEEN certain b",
      "FLAGS certain b",
      "PERMANENTFLAGS certain b",
      "VANISHED certain b",
      "FETCH likely b",
    ],
  },
  {
    name: "NOTIFY makes pushes of what is otherwise only an answer",
    stage: "selected",
    said: `
      C: a NOTIFY SET STATUS (SELECTED (MessageNew (UID BODY.PEEK[HEADER.FIELDS (From To Subject)]) MessageExpunge)) (SUBTREE Lists (MessageNew MessageExpunge))
      S: * STATUS Lists (MESSAGES 4 UIDNEXT 5 UIDVALIDITY 6)
      S: a OK x
      S: * STATUS Lists (MESSAGES 5 UIDNEXT 6)
      S: * 6 EXISTS
      S: * 6 FETCH (UID 61 BODY[HEADER.FIELDS (From To Subject)] {2}
      S: 
      S: )
      S: * 3 EXPUNGE
      C: b LIST "" *
      S: * LIST () "/" Lists
      S: b OK x
      C: c LIST "" foo
      S: * LIST (\\NonExistent) "/" bar
      S: * LIST () "/" foo
      S: c OK x
      C: d STATUS Lists (MESSAGES)
      S: * STATUS Lists (MESSAGES 5)
      S: d OK x
      C: e NOTIFY NONE
      S: e OK x
      C: f STATUS Lists (MESSAGES)
      S: * STATUS Lists (MESSAGES 5)
      S: f OK x
      S: * 5 EXPUNGE
    `,
    attributions: [
      "STATUS likely a",
      "STATUS unsolicited",
      "EXISTS unsolicited",
      "FETCH unsolicited",
      "EXPUNGE unsolicited",
      "LIST likely b",
      "LIST unsolicited during c",
      "LIST likely c",
      "STATUS likely d",
      "STATUS certain f",
      "EXPUNGE unsolicited",
    ],
  },
  {
    name: "EXPUNGE belongs to nobody but what removes",
    stage: "selected",
    said: `
      S: * 1 EXPUNGE
      C: a FETCH 1 FLAGS
      S: * 1 EXPUNGE
      S: a OK x
      C: b NOOP
      S: * 1 EXPUNGE
      S: b OK x
      C: c UID FETCH 1:* FLAGS
      S: * 1 EXPUNGE
      S: c OK x
      C: d COPY 1 foo
      S: * 1 EXPUNGE
      S: d OK x
    `,
    attributions: [
      "EXPUNGE unsolicited",
      "EXPUNGE unsolicited during a",
      "EXPUNGE unsolicited during b",
      "EXPUNGE unsolicited during c",
      "EXPUNGE unsolicited during d",
    ],
  },
  {
    name: "EXPUNGE while a literal is awaited, and around IDLE",
    stage: "selected",
    said: `
      C: d APPEND foo {5}
      S: * 1 EXPUNGE
      S: + ok
      C: hello
      S: * 1 EXPUNGE
      S: d OK x
      C: e IDLE
      S: * 1 EXPUNGE
      S: + idling
      S: * 1 EXPUNGE
      C: DONE
      S: * 1 EXPUNGE
      S: e OK x
    `,
    attributions: [
      "EXPUNGE unsolicited during d",
      "EXPUNGE unsolicited during d",
      "EXPUNGE unsolicited during e",
      "EXPUNGE unsolicited during e",
      "EXPUNGE unsolicited during e",
    ],
  },
  {
    name: "CLOSE expunges silently",
    stage: "selected",
    said: `
      C: a CLOSE
      S: * 1 EXPUNGE
      S: a OK x
    `,
    attributions: ["EXPUNGE unsolicited during a"],
  },
  {
    name: "MOVE tells COPYUID and then EXPUNGE",
    stage: "selected",
    said: `
      C: a MOVE 2:3 Trash
      S: * OK [COPYUID 432432 42:43 1202:1203]
      S: * 2 EXPUNGE
      S: * 2 EXPUNGE
      S: a OK done
      C: b UID MOVE 60 Trash
      S: * OK [COPYUID 432432 60 1204] ok
      S: * 1 EXPUNGE
      S: b OK done
      C: c COPY 1 Trash
      S: c OK [COPYUID 1 2 3] x
    `,
    attributions: [
      "COPYUID likely a",
      "EXPUNGE likely a",
      "EXPUNGE likely a",
      "COPYUID likely b",
      "EXPUNGE likely b",
    ],
  },
  {
    name: "REPLACE tells APPENDUID, EXISTS and EXPUNGE",
    stage: "selected",
    said: `
      C: a UID REPLACE 60 Drafts (\\Seen) {5}
      S: + ok
      C: hello
      S: * OK [APPENDUID 1 2003] Replacement Message ready
      S: * 5 EXISTS
      S: * 4 EXPUNGE
      S: a OK Replace completed
    `,
    attributions: ["APPENDUID likely a", "EXISTS unsolicited during a", "EXPUNGE likely a"],
  },
  {
    name: "under UIDONLY messages are named by UID",
    stage: "selected",
    said: `
      C: a ENABLE UIDONLY
      S: * ENABLED UIDONLY
      S: a OK x
      C: b UID FETCH 25900:26600 (FLAGS)
      S: * 25996 UIDFETCH (FLAGS (\\Seen))
      S: * 25997 UIDFETCH (FLAGS (\\Flagged \\Answered))
      S: b OK x
      C: c UID STORE 25996 +FLAGS.SILENT (\\Answered)
      S: c OK x
      C: d UID EXPUNGE 25997
      S: * VANISHED 25997
      S: d OK x
      C: e FETCH 1 FLAGS
      S: e BAD [UIDREQUIRED] no
      S: * 1 FETCH (FLAGS ())
      S: * 99 UIDFETCH (FLAGS ())
    `,
    attributions: [
      "ENABLED certain a",
      "UIDFETCH likely b",
      "UIDFETCH likely b",
      "VANISHED likely d",
      "FETCH unsolicited",
      "UIDFETCH unsolicited",
    ],
  },
  {
    name: "a conditional silent STORE is answered with MODSEQ",
    stage: "selected",
    said: `
      C: a UID STORE 6,4,8 (UNCHANGEDSINCE 12121230045) +FLAGS.SILENT (\\Deleted)
      S: * 1 FETCH (UID 4 MODSEQ (12121231000))
      S: * 2 FETCH (UID 6 MODSEQ (12121230852))
      S: * 4 FETCH (UID 8 MODSEQ (12121130956))
      S: a OK [MODIFIED 9] x
    `,
    attributions: ["FETCH likely a", "FETCH likely a", "FETCH likely a"],
  },
  {
    name: "data that nobody asked for",
    stage: "selected",
    said: `
      C: a NOOP
      S: * 1 FETCH (BODY[] "x")
      S: a OK x
      S: * 1 FETCH (BODY[] "x")
    `,
    attributions: ["FETCH unsolicited during a", "FETCH unsolicited"],
  },
  {
    name: "FLAGS that were asked for among others may be the answer, or news",
    stage: "selected",
    said: `
      C: a FETCH 1:5 (FLAGS BODY.PEEK[HEADER])
      S: * 3 FETCH (FLAGS (\\Deleted))
      S: * 3 FETCH (FLAGS (\\Deleted) BODY[HEADER] "x")
      S: a OK x
    `,
    attributions: ["FETCH likely a", "FETCH certain a"],
  },
  {
    name: "two FETCHes are told apart by their sets",
    stage: "selected",
    said: `
      C: a FETCH 1:2 FLAGS
      C: b FETCH 3:* FLAGS
      S: * 2 FETCH (FLAGS ())
      S: * 5 FETCH (FLAGS ())
      S: b OK x
      S: a OK x
    `,
    attributions: ["FETCH likely a", "FETCH likely b"],
  },
  {
    name: "BYE answers LOGOUT",
    stage: "selected",
    said: `
      C: a NOOP
      C: b LOGOUT
      S: * BYE bye
      S: b OK x
    `,
    attributions: ["BYE certain b"],
  },
  {
    name: "BYE without LOGOUT ends all",
    stage: "selected",
    said: `
      C: a NOOP
      S: * BYE Autologout; idle for too long
      S: * BYE again
      -- close server
    `,
    attributions: ["BYE unsolicited during a", "BYE unsolicited during a"],
  },
  {
    name: "ALERT is of the connection, a warning of the only command",
    stage: "selected",
    said: `
      C: a NOOP
      S: * OK [ALERT] System shutdown in 10 minutes
      S: * NO Disk is 98% full, please delete unnecessary data
      S: * BAD Disk crash, attempting salvage to a new disk!
      S: * OK Still here
      S: a OK x
      S: * NO Disk full
      S: * OK Still here
      C: b NOOP
      C: c NOOP
      S: * NO which
      S: b OK x
      S: c OK x
    `,
    attributions: [
      "ALERT unsolicited during a",
      "NO likely a",
      "BAD likely a",
      "OK likely a",
      "NO unsolicited",
      "OK unsolicited",
      "NO unsolicited during b",
    ],
  },
  {
    name: "tags are matched in their case, and forged ones complete nothing",
    stage: "selected",
    said: `
      S: c OK forged
      C: c NOOP
      S: c OK x
      S: c OK x
      C: C NOOP
      S: c OK x
      S: C OK x
    `,
    attributions: [],
  },
  {
    name: "commands may be completed out of order",
    stage: "selected",
    said: `
      C: a FETCH 1 FLAGS
      C: b NOOP
      C: c UID SEARCH ALL
      S: c OK x
      S: b OK x
      S: a OK x
    `,
    attributions: [],
  },
  {
    name: "IDLE lasts up to its tagged OK",
    stage: "selected",
    said: `
      C: a IDLE
      S: * 6 EXISTS
      S: + idling
      S: * 7 EXISTS
      C: DONE
      C: b NOOP
      S: * 8 EXISTS
      S: a OK x
      S: * 9 EXISTS
      S: b OK x
    `,
    attributions: [
      "EXISTS unsolicited during a",
      "EXISTS unsolicited during a",
      "EXISTS unsolicited during a",
      "EXISTS unsolicited during b",
    ],
  },
  {
    name: "NOOP is answered by nothing of its own",
    stage: "selected",
    said: `
      C: a NOOP
      S: * 22 EXPUNGE
      S: * 23 EXISTS
      S: * 3 RECENT
      S: * 14 FETCH (FLAGS (\\Seen \\Deleted))
      S: a OK x
    `,
    attributions: [
      "EXPUNGE unsolicited during a",
      "EXISTS unsolicited during a",
      "RECENT unsolicited during a",
      "FETCH unsolicited during a",
    ],
  },
  {
    name: "the older command with a tag is completed first",
    stage: "selected",
    said: `
      C: a NOOP
      C: a CHECK
      S: a OK x
      S: a OK x
    `,
    attributions: [],
  },
  {
    name: "INPROGRESS and NOUPDATE name their command",
    stage: "selected",
    said: `
      C: a SEARCH RETURN (UPDATE) ALL
      S: * OK [INPROGRESS ("a" 45 1000)] still searching
      S: * OK [INPROGRESS] still
      S: * OK [INPROGRESS (NIL 5 NIL)] still
      S: * OK [INPROGRESS ("zz" 5 NIL)] still
      S: a OK x
      S: * NO [NOUPDATE "a"] too much
      S: * OK [INPROGRESS ("a" 999 1000)] late
    `,
    attributions: [
      "INPROGRESS certain a",
      "INPROGRESS likely a",
      "INPROGRESS likely a",
      "INPROGRESS unsolicited during a",
      "NOUPDATE certain a",
      "INPROGRESS certain a",
    ],
  },
  {
    name: "without CLOSED the data of SELECT are likely",
    stage: "selected",
    said: `
      C: a SELECT Sent
      S: * FLAGS (\\Seen)
      S: * 1 EXISTS
      S: * 0 RECENT
      S: * OK [UNSEEN 1] x
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: a OK [READ-WRITE] x
    `,
    attributions: [
      "FLAGS likely a",
      "EXISTS likely a",
      "RECENT likely a",
      "UNSEEN likely a",
      "UIDVALIDITY likely a",
      "UIDNEXT likely a",
      "PERMANENTFLAGS likely a",
    ],
  },
  {
    name: "with CLOSED they are certain",
    stage: "selected",
    said: `
      C: a SELECT Sent
      S: * 1 EXPUNGE
      S: * OK [CLOSED] x
      S: * FLAGS (\\Seen)
      S: * 1 EXISTS
      S: * 0 RECENT
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: * OK [MAILBOXID (F2212ea87-6097-4256-9d51-71338625)] Ok
      S: a OK [READ-WRITE] x
    `,
    attributions: [
      "EXPUNGE unsolicited during a",
      "CLOSED certain a",
      "FLAGS certain a",
      "EXISTS certain a",
      "RECENT certain a",
      "UIDVALIDITY certain a",
      "UIDNEXT certain a",
      "PERMANENTFLAGS certain a",
      "MAILBOXID certain a",
    ],
  },
  {
    name: "FETCH behind SELECT counts in the new mailbox",
    stage: "selected",
    said: `
      C: a SELECT Sent
      C: b FETCH 1 ENVELOPE
      S: * OK [CLOSED] x
      S: * FLAGS (\\Seen)
      S: * 1 EXISTS
      S: * 0 RECENT
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: a OK [READ-WRITE] x
      S: * 1 FETCH (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))
      S: b OK x
    `,
    attributions: [
      "CLOSED certain a",
      "FLAGS certain a",
      "EXISTS certain a",
      "RECENT certain a",
      "UIDVALIDITY certain a",
      "UIDNEXT certain a",
      "PERMANENTFLAGS certain a",
      "FETCH certain b",
    ],
  },
  {
    name: "IMAP4rev2 answers with LIST and ESEARCH",
    stage: "fresh",
    said: `
      S: * OK [CAPABILITY IMAP4rev1 IMAP4rev2 AUTH=PLAIN] hi
      C: a LOGIN x y
      S: a OK [CAPABILITY IMAP4rev1 IMAP4rev2] x
      C: b ENABLE IMAP4rev2
      S: * ENABLED IMAP4rev2
      S: b OK x
      C: c SELECT Sent
      S: * 1 EXISTS
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * FLAGS (\\Seen)
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: * LIST () "/" Sent
      S: c OK [READ-WRITE] x
      C: d SELECT INBOX
      S: * OK [CLOSED] x
      S: * 1 EXISTS
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * FLAGS (\\Seen)
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: * LIST () "/" INBOX ("OLDNAME" ("inbox"))
      S: d OK [READ-WRITE] x
      C: e SEARCH ALL
      S: * ESEARCH (TAG "e") ALL 1
      S: e OK x
      C: f CREATE foo
      S: * LIST () "/" foo
      S: f OK x
      C: g CREATE "foo/"
      S: * LIST () "/" "bar" ("OLDNAME" ("foo/"))
      S: g OK x
      C: h LOGOUT
      S: * BYE IMAP4rev2 Server logging out
      S: h OK LOGOUT completed
    `,
    attributions: [
      "ENABLED certain b",
      "EXISTS certain c",
      "UIDVALIDITY certain c",
      "UIDNEXT certain c",
      "FLAGS certain c",
      "PERMANENTFLAGS certain c",
      "LIST likely c",
      "CLOSED certain d",
      "EXISTS certain d",
      "UIDVALIDITY certain d",
      "UIDNEXT certain d",
      "FLAGS certain d",
      "PERMANENTFLAGS certain d",
      "LIST likely d",
      "ESEARCH certain e",
      "LIST likely f",
      "LIST likely g",
      "BYE certain h",
    ],
  },
  {
    name: "METADATA with values is an answer, without it is news",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1 METADATA] hi
      C: a GETMETADATA "" /shared/comment
      S: * METADATA "" (/shared/comment "My comment")
      S: a OK x
      C: b GETMETADATA "INBOX" (/shared/comment /private/comment) 
      S: * METADATA "INBOX" (/shared/comment {3}
      S| abc /private/comment NIL)\\r\\n
      S: * METADATA "" /shared/comment
      S: b OK [METADATA LONGENTRIES 2199] x
      S: * METADATA "INBOX" /shared/comment /private/comment
      C: c GETMETADATA INBOX /a
      C: d GETMETADATA Sent /a
      S: * METADATA Sent (/a NIL)
      S: * METADATA INBOX (/a NIL)
      S: c OK x
      S: d OK x
      C: e GETMETADATA (MAXSIZE 1024 DEPTH 1) "INBOX" (/shared/comment)
      S: e OK x
      C: f SETMETADATA INBOX (/private/comment {3}
      S: + ok
      C: abc /shared/comment NIL)
      S: f OK x
    `,
    attributions: [
      "METADATA certain a",
      "METADATA certain b",
      "METADATA unsolicited during b",
      "METADATA unsolicited",
      "METADATA certain d",
      "METADATA certain c",
    ],
  },
  {
    name: "CONVERTED names its command",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1 CONVERT] hi
      C: s SELECT INBOX
      S: * FLAGS (\\Seen)
      S: * 2 EXISTS
      S: * 0 RECENT
      S: * OK [UIDVALIDITY 9] x
      S: * OK [UIDNEXT 9] x
      S: * OK [PERMANENTFLAGS (\\Seen)] x
      S: s OK [READ-WRITE] x
      C: b001 CONVERT 2 ("text/plain" ("charset" "utf-8")) BINARY[3]
      C: b002 CONVERT 2 ("text/html") BINARY[1]
      S: * 2 CONVERTED (TAG "b001") (BINARY[3] {3}
      S: abc)
      S: b001 OK x
      S: * 2 CONVERTED (TAG "b002") (BINARY[1] ~{3}
      S: abc)
      S: b002 OK x
    `,
    attributions: [
      "FLAGS certain s",
      "EXISTS certain s",
      "RECENT certain s",
      "UIDVALIDITY certain s",
      "UIDNEXT certain s",
      "PERMANENTFLAGS certain s",
      "CONVERTED certain b001",
      "CONVERTED certain b002",
    ],
  },
  {
    name: "EXISTS of an APPEND is news of the mailbox",
    stage: "selected",
    said: `
      C: a APPEND foo {3+}
      C: abc
      S: * 6 EXISTS
      S: a OK [APPENDUID 5 6] x
    `,
    attributions: ["EXISTS unsolicited during a"],
  },
  {
    name: "a greeting belongs to nobody",
    stage: "fresh",
    said: `
      S: * BYE go away
    `,
    attributions: [],
  },
  {
    name: "CAPABILITY behind the greeting is pushed",
    stage: "fresh",
    said: `
      S: * OK hi
      S: * CAPABILITY IMAP4rev1
      C: a LOGIN x y
      S: a OK x
      S: * 1 EXISTS
    `,
    attributions: ["CAPABILITY unsolicited", "EXISTS unsolicited"],
  },
  {
    name: "joined midway",
    stage: "midway",
    said: `
      S: * 1 FETCH (FLAGS ())
      S: zz OK x
      C: a NOOP
      S: a OK x
    `,
    attributions: ["FETCH unsolicited"],
  },
  {
    name: "CAPABILITY while a login runs too may be of either",
    stage: "fresh",
    said: `
      S: * OK [CAPABILITY IMAP4rev1] x
      C: a LOGIN x y
      C: b CAPABILITY
      S: * CAPABILITY IMAP4rev1
      S: a OK x
      S: * CAPABILITY IMAP4rev1
      S: b OK x
    `,
    attributions: ["CAPABILITY ambiguous a b", "CAPABILITY certain b"],
  },
  {
    name: "ACL, LISTRIGHTS and QUOTAROOT by mailbox, METADATA by entry",
    stage: "fresh",
    said: `
      S: * PREAUTH [CAPABILITY IMAP4rev1 ACL QUOTA METADATA] x
      C: a GETACL inbox
      C: b GETACL Sent
      S: * ACL Sent
      S: * ACL INBOX
      C: c LISTRIGHTS Sent bob
      C: d LISTRIGHTS INBOX bob
      S: * LISTRIGHTS INBOX bob l
      C: e GETQUOTAROOT x
      C: f GETQUOTAROOT y
      S: * QUOTAROOT y r
      S: * QUOTAROOT z r
      C: g GETMETADATA INBOX /shared/comment
      C: h GETMETADATA (DEPTH 1) INBOX (/private/filters)
      S: * METADATA INBOX (/private/filters/values/x NIL)
      S: * METADATA INBOX (/Shared/Comment NIL)
    `,
    attributions: [
      "ACL certain b",
      "ACL certain a",
      "LISTRIGHTS certain d",
      "QUOTAROOT certain f",
      "QUOTAROOT ambiguous e f",
      "METADATA certain h",
      "METADATA certain g",
    ],
  },
  {
    name: "two SELECTs one behind the other",
    stage: "selected",
    said: `
      C: a SELECT Sent
      C: b SELECT Drafts
      S: * OK [CLOSED] x
      S: * 1 EXISTS
      S: * FLAGS ()
      S: a OK [READ-WRITE] x
      S: * OK [CLOSED] x
      S: * 2 EXISTS
      S: b OK [READ-WRITE] x
    `,
    attributions: [
      "CLOSED certain a",
      "EXISTS certain a",
      "FLAGS certain a",
      "CLOSED certain b",
      "EXISTS certain b",
    ],
  },
];

for (const { name, stage, said, attributions } of ROWS) {
  test(name, () => {
    const played = stage === "selected" ? playSelected(said) : play(said, { midway: stage === "midway" });
    assert.deepEqual(played.attributions, attributions);
  });
}
