/** `imapscope ca`: where the certificate authority is, and how clients come to trust it. */
import { openCa } from "../library/interception.ts";

export async function printPath(dir: string | undefined): Promise<void> {
  process.stdout.write(`${(await openCa(dir)).certificatePath}\n`);
}

export async function printCertificate(dir: string | undefined): Promise<void> {
  process.stdout.write((await openCa(dir)).certificate);
}

export async function printTrust(dir: string | undefined): Promise<void> {
  const { certificatePath: path, fingerprint } = await openCa(dir);
  process.stdout.write(`The certificate:  ${path}
Its SHA-256:      ${fingerprint}

One command or test run, nothing changed on this machine:
  curl:             curl --cacert '${path}' imaps://localhost:1993/
  Node:             NODE_EXTRA_CA_CERTS='${path}'
  Python, Ruby:     SSL_CERT_FILE='${path}'
  OpenSSL:          openssl s_client -CAfile '${path}' -connect localhost:1993
  mutt, neomutt:    set ssl_ca_certificates_file = '${path}'
  mbsync:           CertificateFile ${path}
  offlineimap:      sslcacertfile = ${path}

This user or this machine (remove it again when you are done):
  Debian, Ubuntu:   sudo cp '${path}' /usr/local/share/ca-certificates/imapscope.crt && sudo update-ca-certificates
  Fedora, RHEL:     sudo cp '${path}' /etc/pki/ca-trust/source/anchors/imapscope.pem && sudo update-ca-trust
  macOS:            security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db '${path}'
  Windows:          certutil -user -addstore Root "${path}"
  Java:             keytool -importcert -cacerts -alias imapscope -file '${path}'

Thunderbird, Apple Mail, Outlook, K-9 and others: certs/README.md of the package.
`);
}
