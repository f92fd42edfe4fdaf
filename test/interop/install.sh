#!/usr/bin/env bash
# Installs the real mail servers and clients that the interop suite runs, on Debian 12, as root.
# It may run any number of times: what is there already is left as it is.
#
# Dovecot and the clients are ordinary packages. Cyrus and Courier conflict with Dovecot as packages, so
# theirs are only unpacked, into /opt/imapscope-interop/cyrus and .../courier, together with the shared
# libraries that this machine lacks; test/interop/servers starts them from there with configurations of
# its own.
set -euo pipefail

root=${IMAPSCOPE_INTEROP_DIR:-/opt/imapscope-interop}
export DEBIAN_FRONTEND=noninteractive

packages=(
  dovecot-imapd
  curl isync offlineimap3 getmail6 fetchmail imapfilter mutt neomutt
  python3 libmail-imapclient-perl libio-socket-ssl-perl
  gnutls-bin libnss3-tools openssl ca-certificates bsdutils util-linux procps
  sasl2-bin libsasl2-modules libsasl2-modules-db
  # what runs the tests of other languages
  python3-pytest golang-go default-jdk-headless junit5
  # shared libraries of the servers that are unpacked below
  gamin libcourier-unicode4 libgamin0 libgdbm6 libidn12 libltdl7 libpam0g
  libical3 libjansson4 libldap-2.5-0 libpcre3 libpq5 libwrap0 libxapian30 libxml2 libzephyr4
)

# A packaged service must not start: 101 is "forbidden by policy". An existing policy stays as it is.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

apt_get() {
  apt-get -qq -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# Java's packages link their pages there, and fail where a slim system has no such folder.
mkdir -p /usr/share/man/man1

apt_get update
apt_get install -y --no-install-recommends "${packages[@]}" >/dev/null

# unpack NAME PACKAGE...: downloads the packages and unpacks them under $root/NAME, once for each version.
unpack() {
  local name=$1
  shift
  local target=$root/$name
  local wanted
  wanted=$(apt-cache policy "$@" | grep -E '^[a-z]|Candidate')
  if [ -f "$target/.unpacked" ] && [ "$(cat "$target/.unpacked")" = "$wanted" ]; then
    return
  fi
  rm -rf "$target"
  mkdir -p "$target/.packages"
  (cd "$target/.packages" && chmod 777 . && apt_get download "$@" >/dev/null)
  for package in "$target"/.packages/*.deb; do
    dpkg -x "$package" "$target"
  done
  rm -rf "$target/.packages"
  printf '%s\n' "$wanted" >"$target/.unpacked"
}

unpack cyrus cyrus-common cyrus-imapd
unpack courier courier-base courier-imap courier-authlib courier-authlib-userdb
