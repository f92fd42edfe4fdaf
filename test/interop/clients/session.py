"""One long imaplib session; prints what came back, one thing a line, without anything that changes with time.

Arguments: host port tls|startTls|plain cafile user prefix separator. The password is read from stdin.
"""
import hashlib
import imaplib
import re
import ssl
import sys

host, port, transport, cafile, user, prefix, separator = sys.argv[1:8]
password = sys.stdin.readline().rstrip("\n")
imaplib._MAXLINE = 100_000_000


def digest(data):
    return hashlib.sha256(data).hexdigest()[:32]


def show(name, answer):
    status, data = answer
    lines = []
    for item in data:
        if isinstance(item, tuple):
            lines.append("%r %d octets %s" % (item[0], len(item[1]), digest(item[1])))
        else:
            lines.append(repr(item))
    text = "\n  ".join(lines)
    # Times that a server puts in its texts, ids it makes up, and mod-sequences of new mailboxes.
    text = re.sub(r"\(\d+\.\d+[^)]*secs?[^)]*\)", "(TIME)", text)
    text = re.sub(r"(UIDVALIDITY|MODSEQ|HIGHESTMODSEQ|MAILBOXID|APPENDUID|COPYUID|SESSIONID)[ =][(<]?[-\d\w<]+[)>]?", r"\1 N", text)
    print(name, status, text)


def name_of(*path):
    return '"%s"' % (prefix + separator.join(path))


context = ssl.create_default_context(cafile=cafile)
if transport == "tls":
    imap = imaplib.IMAP4_SSL(host, int(port), ssl_context=context, timeout=60)
else:
    imap = imaplib.IMAP4(host, int(port), timeout=60)
if transport == "startTls":
    show("starttls", imap.starttls(context))

# The challenge of CRAM-MD5 and its answer differ each time, so only the status is shown.
if "AUTH=CRAM-MD5" in imap.capabilities:
    print("login", imap.login_cram_md5(user, password)[0])
else:
    print("login", imap.login(user, password)[0])
show("noop", imap.noop())
show("namespace", imap.namespace())
show("list", imap.list())
show("lsub", imap.lsub())
for path in (("Archive",), ("&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-",), ("&U9dP4Xux-",), ("Projects", "2024", "&U9dP4Xux-")):
    show("status", imap.status(name_of(*path), "(MESSAGES RECENT UIDNEXT UNSEEN)"))
show("select missing", imap.select(name_of("not there")))
show("select", imap.select("INBOX"))
print("permanent", sorted(imap.untagged_responses.get("PERMANENTFLAGS", [b""])[0].strip(b"()").split()))
show("all", imap.fetch("1:12", "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"))
show("structure", imap.fetch("1:*", "(BODYSTRUCTURE)"))
show("body", imap.fetch("8:9", "(BODY)"))
for number in (1, 2, 3, 4, 5, 6, 7, 9):
    show("message %d" % number, imap.fetch(str(number), "(BODY.PEEK[])"))
show("sections", imap.fetch("8", "(BODY.PEEK[HEADER] BODY.PEEK[1] BODY.PEEK[1.2.MIME] BODY.PEEK[2]<100.50>)"))
show("fields", imap.fetch("1:30", "(BODY.PEEK[HEADER.FIELDS (SUBJECT DATE)])"))
show("nested", imap.fetch("9", "(BODY.PEEK[1.HEADER] BODY.PEEK[1.TEXT])"))
show("old", imap.fetch("10", "(RFC822.HEADER RFC822.TEXT)"))
show("big", imap.fetch("13", "(BODY.PEEK[])"))
for start in range(0, 30_000_000, 5_000_000):
    show("big part %d" % start, imap.fetch("13", "(BODY.PEEK[]<%d.65536>)" % start))
show("search", imap.search(None, "SEEN", "NOT", "FLAGGED"))
show("search or", imap.search(None, "OR", "SUBJECT", '"number 2"', "LARGER", "100000"))
imap.literal = "Привет".encode()
show("search literal", imap.uid("SEARCH", "CHARSET", "UTF-8", "BODY"))
show("sort", imap.sort("(REVERSE SUBJECT)", "UTF-8", "ALL"))
show("thread", imap.thread("REFERENCES", "UTF-8", "ALL"))
show("store", imap.store("2:5", "+FLAGS", r"(\Deleted $Label1)"))
show("uid store", imap.uid("STORE", "9", "FLAGS.SILENT", r"(\Seen)"))
show("expunge", imap.expunge())
show("copy", imap.copy("1:4", name_of("Archive")))
show("create", imap.create(name_of("New &ZeVnLIqe-")))
two_megabytes = b"Subject: two megabytes\r\n\r\n" + b"0123456789abcdef0123456789abcdef\r\n" * 61_000
show("append", imap.append(name_of("New &ZeVnLIqe-"), r"(\Seen)", '"01-Apr-2024 10:00:00 +0000"', two_megabytes))
show("append nowhere", imap.append(name_of("not there"), None, None, b"Subject: x\r\n\r\nx\r\n"))
show("rename", imap.rename(name_of("New &ZeVnLIqe-"), name_of("Newer")))
show("select new", imap.select(name_of("Newer")))
show("fetch new", imap.fetch("1", "(FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))
show("close", imap.close())
show("delete", imap.delete(name_of("Bits &- pieces")))
show("subscribe", imap.subscribe(name_of("Newer")))
if "QUOTA" in imap.capabilities:
    show("quota", imap.getquotaroot("INBOX"))
if "ACL" in imap.capabilities:
    show("acl", imap.getacl("INBOX"))
if "ENABLE" in imap.capabilities and "UTF8=ACCEPT" in imap.capabilities:
    show("enable", imap.enable("UTF8=ACCEPT"))
try:
    imap.xatom("NONSENSE", "one", "two")
    print("nonsense was taken")
except imaplib.IMAP4.error as error:
    print("nonsense", re.sub(r"\(\d+\.\d+.*\)", "", str(error)))
print("logout", imap.logout()[0])
