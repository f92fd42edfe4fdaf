#!/bin/sh
set -eu
folder=$(mktemp -d)
imapscope replay inbox.imapcap --ca-dir "$folder" --port-file "$folder/port" >"$folder/report" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; rm -rf "$folder"' EXIT
until grep -q . "$folder/port" 2>/dev/null; do
  kill -0 "$server" || { cat "$folder/report"; exit 1; }
  sleep 0.1
done

failed=0
./read-new.sh "imaps://localhost:$(cat "$folder/port")" alice:any --cacert "$folder/imapscope-ca.pem" >"$folder/subjects" || failed=1
printf 'Lunch on Thursday?\nRelease notes for 2.4\n' | diff - "$folder/subjects" || failed=1

kill "$server"
wait "$server" || { cat "$folder/report"; failed=1; }
exit $failed
