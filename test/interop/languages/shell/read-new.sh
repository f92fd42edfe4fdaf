#!/bin/sh
# Prints the subjects of the letters that are new, and marks them as read: read-new.sh URL USER:PASSWORD [CURL-OPTION...]
set -eu
url=$1 user=$2
shift 2
imap() { curl --silent --show-error --fail --user "$user" "$@"; }

uids=$(imap "$@" "$url/INBOX" -X 'UID SEARCH UNSEEN' | tr -d '\r' | sed -n 's/^\* SEARCH //p' | tr ' ' ,)
imap "$@" "$url/INBOX" -X "UID FETCH $uids (FLAGS ENVELOPE)" | sed -n 's/.*ENVELOPE ("[^"]*" "\([^"]*\)".*/\1/p'
imap "$@" "$url/INBOX" -X "UID STORE $uids +FLAGS.SILENT (\\Seen)" >/dev/null
