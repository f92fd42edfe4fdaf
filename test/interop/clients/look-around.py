"""Python's imaplib looks at everything and changes nothing: every mailbox, every message, in the ways in which scripts do.

Arguments: port cafile user. The password is read from stdin.
"""
import imaplib
import ssl
import sys

port, cafile, user = sys.argv[1:4]
password = sys.stdin.readline().rstrip("\n")

imap = imaplib.IMAP4_SSL("localhost", int(port), ssl_context=ssl.create_default_context(cafile=cafile), timeout=60)
imap.login(user, password)
imap.noop()
imap.namespace()
for pattern in ("*", "%"):
    imap.list('""', pattern)
    imap.lsub('""', pattern)
names = [line.split(b' "/" ')[-1].decode("ascii") for line in imap.list()[1]]
for name in names:
    imap.status(name, "(MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)")
for name in names:
    count = int(imap.select(name, True)[1][0])
    imap.search(None, "ALL")
    imap.uid("SEARCH", "ALL")
    imap.uid("SEARCH", "UNSEEN")
    if count > 0:
        imap.fetch("1:*", "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)")
        imap.fetch("1:*", "(UID RFC822 RFC822.HEADER)")
    if name == "INBOX":
        imap.fetch("1:*", "(UID BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT])")
        for fields in ("SUBJECT", "FROM", "SUBJECT FROM", "FROM SUBJECT DATE"):
            imap.fetch("1:*", "(UID BODY.PEEK[HEADER.FIELDS (%s)])" % fields)
    imap.close()
for criterion in ("UNSEEN", "SEEN", "FLAGGED", "ANSWERED"):
    imap.select("INBOX", True)
    imap.search(None, criterion)
imap.logout()
