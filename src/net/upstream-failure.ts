/**
 * Why the upstream cannot be reached or trusted, as one sentence and one hint, by error code. The sentence goes to the
 * client in the BYE and to the user, the hint to the user only.
 */
import { isLoopback } from "./endpoint.ts";

export interface UpstreamFailure {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

/** `{host}` is the name that the certificate is checked for, `{at}` the host and port that are dialled. */
interface Row {
  readonly sentence: string;
  readonly hint: string;
}

const PRIVATE_CA =
  "If the server has a private CA, give its certificate with --upstream-ca FILE; --insecure turns the check off.";
const CHECK_NETWORK = "Check the network, and host and port of the upstream.";

const UNTRUSTED: Row = {
  sentence: "the certificate of {host} is issued by an unknown CA",
  hint: PRIVATE_CA,
};
const SELF_SIGNED: Row = {
  sentence: "the certificate of {host} is self-signed",
  hint: "Give that certificate with --upstream-ca FILE if you know it to be right; --insecure turns the check off.",
};
const UNREACHABLE: Row = { sentence: "there is no way to {at}", hint: CHECK_NETWORK };
const NO_DESCRIPTORS: Row = {
  sentence: "there are no file descriptors left to reach {at} with",
  hint: "Close other connections, or raise the limit (ulimit -n).",
};
const RESET: Row = { sentence: "{at} cut the connection off", hint: CHECK_NETWORK };
const NOT_TLS: Row = {
  sentence: "{at} does not speak TLS",
  hint: "Is it a plain port (143)? Then give the upstream as imap://, or use its TLS port (993).",
};
const OLD_TLS: Row = {
  sentence: "{at} speaks only outdated TLS",
  hint: "--insecure accepts TLS 1.0 and old ciphers too, without verifying the certificate.",
};

const ROWS: ReadonlyMap<string, Row> = new Map([
  [
    "ECONNREFUSED",
    {
      sentence: "{at} refuses connections",
      hint: "Check that the server runs, and host and port of the upstream.",
    },
  ],
  ["ENOTFOUND", { sentence: "the name {target} cannot be found", hint: "Check the spelling and the DNS." }],
  [
    "EAI_AGAIN",
    { sentence: "the name {target} cannot be resolved now", hint: "Check the network and the DNS." },
  ],
  ["ETIMEDOUT", { sentence: "{at} does not answer in time", hint: CHECK_NETWORK }],
  ["ECONNRESET", RESET],
  ["EPIPE", RESET],
  ["EHOSTUNREACH", UNREACHABLE],
  ["ENETUNREACH", UNREACHABLE],
  ["EADDRNOTAVAIL", UNREACHABLE],
  ["EMFILE", NO_DESCRIPTORS],
  ["ENFILE", NO_DESCRIPTORS],
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
  ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", OLD_TLS],
  ["ERR_SSL_NO_PROTOCOLS_AVAILABLE", OLD_TLS],
  ["ERR_SSL_DH_KEY_TOO_SMALL", OLD_TLS],
  [
    "IMAPSCOPE_OWN_LISTENER",
    {
      sentence: "{at} is imapscope's own listener",
      hint: "If the hosts file leads {target} here, tell imapscope where the server really is: --connect ADDRESS:PORT.",
    },
  ],
  [
    "IMAPSCOPE_PLAIN_UPSTREAM",
    {
      sentence: "the upstream imap://{at} would be spoken to in the clear",
      hint: "Give it as imaps://, or allow clear text to it with --plain-upstream.",
    },
  ],
  [
    "IMAPSCOPE_NO_STARTTLS",
    {
      sentence: "{at} does not offer STARTTLS, so it would be spoken to in the clear",
      hint: "Give it as imaps:// if it has a TLS port, or allow clear text to it with --plain-upstream.",
    },
  ],
  [
    "IMAPSCOPE_BYE",
    {
      sentence: "{at} turns clients away",
      hint: "Look into the server's log: it may refuse this address, or be too busy.",
    },
  ],
  [
    "IMAPSCOPE_PREAUTH",
    {
      sentence: "{at} greets with PREAUTH, so that TLS cannot begin and it would be spoken to in the clear",
      hint: "Somebody in between may have put that there. Give it as imaps://, or allow clear text to it with --plain-upstream.",
    },
  ],
  [
    "IMAPSCOPE_STARTTLS_CLEAR",
    {
      sentence: "{at} went on in clear text where TLS should begin",
      hint: "The server is broken, or somebody in between put octets there. Give it as imaps:// if it has a TLS port.",
    },
  ],
  [
    "IMAPSCOPE_NO_GREETING",
    {
      sentence: "{at} closed the connection without a greeting",
      hint: "Look into the server's log: it may refuse this address, or be too busy.",
    },
  ],
]);

export interface Target {
  /** The name that certificates are checked for. */
  readonly host: string;
  /** The name or address that is dialled. */
  readonly target: string;
  /** The same with its port. */
  readonly at: string;
}

/** The failure of a code; an unknown one is told with its own message. `detail` is text already made plain. */
export function upstreamFailure(code: string, target: Target, detail = ""): UpstreamFailure {
  const row = ROWS.get(code) ?? unknownRow(code);
  const fill = (text: string) =>
    text.replace("{host}", target.host).replace("{target}", target.target).replace("{at}", target.at);
  const sentence = detail === "" ? fill(row.sentence) : `${fill(row.sentence)} (${detail})`;
  return { code, sentence, hint: fill(row.hint) };
}

export function isKnownFailure(code: string): boolean {
  return ROWS.has(code);
}

function unknownRow(code: string): Row {
  const tls = /CERT|CRL|CA_|SIGNATURE|PURPOSE|PATH_LENGTH/.test(code) && !code.startsWith("ERR_SSL");
  return tls
    ? { sentence: "the certificate of {host} cannot be verified", hint: PRIVATE_CA }
    : { sentence: "the connection to {at} failed", hint: CHECK_NETWORK };
}

/** Whether clear text may go to an address: only where it does not leave this machine, unless the user wants it. */
export function mayBePlain(remoteAddress: string | undefined, plainUpstream: boolean): boolean {
  return plainUpstream || isLoopback(remoteAddress ?? "");
}
