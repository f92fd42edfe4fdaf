import imaplib
import re
import ssl


def read_new(host, port, ca_file, user, password):
    """The subjects of the letters that are new, which are then marked as read."""
    tls = ssl.create_default_context(cafile=ca_file)
    with imaplib.IMAP4_SSL(host, port, ssl_context=tls) as client:
        client.login(user, password)
        client.select("INBOX")
        _, (found,) = client.uid("SEARCH", "UNSEEN")
        uids = found.decode().replace(" ", ",")
        _, letters = client.uid("FETCH", uids, "(FLAGS ENVELOPE)")
        status, answer = client.uid("STORE", uids, "+FLAGS.SILENT", r"(\Seen)")
        if status != "OK":
            raise RuntimeError(f"not marked as read: {answer}")
        return [re.search(rb'ENVELOPE \("[^"]*" "([^"]*)"', line)[1].decode() for line in letters]
