/**
 * Why TLS with the upstream failed: by the check of its certificate, by the alert with which it refused the handshake, or by
 * the error that its octets made.
 */
import type { TlsVersion } from "./tls-version.ts";

/**
 * `{host}` is the name that the certificate is checked for, `{target}` what is dialled, `{at}` that with its port, `{older}` how to take
 * older TLS, `{oldCiphers}` old ciphers.
 */
export interface FailureRow {
  readonly sentence: string;
  readonly hint: string;
}

export const PRIVATE_CA =
  "If the server has a private CA, give its certificate with --upstream-ca FILE; --insecure turns the check off.";
const UNTRUSTED: FailureRow = {
  sentence: "the certificate of {host} is issued by an unknown CA",
  hint: PRIVATE_CA,
};
const SELF_SIGNED: FailureRow = {
  sentence: "the certificate of {host} is self-signed",
  hint: "Give that certificate with --upstream-ca FILE if you know it to be right; --insecure turns the check off.",
};
const NOT_TLS: FailureRow = {
  sentence: "{at} does not speak TLS",
  hint: "Is it a plain port (143)? Then give the upstream as imap://, or use its TLS port (993).",
};
const OLD_TLS: FailureRow = {
  sentence: "{at} speaks only older TLS than is taken here",
  hint: "{older}",
};
/** What takes older TLS, by the oldest that is taken: which of them it speaks a server that refuses does not say for certain. */
export const OLDER_TLS: Readonly<Record<TlsVersion, string>> = {
  "1.3": "--tls-min 1.2 takes TLS 1.2, too.",
  "1.2": "--tls-min 1.1 takes TLS 1.1, too; if that is not old enough, --tls-min 1.0.",
  "1.1": "--tls-min 1.0 takes TLS 1.0, too.",
  "1.0":
    "It may know SSL 3 at most, which imapscope does not speak. Look whether its TLS can be set up anew.",
};
const OLD_CIPHERS: FailureRow = {
  sentence: "{at} and imapscope have no cipher in common",
  hint: "{oldCiphers}",
};
/** What takes old ciphers, as far as there is anything. */
export function oldCiphers(oldest: TlsVersion): string {
  if (oldest === "1.0")
    return "No older ones are taken here. Look whether the server's TLS can be set up anew.";
  return "The server may be very old: --tls-min 1.0 takes old ciphers and short keys, too.";
}
const OWN_CERTIFICATE_HINT =
  "Give the right one with --client-cert FILE, and its key with --client-key FILE.";
const CERTIFICATE_DEMANDED: FailureRow = {
  sentence: "{at} demands a client certificate",
  hint: OWN_CERTIFICATE_HINT,
};
const CERTIFICATE_REFUSED: FailureRow = {
  sentence: "{at} refuses the client certificate, or the lack of one",
  hint: OWN_CERTIFICATE_HINT,
};

/** The server refused the handshake, or what came of it, with an alert. */
export const TLS_ALERT_ROWS: ReadonlyMap<string, FailureRow> = new Map([
  ["PROTOCOL_VERSION", OLD_TLS],
  ["HANDSHAKE_FAILURE", OLD_CIPHERS],
  ["INSUFFICIENT_SECURITY", OLD_CIPHERS],
  ["CERTIFICATE_REQUIRED", CERTIFICATE_DEMANDED],
  ["NO_CERTIFICATE", CERTIFICATE_DEMANDED],
  ["BAD_CERTIFICATE", CERTIFICATE_REFUSED],
  ["CERTIFICATE_UNKNOWN", CERTIFICATE_REFUSED],
  ["UNSUPPORTED_CERTIFICATE", CERTIFICATE_REFUSED],
  ["ACCESS_DENIED", CERTIFICATE_REFUSED],
  [
    "UNKNOWN_CA",
    {
      sentence: "{at} does not know the CA of the client certificate",
      hint: "Put the certificates between yours and its root into the file of --client-cert, or take one that the server's own CA issued.",
    },
  ],
  [
    "CERTIFICATE_EXPIRED",
    {
      sentence: "{at} takes the client certificate for expired, or not valid yet",
      hint: OWN_CERTIFICATE_HINT,
    },
  ],
  [
    "CERTIFICATE_REVOKED",
    { sentence: "{at} takes the client certificate for revoked", hint: OWN_CERTIFICATE_HINT },
  ],
  [
    "UNRECOGNIZED_NAME",
    {
      sentence: "{at} does not serve the name {host}",
      hint: "Give the upstream by the name that the server knows, with --connect HOST:PORT where that name leads elsewhere.",
    },
  ],
  [
    "NO_APPLICATION_PROTOCOL",
    {
      sentence: "{at} does not serve the protocol that the client offers (ALPN: imap)",
      hint: "It is no IMAP server, or knows IMAP by no such name: switch ALPN off in the client.",
    },
  ],
  ["INTERNAL_ERROR", { sentence: "{at} failed within its own TLS", hint: "Look into the server's log." }],
]);

/**
 * The alert `handshake_failure` behind the server's certificate: in TLS 1.2 that is how a server says that it demands a
 * client certificate, while for want of a cipher it says so at once.
 */
export const HANDSHAKE_REFUSED_LATE = "IMAPSCOPE_HANDSHAKE_REFUSED_LATE";

export const TLS_ROWS: ReadonlyMap<string, FailureRow> = new Map([
  [
    "CERT_HAS_EXPIRED",
    {
      sentence: "the certificate of {host} has expired",
      hint: "The server needs a new one (or this machine's clock is wrong); --insecure turns the check off.",
    },
  ],
  [
    "CERT_NOT_YET_VALID",
    {
      sentence: "the certificate of {host} is not valid yet",
      hint: "Check the clock of this machine; --insecure turns the check off.",
    },
  ],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", SELF_SIGNED],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT", UNTRUSTED],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNTRUSTED],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNTRUSTED],
  ["CERT_UNTRUSTED", UNTRUSTED],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    {
      sentence: "the certificate of {host} is for other names",
      hint: "Give the upstream by the name in its certificate, with --connect HOST:PORT where that name leads elsewhere; --insecure turns the check off.",
    },
  ],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NOT_TLS],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", NOT_TLS],
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", OLD_TLS],
  ["ERR_SSL_VERSION_TOO_LOW", OLD_TLS],
  ["ERR_SSL_DH_KEY_TOO_SMALL", OLD_CIPHERS],
  ["ERR_SSL_EE_KEY_TOO_SMALL", OLD_CIPHERS],
  ["ERR_SSL_CA_KEY_TOO_SMALL", OLD_CIPHERS],
  ["ERR_SSL_CA_MD_TOO_WEAK", OLD_CIPHERS],
  ["ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED", OLD_CIPHERS],
  ["ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED", OLD_CIPHERS],
  [
    HANDSHAKE_REFUSED_LATE,
    {
      sentence:
        "{at} refused the handshake when it had shown its certificate: most likely it demands one of the client",
      hint: OWN_CERTIFICATE_HINT,
    },
  ],
]);
