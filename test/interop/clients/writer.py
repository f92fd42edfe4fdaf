"""An imaplib session that is another one each time: it searches by the day and writes a mail as a mail program does.

Arguments: host port cafile user day. The password is read from stdin.
"""
import imaplib
import ssl
import sys
import time
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

host, port, cafile, user, day = sys.argv[1:6]
now = 1_767_000_000 + int(day) * 86_400 + time.time() % 1000
imap = imaplib.IMAP4_SSL(host, int(port), ssl_context=ssl.create_default_context(cafile=cafile), timeout=60)
imap.login(user, sys.stdin.readline().rstrip("\n"))
print(imap.select("INBOX")[1])
print(imap.uid("SEARCH", "SINCE", time.strftime("%d-%b-%Y", time.gmtime(now)))[0])
mail = MIMEMultipart("alternative")
mail["Subject"] = "Written anew"
mail["Date"] = formatdate(now)
mail["Message-ID"] = make_msgid()
mail["X-Run"] = str(now)
mail.attach(MIMEText("Привет", "plain", "utf-8"))
mail.attach(MIMEText("<p>Привет</p>", "html", "utf-8"))
print(imap.append("Drafts", r"(\Draft \Seen)", imaplib.Time2Internaldate(now), mail.as_bytes())[0])
print(imap.logout()[0])
