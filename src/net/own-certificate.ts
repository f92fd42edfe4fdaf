/**
 * The certificate that imapscope shows an upstream which asks for one. The client's own cannot go through: TLS proves that
 * its sender has the private key, and that never leaves the client.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { ImapscopeError } from "../errors.ts";

/** What the user gives, as the text of PEM files. */
export interface CertificateFiles {
  /** The certificate, then those between it and its root; may hold the key too. */
  readonly certificate: string;
  /** By default in the file of the certificate. */
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
}

/** A certificate chain and its key, PEM, known to belong together; the key is not encrypted any more. */
export interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/;
/** Of PKCS #8 and of OpenSSL's older form. */
const ENCRYPTED = /BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/;

/** @throws ImapscopeError ERR_CLIENT_CERT_INVALID */
export function readOwnCertificate(files: CertificateFiles): OwnCertificate {
  const chain = files.certificate.match(CERTIFICATE) ?? [];
  const [leaf] = chain.map(readCertificate);
  if (leaf === undefined) throw invalid("there is no PEM certificate in the certificate's file");
  const key = readKey(files);
  if (!leaf.checkPrivateKey(key)) throw invalid("the key is not that of the first certificate");
  return { cert: chain.join("\n"), key: key.export({ type: "pkcs8", format: "pem" }).toString() };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw invalid("a certificate is damaged", cause);
  }
}

function readKey({ certificate, key, passphrase }: CertificateFiles): KeyObject {
  const pem = KEY.exec(key ?? certificate)?.[0];
  if (pem === undefined) {
    throw invalid(
      key === undefined
        ? "there is no private key in the certificate's file; give its file with --client-key"
        : "there is no PEM private key in the key's file",
    );
  }
  const encrypted = ENCRYPTED.test(pem);
  if (encrypted && passphrase === undefined) {
    throw invalid(
      "the key is encrypted; give its passphrase in the environment, as IMAPSCOPE_CLIENT_KEY_PASSPHRASE",
    );
  }
  try {
    return createPrivateKey({ key: pem, ...(encrypted ? { passphrase } : {}) });
  } catch {
    // The cause is left out: nothing of a key or its passphrase may reach a message.
    throw invalid(encrypted ? "the passphrase does not open the key" : "the key is damaged");
  }
}

function invalid(reason: string, cause?: unknown): ImapscopeError {
  return new ImapscopeError("ERR_CLIENT_CERT_INVALID", { reason }, cause === undefined ? {} : { cause });
}
