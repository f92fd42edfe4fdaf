/**
 * Whole sessions as well-behaved clients and servers have them, and dialogues after the examples of the RFCs: nothing in them is
 * a defect, nothing is unknown or ambiguous, and every command is completed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../playbook.ts";

type Session = readonly [name: string, transcript: string];

const SESSIONS: readonly Session[] = [
  [
    "Dovecot and Thunderbird",
    `
    S: * OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN AUTH=LOGIN] Dovecot ready.
    C: 1 ID ("name" "Thunderbird" "version" "128.1.0")
    S: * ID ("name" "Dovecot")
    S: 1 OK ID completed (0.001 + 0.000 secs).
    C: 2 authenticate PLAIN
    S: + 
    C: AGFsaWNlAHNlY3JldA==
    S: 2 OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE] Logged in
    C: 3 namespace
    S: * NAMESPACE (("" "/")) NIL NIL
    S: 3 OK Namespace completed (0.001 + 0.000 secs).
    C: 4 list (subscribed) "" "*" return (special-use)
    S: * LIST (\\Subscribed \\HasNoChildren \\Drafts) "/" Drafts
    S: * LIST (\\Subscribed \\HasNoChildren \\Junk) "/" Junk
    S: * LIST (\\Subscribed \\HasChildren \\Trash) "/" "Trash"
    S: * LIST (\\Subscribed \\NonExistent) "/" "Old"
    S: * LIST (\\Subscribed) "/" INBOX
    S: 4 OK List completed (0.002 + 0.000 + 0.001 secs).
    C: 5 list "" "INBOX"
    S: * LIST (\\HasNoChildren) "/" INBOX
    S: 5 OK List completed (0.001 + 0.000 secs).
    C: 6 enable CONDSTORE
    S: * ENABLED CONDSTORE
    S: 6 OK Enabled (0.001 + 0.000 secs).
    C: 7 select "INBOX" (CONDSTORE)
    S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded NonJunk)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded NonJunk \\*)] Flags permitted.
    S: * 3 EXISTS
    S: * 0 RECENT
    S: * OK [UNSEEN 2] First unseen.
    S: * OK [UIDVALIDITY 1698000000] UIDs valid
    S: * OK [UIDNEXT 31] Predicted next UID
    S: * OK [HIGHESTMODSEQ 101] Highest
    S: 7 OK [READ-WRITE] Select completed (0.003 + 0.000 + 0.002 secs).
    C: 8 list (subscribed) "" "%" return (status (unseen))
    S: * LIST (\\Subscribed) "/" INBOX
    S: * STATUS INBOX (UNSEEN 2)
    S: 8 OK List completed (0.001 + 0.000 secs).
    C: 9 UID fetch 1:* (FLAGS)
    S: * 1 FETCH (UID 10 FLAGS (\\Seen) MODSEQ (40))
    S: * 2 FETCH (UID 20 FLAGS () MODSEQ (50))
    S: * 3 FETCH (UID 30 FLAGS ($Forwarded \\Seen) MODSEQ (101))
    S: 9 OK Fetch completed (0.004 + 0.000 + 0.003 secs).
    C: 10 UID fetch 20:30 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To)])
    S: * 2 FETCH (UID 20 RFC822.SIZE 1234 FLAGS () BODY[HEADER.FIELDS (FROM TO CC BCC SUBJECT DATE MESSAGE-ID PRIORITY X-PRIORITY REFERENCES NEWSGROUPS IN-REPLY-TO CONTENT-TYPE REPLY-TO)] {18}
    S: Subject: hello
    S: 
    S| )\\r\\n
    S: * 3 FETCH (UID 30 RFC822.SIZE 999 FLAGS (\\Seen $Forwarded) BODY[HEADER.FIELDS (FROM TO CC BCC SUBJECT DATE MESSAGE-ID PRIORITY X-PRIORITY REFERENCES NEWSGROUPS IN-REPLY-TO CONTENT-TYPE REPLY-TO)] {2}
    S: 
    S: )
    S: 10 OK Fetch completed (0.002 + 0.000 + 0.001 secs).
    C: 11 IDLE
    S: + idling
    S: * 4 EXISTS
    S: * 1 RECENT
    S: * 1 FETCH (FLAGS (\\Seen \\Flagged) MODSEQ (102))
    S: * OK Still here
    S: * 2 EXPUNGE
    S: * 3 EXISTS
    C: DONE
    S: 11 OK Idle completed (120.002 + 119.999 secs).
    C: 12 noop
    S: 12 OK NOOP completed (0.001 + 0.000 secs).
    C: 13 UID fetch 31:* (FLAGS)
    S: * 3 FETCH (UID 31 FLAGS (\\Recent) MODSEQ (103))
    S: 13 OK Fetch completed (0.001 + 0.000 secs).
    C: 14 uid store 31 +Flags (\\Seen)
    S: * 3 FETCH (UID 31 MODSEQ (104) FLAGS (\\Seen \\Recent))
    S: 14 OK [HIGHESTMODSEQ 104] Store completed (0.002 + 0.000 + 0.001 secs).
    C: 15 uid copy 31 "Junk"
    S: 15 OK [COPYUID 1698000001 31 7] Copy completed (0.003 + 0.000 + 0.002 secs).
    C: 16 uid move 30 "Trash"
    S: * OK [COPYUID 1698000002 30 8] Moved UIDs.
    S: * 2 EXPUNGE
    S: 16 OK [HIGHESTMODSEQ 105] Move completed (0.003 + 0.000 + 0.002 secs).
    C: 17 append "Drafts" (\\Seen \\Draft) {11+}
    C: hello world
    S: 17 OK [APPENDUID 1698000003 5] Append completed (0.003 + 0.000 + 0.002 secs).
    C: 18 close
    S: 18 OK Close completed (0.001 + 0.000 secs).
    C: 19 logout
    S: * BYE Logging out
    S: 19 OK Logout completed (0.001 + 0.000 secs).
    -- close client
    `,
  ],
  [
    "Cyrus and an iPhone",
    `
    S: * OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=PLAIN AUTH=LOGIN SASL-IR] mail.example.org Cyrus IMAP 3.6.1 server ready
    C: 1 CAPABILITY
    S: * CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=PLAIN AUTH=LOGIN SASL-IR
    S: 1 OK Completed
    C: 2 AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==
    S: 2 OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE ACL ANNOTATE-EXPERIMENT-1 BINARY CATENATE CHILDREN CONDSTORE CREATE-SPECIAL-USE ESEARCH ESORT LIST-EXTENDED LIST-METADATA LIST-MYRIGHTS LIST-STATUS MAILBOX-REFERRALS METADATA MOVE MULTIAPPEND NAMESPACE OBJECTID PREVIEW QRESYNC QUOTA RIGHTS=kxten QUOTASET SAVEDATE SEARCH=FUZZY SORT SORT=DISPLAY SPECIAL-USE STATUS=SIZE THREAD=ORDEREDSUBJECT THREAD=REFERENCES UIDPLUS UNSELECT URL-PARTIAL WITHIN DIGEST=SHA1 REPLACE NOTIFY LOGINDISABLED URLAUTH URLAUTH=BINARY XLIST X-QUOTA=STORAGE X-QUOTA=MESSAGE IDLE] User logged in SESSIONID=<x>
    C: 3 ID ("name" "iPhone Mail" "version" "21F90" "os" "iOS" "os-version" "17.5.1 (21F90)")
    S: * ID ("name" "Cyrus IMAP" "version" "3.6.1" "vendor" "Project Cyrus" "support-url" "https://www.cyrusimap.org")
    S: 3 OK Completed
    C: 4 NAMESPACE
    S: * NAMESPACE (("INBOX." ".")) (("user." ".")) (("" "."))
    S: 4 OK Completed
    C: 5 LIST (SPECIAL-USE) "" "*"
    S: * LIST (\\HasNoChildren \\Sent) "." INBOX.Sent
    S: * LIST (\\HasNoChildren \\Trash) "." INBOX.Trash
    S: 5 OK Completed (0.000 secs 3 calls)
    C: 6 LIST "" *
    S: * LIST (\\HasChildren) "." INBOX
    S: * LIST (\\HasNoChildren \\Sent) "." INBOX.Sent
    S: * LIST (\\HasNoChildren) "." "INBOX.A B"
    S: * LIST (\\HasNoChildren) "." INBOX.Entw&APw-rfe
    S: 6 OK Completed (0.000 secs 4 calls)
    C: 7 STATUS INBOX.Sent (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)
    C: 8 STATUS "INBOX.A B" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)
    S: * STATUS INBOX.Sent (MESSAGES 5 UIDNEXT 6 UIDVALIDITY 1 UNSEEN 0)
    S: 7 OK Completed
    S: * STATUS "INBOX.A B" (MESSAGES 5 UIDNEXT 6 UIDVALIDITY 1 UNSEEN 0)
    S: 8 OK Completed
    C: 9 SELECT INBOX (QRESYNC (1122334455 2000 1:30 (1,10,20 1,11,21)))
    S: * 3 EXISTS
    S: * 0 RECENT
    S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotJunk)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotJunk \\*)] Ok
    S: * OK [UIDVALIDITY 1122334455] Ok
    S: * OK [UIDNEXT 40] Ok
    S: * OK [HIGHESTMODSEQ 2100] Ok
    S: * OK [URLMECH INTERNAL] Ok
    S: * OK [ANNOTATIONS 65536] Ok
    S: * VANISHED (EARLIER) 5:9,22
    S: * 2 FETCH (FLAGS (\\Seen) UID 21 MODSEQ (2090))
    S: 9 OK [READ-WRITE] Completed
    C: 10 UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 2100 VANISHED)
    S: 10 OK Completed
    C: 11 UID FETCH 21 (UID INTERNALDATE RFC822.SIZE FLAGS BODYSTRUCTURE BODY.PEEK[HEADER])
    S: * 2 FETCH (UID 21 INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286 FLAGS (\\Seen) MODSEQ (2090) BODYSTRUCTURE (("TEXT" "PLAIN" ("CHARSET" "UTF-8") NIL NIL "7BIT" 1152 23 NIL NIL NIL NIL)("TEXT" "HTML" ("CHARSET" "UTF-8") NIL NIL "QUOTED-PRINTABLE" 4554 73 NIL ("INLINE" NIL) ("en") NIL) "ALTERNATIVE" ("BOUNDARY" "abc") NIL NIL NIL) BODY[HEADER] {4}
    S| a:\\r\\n)\\r\\n
    S: 11 OK Completed (0.000 sec)
    C: 12 UID SEARCH RETURN (ALL COUNT) UNDELETED SINCE 1-Jan-2024
    S: * ESEARCH (TAG "12") UID ALL 21,30 COUNT 2
    S: 12 OK Completed (2 msgs in 0.000 secs)
    C: 13 GETQUOTAROOT INBOX
    S: * QUOTAROOT INBOX INBOX
    S: * QUOTA INBOX (STORAGE 100 1000)
    S: 13 OK Completed
    C: 14 UID STORE 21 +FLAGS.SILENT (\\Deleted)
    S: * 2 FETCH (UID 21 MODSEQ (2101))
    S: 14 OK Completed
    C: 15 UID EXPUNGE 21
    S: * VANISHED 21
    S: 15 OK [HIGHESTMODSEQ 2102] Completed
    C: 16 EXPUNGE
    S: 16 OK [HIGHESTMODSEQ 2102] Completed
    C: 17 IDLE
    S: + idling
    S: * 3 EXISTS
    S: * 0 RECENT
    C: DONE
    S: 17 OK Completed
    C: 18 SELECT INBOX.Sent (CONDSTORE)
    S: * OK [CLOSED] Ok
    S: * 0 EXISTS
    S: * 0 RECENT
    S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Ok
    S: * OK [UIDVALIDITY 99] Ok
    S: * OK [UIDNEXT 1] Ok
    S: * OK [HIGHESTMODSEQ 1] Ok
    S: 18 OK [READ-WRITE] Completed
    C: 19 UNSELECT
    S: 19 OK Completed
    C: 20 LOGOUT
    S: * BYE LOGOUT received
    S: 20 OK Completed
    `,
  ],
  [
    "Gmail and mbsync",
    `
    S: * OK Gimap ready for requests from 192.0.2.1 abcd1234
    C: 1 CAPABILITY
    S: * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER
    S: 1 OK Thats all she wrote! abcd1234
    C: 2 LOGIN "alice@example.org" "secret"
    S: * CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584
    S: 2 OK alice@example.org authenticated (Success)
    C: 3 ENABLE UTF8=ACCEPT
    S: * ENABLED UTF8=ACCEPT
    S: 3 OK Success
    C: 4 LIST "" "*"
    S: * LIST (\\HasNoChildren) "/" "INBOX"
    S: * LIST (\\HasChildren \\Noselect) "/" "[Gmail]"
    S: * LIST (\\All \\HasNoChildren) "/" "[Gmail]/All Mail"
    S: * LIST (\\Drafts \\HasNoChildren) "/" "[Gmail]/Entw\\xc3\\xbcrfe"
    S: 4 OK Success
    C: 5 SELECT "INBOX"
    S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotPhishing $Phishing)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen $NotPhishing $Phishing \\*)] Flags permitted.
    S: * OK [UIDVALIDITY 1] UIDs valid.
    S: * 2 EXISTS
    S: * 0 RECENT
    S: * OK [UIDNEXT 100] Predicted next UID.
    S: * OK [HIGHESTMODSEQ 9000] Highest
    S: 5 OK [READ-WRITE] INBOX selected. (Success)
    C: 6 UID FETCH 1:* (UID FLAGS X-GM-MSGID X-GM-THRID X-GM-LABELS)
    S: * 1 FETCH (X-GM-THRID 1278455344230334865 X-GM-MSGID 1278455344230334865 X-GM-LABELS ("\\\\Inbox" "\\\\Sent" Important "Muy Importante") UID 98 FLAGS (\\Seen))
    S: * 2 FETCH (X-GM-THRID 1278455344230334866 X-GM-MSGID 1278455344230334866 X-GM-LABELS (\\Starred foo) UID 99 FLAGS ())
    S: 6 OK Success
    C: 7 UID FETCH 99 (BODY.PEEK[])
    S: * 2 FETCH (UID 99 BODY[] {5}
    S| hello)\\r\\n
    S: 7 OK Success
    C: 8 UID STORE 99 +FLAGS.SILENT (\\Deleted)
    S: 8 OK Success
    C: 9 UID STORE 98 +X-GM-LABELS (foo "b c")
    S: * 1 FETCH (X-GM-LABELS ("\\\\Inbox" foo "b c") UID 98)
    S: 9 OK Success
    C: 10 EXPUNGE
    S: * 2 EXPUNGE
    S: * 1 EXISTS
    S: 10 OK Success
    C: 11 UID SEARCH X-GM-RAW "has:attachment in:unread"
    S: * SEARCH 98
    S: 11 OK SEARCH completed (Success)
    C: 12 APPEND "[Gmail]/All Mail" (\\Seen) "17-Jul-1996 02:44:25 -0700" {5}
    S: + go ahead
    C: hello
    S: * 2 EXISTS
    S: 12 OK [APPENDUID 11 5] (Success)
    C: 13 IDLE
    S: + idling
    S: * 3 EXISTS
    C: DONE
    S: 13 OK IDLE terminated (Success)
    C: 14 NOOP
    S: 14 OK Success
    C: 15 LOGOUT
    S: * BYE LOGOUT Requested
    S: 15 OK 73 good day (Success)
    `,
  ],
  [
    "Exchange and Outlook",
    `
    S: * OK The Microsoft Exchange IMAP4 service is ready. [UwBOAA==]
    C: a1 CAPABILITY
    S: * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+
    S: a1 OK CAPABILITY completed.
    C: a2 AUTHENTICATE XOAUTH2 dXNlcj1hbGljZQ==
    S: a2 OK AUTHENTICATE completed.
    C: a3 CAPABILITY
    S: * CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+
    S: a3 OK CAPABILITY completed.
    C: a4 LIST "" "*"
    S: * LIST (\\HasNoChildren) "/" Archive
    S: * LIST (\\Marked \\HasNoChildren \\Drafts) "/" Drafts
    S: * LIST (\\Marked \\HasChildren) "/" INBOX
    S: * LIST (\\HasNoChildren) "/" "Sent Items"
    S: a4 OK LIST completed.
    C: a5 LSUB "" "*"
    S: * LSUB (\\HasNoChildren) "/" Archive
    S: a5 OK LSUB completed.
    C: a6 EXAMINE INBOX
    S: * 1 EXISTS
    S: * 0 RECENT
    S: * FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)
    S: * OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)] Permanent flags
    S: * OK [UNSEEN 1] Is the first unseen message
    S: * OK [UIDVALIDITY 14] UIDVALIDITY value
    S: * OK [UIDNEXT 10] The next unique identifier value
    S: a6 OK [READ-ONLY] EXAMINE completed.
    C: a7 FETCH 1 (FLAGS UID BODY.PEEK[HEADER] RFC822.SIZE INTERNALDATE)
    S: * 1 FETCH (FLAGS () UID 9 BODY[HEADER] {2}
    S| \\r\\n RFC822.SIZE 600 INTERNALDATE " 1-Jan-2024 00:00:00 +0000")\\r\\n
    S: a7 OK FETCH completed.
    C: a8 UID FETCH 9 (BODY[1])
    S: * 1 FETCH (BODY[1] {2}
    S| hi UID 9 FLAGS (\\Seen))\\r\\n
    S: a8 OK FETCH completed.
    C: a9 CLOSE
    S: a9 OK CLOSE completed.
    C: a10 STATUS "Sent Items" (MESSAGES UNSEEN UIDNEXT)
    S: * STATUS "Sent Items" (MESSAGES 0 UNSEEN 0 UIDNEXT 1)
    S: a10 OK STATUS completed.
    C: a11 SELECT Nowhere
    S: a11 NO Nowhere doesn't exist.
    C: a12 LOGOUT
    S: * BYE Microsoft Exchange Server IMAP4 server signing off.
    S: a12 OK LOGOUT completed.
    `,
  ],
  [
    "Courier and mutt",
    `
    S: * OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.  See COPYING for distribution information.
    C: a0000 LOGIN "bob" "pw"
    S: a0000 OK LOGIN Ok.
    C: a0001 CAPABILITY
    S: * CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE ACL ACL2=UNION
    S: a0001 OK CAPABILITY completed
    C: a0002 LIST "" ""
    C: a0003 SELECT "INBOX"
    S: * LIST (\\Noselect) "." ""
    S: a0002 OK LIST completed
    S: * FLAGS (\\Draft \\Answered \\Flagged \\Deleted \\Seen \\Recent)
    S: * OK [PERMANENTFLAGS (\\* \\Draft \\Answered \\Flagged \\Deleted \\Seen)] Limited
    S: * 2 EXISTS
    S: * 1 RECENT
    S: * OK [UIDVALIDITY 1160000000] Ok
    S: * OK [UIDNEXT 7] Ok
    S: * OK [MYRIGHTS "acdilrsw"] ACL
    S: a0003 OK [READ-WRITE] Ok
    C: a0004 FETCH 1:2 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE FROM SENDER SUBJECT TO CC MESSAGE-ID REFERENCES CONTENT-TYPE CONTENT-DESCRIPTION IN-REPLY-TO REPLY-TO LINES LIST-POST X-LABEL)])
    S: * 1 FETCH (UID 5 FLAGS (\\Seen) INTERNALDATE "01-Jan-2024 00:00:00 +0000" RFC822.SIZE 600 BODY[HEADER.FIELDS ("DATE" "FROM" "SENDER" "SUBJECT" "TO" "CC" "MESSAGE-ID" "REFERENCES" "CONTENT-TYPE" "CONTENT-DESCRIPTION" "IN-REPLY-TO" "REPLY-TO" "LINES" "LIST-POST" "X-LABEL")] {2}
    S| \\r\\n)\\r\\n
    S: * 2 FETCH (UID 6 FLAGS (\\Recent) INTERNALDATE "01-Jan-2024 00:00:00 +0000" RFC822.SIZE 600 BODY[HEADER.FIELDS ("DATE" "FROM" "SENDER" "SUBJECT" "TO" "CC" "MESSAGE-ID" "REFERENCES" "CONTENT-TYPE" "CONTENT-DESCRIPTION" "IN-REPLY-TO" "REPLY-TO" "LINES" "LIST-POST" "X-LABEL")] {2}
    S| \\r\\n)\\r\\n
    S: a0004 OK FETCH completed.
    C: a0005 UID FETCH 6 BODY[]
    S: * 2 FETCH (UID 6 BODY[] {4}
    S| abcd)\\r\\n
    S: * 2 FETCH (FLAGS (\\Seen \\Recent))
    S: a0005 OK FETCH completed.
    C: a0006 UID STORE 5 +FLAGS (\\Deleted)
    S: * 1 FETCH (UID 5 FLAGS (\\Seen \\Deleted))
    S: a0006 OK STORE completed.
    C: a0007 EXPUNGE
    S: * 1 EXPUNGE
    S: * 1 EXISTS
    S: * 1 RECENT
    S: a0007 OK EXPUNGE completed
    C: a0008 STATUS "INBOX.Sent" (UIDNEXT UIDVALIDITY UNSEEN RECENT MESSAGES)
    S: * STATUS "INBOX.Sent" (MESSAGES 1 RECENT 0 UIDNEXT 3 UIDVALIDITY 7 UNSEEN 0)
    S: a0008 OK STATUS Completed.
    C: a0009 CLOSE
    S: a0009 OK mailbox closed.
    C: a0010 LOGOUT
    S: * BYE Courier-IMAP server shutting down
    S: a0010 OK LOGOUT completed
    `,
  ],
  [
    "the examples of RFC 9051 §6 and RFC 9394 §3",
    `
    S: * PREAUTH [CAPABILITY IMAP4rev2 IMAP4rev1 CONDSTORE PARTIAL] x
    C: s SELECT blurdybloop
    S: * 172 EXISTS
    S: * OK [UIDVALIDITY 3857529045] UIDs valid
    S: * OK [UIDNEXT 4392] Predicted next UID
    S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)
    S: * OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited
    S: * LIST () "/" blurdybloop
    S: s OK [READ-WRITE] SELECT completed
    C: A654 FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])
    S: * 2 FETCH (FLAGS (\\Seen) BODY[HEADER.FIELDS (DATE FROM)] {2}
    S: 
    S: )
    S: * 3 FETCH (FLAGS () BODY[HEADER.FIELDS (DATE FROM)] "")
    S: * 4 FETCH (FLAGS () BODY[HEADER.FIELDS (DATE FROM)] NIL)
    S: A654 OK FETCH completed
    C: A003 STORE 2:4 +FLAGS (\\Deleted)
    S: * 2 FETCH (FLAGS (\\Deleted \\Seen))
    S: * 3 FETCH (FLAGS (\\Deleted))
    S: * 4 FETCH (FLAGS (\\Deleted \\Flagged \\Seen))
    S: A003 OK STORE completed
    C: A999 UID FETCH 4827313:4828442 FLAGS
    S: * 23 FETCH (FLAGS (\\Seen) UID 4827313)
    S: * 24 FETCH (FLAGS (\\Seen) UID 4827943)
    S: * 25 FETCH (FLAGS (\\Seen) UID 4828442)
    S: A999 OK UID FETCH completed
    C: A202 EXPUNGE
    S: * 3 EXPUNGE
    S: * 3 EXPUNGE
    S: * 5 EXPUNGE
    S: * 8 EXPUNGE
    S: A202 OK EXPUNGE completed
    C: A282 SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
    S: * ESEARCH (TAG "A282") MIN 2 COUNT 3
    S: A282 OK SEARCH completed
    C: A283 SEARCH RETURN () FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
    S: * ESEARCH (TAG "A283") ALL 2,10:11
    S: A283 OK SEARCH completed
    C: A284 SEARCH TEXT {6}
    S: + Ready for literal text
    C: foobar
    S: * ESEARCH (TAG "A284")
    S: A284 OK SEARCH completed
    C: P1 UID SEARCH RETURN (PARTIAL -1:-100) UNDELETED
    S: * ESEARCH (TAG "P1") UID PARTIAL (-1:-100 1:50,60)
    S: P1 OK x
    C: P2 UID FETCH 1:* (UID FLAGS) (PARTIAL -1:-30)
    S: * 9 FETCH (UID 4 FLAGS ())
    S: P2 OK x
    C: Z UID SEARCH RETURN (PARTIAL 1:500) UNDELETED
    S: * ESEARCH (TAG "Z") UID PARTIAL (1:500 NIL)
    S: Z OK x
    `,
  ],
  [
    "CONDSTORE, QRESYNC and CONTEXT as in RFC 7162 §3 and RFC 5267 §4",
    `
    S: * PREAUTH [CAPABILITY IMAP4rev1 QRESYNC CONDSTORE ENABLE UIDPLUS SEARCHRES ESEARCH SORT THREAD=REFERENCES CONTEXT=SEARCH CONTEXT=SORT ESORT] x
    C: a ENABLE QRESYNC
    S: * ENABLED QRESYNC
    S: a OK x
    C: A02 SELECT INBOX (QRESYNC (67890007 20050715194045000 41,43:211,214:541))
    S: * OK [CLOSED] closed
    S: * 464 EXISTS
    S: * 3 RECENT
    S: * OK [UIDVALIDITY 3857529045] UIDVALIDITY
    S: * OK [UIDNEXT 550] Predicted next UID
    S: * OK [HIGHESTMODSEQ 90060128194045007] Highest mailbox mod-sequence
    S: * OK [UNSEEN 12] Message 12 is first unseen
    S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Permanent flags
    S: A02 OK [READ-WRITE] Sorry, UIDVALIDITY mismatch
    C: s100 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
    S: * VANISHED (EARLIER) 300:310,405,411
    S: * 1 FETCH (UID 404 MODSEQ (65402) FLAGS (\\Seen))
    S: * 2 FETCH (UID 406 MODSEQ (75403) FLAGS (\\Deleted))
    S: * 4 FETCH (UID 408 MODSEQ (29738) FLAGS ($NoJunk $AutoJunk $MDNSent))
    S: s100 OK FETCH completed
    C: A202 EXPUNGE
    S: * VANISHED 405,407,410,425
    S: A202 OK [HIGHESTMODSEQ 20010715194045319] expunged
    C: B NOOP
    S: * VANISHED 500
    S: * 460 EXISTS
    S: B OK x
    C: C SEARCH RETURN (SAVE ALL) FLAGGED
    S: * ESEARCH (TAG "C") ALL 2
    S: C OK x
    C: D UID STORE 7,5,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\\Deleted)
    S: * 5 FETCH (MODSEQ (320162350))
    S: D OK [MODIFIED 7,9] Conditional STORE failed
    C: E FETCH 1:3 (FLAGS) (CHANGEDSINCE 12345)
    S: * 1 FETCH (UID 404 MODSEQ (65402) FLAGS (\\Seen))
    S: E OK x
    C: F STATUS blurdybloop (UIDNEXT MESSAGES HIGHESTMODSEQ)
    S: * STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 HIGHESTMODSEQ 7011231777)
    S: F OK STATUS completed
    C: G SORT RETURN (UPDATE COUNT PARTIAL 1:50) (REVERSE ARRIVAL) UTF-8 UNDELETED
    S: * ESEARCH (TAG "G") PARTIAL (1:50 2,1) COUNT 74
    S: G OK x
    S: * ESEARCH (TAG "G") ADDTO (1 2733 1 2731) REMOVEFROM (0 1)
    C: H SELECT Other
    S: * OK [CLOSED] x
    S: * 0 EXISTS
    S: * 0 RECENT
    S: * OK [UIDVALIDITY 1] x
    S: * OK [UIDNEXT 1] x
    S: * OK [HIGHESTMODSEQ 1] x
    S: * FLAGS ()
    S: * OK [PERMANENTFLAGS ()] x
    S: H OK [READ-WRITE] x
    `,
  ],
  [
    "OBJECTID, QUOTA, NOTIFY, CATENATE, MULTIAPPEND and MULTISEARCH",
    `
    S: * PREAUTH [CAPABILITY IMAP4rev1 OBJECTID QUOTA QUOTASET METADATA NOTIFY REPLACE UIDPLUS INPROGRESS MULTISEARCH LIST-EXTENDED CREATE-SPECIAL-USE CATENATE MULTIAPPEND LITERAL+ BINARY IDLE] x
    C: 1 CREATE foo
    S: 1 OK [MAILBOXID (F2212ea87-6097-4256-9d51-71338625)] Completed
    C: 2 CREATE foo
    S: 2 NO [ALREADYEXISTS] x
    C: 3 RENAME foo renamed
    S: * OK rename foo renamed
    S: 3 OK Completed
    C: 4 STATUS renamed (MAILBOXID)
    S: * STATUS renamed (MAILBOXID (F2212ea87-6097-4256-9d51-71338625))
    S: 4 OK Completed
    C: 5 GETQUOTAROOT INBOX
    S: * QUOTAROOT INBOX
    S: 5 OK x
    C: 6 GETQUOTA "!partition/sda4"
    S: * QUOTA "!partition/sda4" (STORAGE 104 10923847)
    S: 6 OK x
    C: 7 NOTIFY SET STATUS (selected MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge) (subtree Lists MessageNew)
    S: 7 BAD x
    C: 8 NOTIFY SET (selected-delayed (MessageNew (UID) MessageExpunge)) (mailboxes (INBOX Lists) (MessageNew MessageExpunge FlagChange)) (personal NONE)
    S: 8 OK x
    S: * STATUS misc (UIDNEXT 999 MESSAGES 554)
    S: * LIST (\\NonExistent) "." "INBOX.DeletedMailbox"
    S: * LIST () "/" "NewMailbox" ("OLDNAME" ("OldMailbox"))
    S: * METADATA "" /shared/comment
    C: 9 IDLE
    S: + idling
    S: * STATUS misc (UIDNEXT 1000 MESSAGES 555)
    C: DONE
    S: 9 OK x
    C: 10 NOTIFY NONE
    S: 10 OK x
    C: 11 APPEND Drafts (\\Seen \\Draft $MDNSent) CATENATE (URL "/Drafts;UIDVALIDITY=385759045/;UID=20/;section=HEADER" TEXT {4+}
    C| abcd TEXT {3}\\r\\n
    S: + ok
    C: abc)
    S: 11 OK [APPENDUID 385759045 45] append Completed
    C: 12 APPEND saved (\\Seen) {3}
    S: + Ready
    C| abc (\\Seen) " 7-Feb-1994 22:43:04 -0800" {3}\\r\\n
    S: + Ready
    C: def
    S: 12 OK [APPENDUID 1 2:3] x
    C: 13 ESEARCH IN (mailboxes "folder1" subtree "folder2") unseen
    S: * ESEARCH (TAG "13" MAILBOX "folder1" UIDVALIDITY 1) UID ALL 4001,4003,4005,4007,4009
    S: * ESEARCH (TAG "13" MAILBOX "folder2/banana" UIDVALIDITY 503) UID ALL 3002,4004
    S: 13 OK done
    C: 14 LIST "" "%" RETURN (CHILDREN)
    S: * LIST (\\HasNoChildren) "." "Testing"
    S: * LIST (\\Subscribed) "/" "foo" ("CHILDINFO" ("SUBSCRIBED"))
    S: 14 OK x
    C: 15 APPEND x ~{3}
    S: + ok
    C: a\\x00b
    S: 15 OK x
    `,
  ],
  [
    "UIDONLY as in RFC 9586 §3",
    `
    S: * PREAUTH [CAPABILITY IMAP4rev1 ENABLE UIDONLY PARTIAL CONDSTORE UIDPLUS ESEARCH QRESYNC] x
    C: 01 ENABLE UIDONLY
    S: * ENABLED UIDONLY
    S: 01 OK x
    C: 07 SELECT INBOX
    S: * 10003 EXISTS
    S: * 3 RECENT
    S: * OK [UIDVALIDITY 3857529045] Validity
    S: * OK [UIDNEXT 30013] Predicted next UID
    S: * FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)
    S: * OK [PERMANENTFLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen \\*)] Permanent flags
    S: 07 OK [READ-WRITE] SELECT completed
    C: 10 UID FETCH 25900:26600 (FLAGS)
    S: * 25900 UIDFETCH (FLAGS ($Forwarded))
    S: * 25902 UIDFETCH (FLAGS ($Forwarded) UID 25902)
    S: 10 OK x
    C: 12 UID EXPUNGE 25900
    S: * VANISHED 25900
    S: 12 OK x
    C: 13 UID SEARCH RETURN (ALL) DELETED
    S: * ESEARCH (TAG "13") UID ALL 1
    S: 13 OK x
    C: 14 NOOP
    S: * VANISHED 30000:30010
    S: * 30012 UIDFETCH (FLAGS (\\Seen))
    S: * 9993 EXISTS
    S: 14 OK x
    C: 15 UID COPY 3 foo
    S: 15 OK [COPYUID 1 3 4] x
    C: 16 UID STORE 30012 +FLAGS (\\Deleted)
    S: * 30012 UIDFETCH (FLAGS (\\Deleted \\Seen))
    S: 16 OK x
    `,
  ],
];

for (const [name, transcript] of SESSIONS) {
  test(`no false alarm: ${name}`, () => {
    const played = play(transcript);
    assert.deepEqual(played.defects, []);
    assert.deepEqual(
      played.attributions.filter((words) => words.includes("ambiguous")),
      [],
    );
    assert.deepEqual(
      played.exchanges.filter(({ end }) => end !== "completed"),
      [],
    );
  });
}
