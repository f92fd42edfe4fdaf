/**
 * Why the TLS handshake with the client failed, as one sentence and one thing to do: by the alert with which the client
 * refused it, or by the error that its octets made. Alerts say little, and each program has its habits (held by
 * test/net/client-failure.test.ts); where one means several things, the likely one is named first.
 */
import { formatEndpoint, type ListenerEndpoint } from "./endpoint.ts";
import { UNREADABLE } from "./openssl-words.ts";
import { alertOf } from "./tls-alert.ts";
import { OLDEST_BY_DEFAULT, type TlsSettings } from "./tls-settings.ts";
import { TLS_VERSIONS, type TlsVersion } from "./tls-version.ts";

/** What OpenSSL says to a client that speaks no TLS as new as what is taken. */
export const TOO_OLD: ReadonlySet<string> = new Set([
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_SSL_VERSION_TOO_LOW",
  "ERR_SSL_WRONG_SSL_VERSION",
]);

/** A client that ended its half before the handshake was through. */
export const CLIENT_LEFT = "IMAPSCOPE_CLIENT_LEFT";

/** `{ca}` is imapscope's CA with its file, `{listener}` the URL, `{oldest}` the oldest TLS taken, `{older}` what would serve the client, `{all}` what takes all there is. */
interface Row {
  readonly sentence: string;
  readonly hint: string;
}

const TRUST = "Make it trust {ca} (certs/README.md says how; imapscope ca check tests this machine).";
const LOOK_AT_IT = "Look at what the client itself says of it. {all}";
const ALL_TLS = "--tls-min 1.0 takes old versions and ciphers, too.";
const CLOCKS = "Compare the clock of the client with this machine's.";

/** OpenSSL and what is built on it: Python, Ruby, Perl, curl. */
const UNKNOWN_CA: Row = {
  sentence: "The client does not know the CA of imapscope's certificate",
  hint: TRUST,
};
/** GnuTLS says this to an unknown CA, OpenSSL to a wrong name. */
const BAD_CERTIFICATE: Row = {
  sentence: "The client refuses imapscope's certificate: it does not trust it, or wants another name in it",
  hint: `${TRUST} If it does trust that, add the name that it uses for the server with --name.`,
};
/** Java says this to an unknown CA. */
const CERTIFICATE_UNKNOWN: Row = {
  sentence: "The client does not trust imapscope's certificate, or pins the server's own",
  hint: TRUST,
};
const PINNED: Row = {
  sentence:
    "The client refuses imapscope's certificate by a rule of its own: most likely it pins the server's",
  hint: "Look for a setting that turns certificate pinning off; a client that always pins cannot be intercepted.",
};
const OLD_CLIENT: Row = {
  sentence: "The client speaks no TLS as new as {oldest}, which is the oldest that is taken",
  hint: "Give --tls-min {older} to serve it all the same.",
};
const NO_COMMON: Row = {
  sentence: "The client and imapscope have no cipher in common",
  hint: "The client may be very old, or set up too narrowly. {all}",
};
const NOT_TLS: Row = {
  sentence: "The client does not speak TLS to {listener}",
  hint: "Set it to TLS (not STARTTLS), or connect it to an imap:// listener.",
};
const CLEAR_TEXT: Row = {
  sentence: "The client went on in clear text behind STARTTLS, where TLS should begin",
  hint: "The client is broken, or somebody in between put octets there. They were dropped.",
};
/** What comes is no ClientHello, or is not what belongs behind it. */
const GARBAGE: Row = {
  sentence: "What the client sent to {listener} is no handshake of TLS, or was altered on its way ({code})",
  hint: "Check that it is a mail client set to TLS (not STARTTLS), and what stands between it and imapscope.",
};
/** An alert of which nothing is known, or a failure of our own side. */
const UNKNOWN: Row = {
  sentence: "The TLS handshake with the client failed ({code})",
  hint: LOOK_AT_IT,
};
const BROKE_OFF: Row = {
  sentence:
    "The client broke off the TLS handshake and did not say why. Most likely it does not trust imapscope's certificate; it may also want another name in it (--name), or pin the server's own (--pass-through)",
  hint: TRUST,
};

const ALERTS: ReadonlyMap<string, Row> = new Map([
  ["UNKNOWN_CA", UNKNOWN_CA],
  ["BAD_CERTIFICATE", BAD_CERTIFICATE],
  ["CERTIFICATE_UNKNOWN", CERTIFICATE_UNKNOWN],
  [
    "CERTIFICATE_EXPIRED",
    { sentence: "The client takes imapscope's certificate for expired, or not valid yet", hint: CLOCKS },
  ],
  [
    "CERTIFICATE_REVOKED",
    {
      sentence: "The client takes imapscope's certificate for revoked",
      hint: "imapscope keeps no revocation list: switch the check for revocation off in the client.",
    },
  ],
  [
    "UNSUPPORTED_CERTIFICATE",
    {
      sentence: "The client cannot use a certificate like imapscope's",
      hint: "Please report this, with the name and version of the client.",
    },
  ],
  ["ACCESS_DENIED", PINNED],
  // OpenSSL, where the program's own check of the certificate says no.
  ["HANDSHAKE_FAILURE", PINNED],
  [
    "UNRECOGNIZED_NAME",
    {
      sentence: "The client wants another name in imapscope's certificate",
      hint: "Add the name that it uses for the server with --name.",
    },
  ],
  [
    "PROTOCOL_VERSION",
    { sentence: "The client refuses the version of TLS that was agreed upon", hint: LOOK_AT_IT },
  ],
  ["INSUFFICIENT_SECURITY", NO_COMMON],
  [
    "USER_CANCELED",
    {
      sentence: "The client cancelled the TLS handshake: perhaps its user refused imapscope's certificate",
      hint: TRUST,
    },
  ],
]);
const ALIASES: ReadonlyMap<string, string> = new Map([["USER_CANCELLED", "USER_CANCELED"]]);

const CODES: ReadonlyMap<string, Row> = new Map([
  ...[...TOO_OLD].map((code) => [code, OLD_CLIENT] as const),
  ["ERR_SSL_NO_SHARED_CIPHER", NO_COMMON],
  ["ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM", NO_COMMON],
  ["ERR_SSL_NO_SHARED_SIGNATURE_ALGORITHMS", NO_COMMON],
  ["ERR_SSL_NO_SHARED_GROUPS", NO_COMMON],
  ["ERR_SSL_NO_SUITABLE_KEY_SHARE", NO_COMMON],
  [
    "ERR_SSL_INAPPROPRIATE_FALLBACK",
    {
      sentence:
        "The client tried again with older TLS than it can, which is refused, since an attacker could bring it about",
      hint: "Look at what its connection before this one says.",
    },
  ],
  ["ERR_SSL_WRONG_VERSION_NUMBER", NOT_TLS],
  ["ERR_SSL_HTTP_REQUEST", NOT_TLS],
  ["ERR_SSL_HTTPS_PROXY_REQUEST", NOT_TLS],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", NOT_TLS],
  ["ERR_SSL_UNKNOWN_PROTOCOL", NOT_TLS],
  ...UNREADABLE.map((code) => [code, GARBAGE] as const),
  [CLIENT_LEFT, BROKE_OFF],
  ["ECONNRESET", BROKE_OFF],
  ["EPIPE", BROKE_OFF],
  [
    "ETIMEDOUT",
    {
      sentence: "The client began TLS and has not finished it in time",
      hint: "Look at what the client itself says of it, and what stands between it and imapscope.",
    },
  ],
]);

/** The client sent nothing: it waits for a greeting in the clear, or was a check of the port, which does not wait. */
const SILENT: Row = {
  sentence:
    "The client says nothing on {listener}, where it is to begin TLS: most likely it is set to no encryption or STARTTLS, and waits for a greeting",
  hint: NOT_TLS.hint,
};
/** The same where a client says first where it wants to go. */
const SILENT_BEFORE_SOCKS: Row = {
  sentence:
    "The client says nothing on {listener}, where it is to say where it wants to go: most likely it takes that for its mail server, and waits for a greeting",
  hint: "Set this address as its SOCKS 5 proxy, not as its mail server.",
};
/** How long a check of the port stays at most. */
const CHECK_MICROS = 1e6;
const LEAVINGS = new Set([CLIENT_LEFT, "ECONNRESET", "EPIPE"]);

export interface ClientFacts {
  /** Octets that came from the client. */
  readonly clientOctets: number;
  /** TLS was to begin behind STARTTLS. */
  readonly behindStartTls?: boolean;
  /** How long the client was there. */
  readonly waitedMicros?: number;
  readonly listener: ListenerEndpoint;
  readonly caPath: string | undefined;
  readonly tls: TlsSettings;
  /** What OpenSSL calls the version of a client whose TLS is too old, where it is known. */
  readonly version?: string | undefined;
}

/** Whether what failed is that the octets were no TLS. */
export function isClearText(code: string): boolean {
  return CODES.get(code) === NOT_TLS;
}

/** What to tell the user of a failed handshake; nothing where it was a check of the port. */
export function clientFailure(code: string, facts: ClientFacts): string | undefined {
  if (facts.clientOctets === 0) {
    if (LEAVINGS.has(code) && (facts.waitedMicros ?? 0) < CHECK_MICROS) return undefined;
    return told(SILENT, code, facts);
  }
  const known = CODES.get(code) ?? rowOfAlert(code) ?? UNKNOWN;
  const row = facts.behindStartTls === true && known === NOT_TLS ? CLEAR_TEXT : known;
  return told(row, code, facts);
}

/** What to tell of a client that has said nothing so far. */
export function waitingText(facts: Omit<ClientFacts, "clientOctets">): string {
  const row = facts.listener.scheme === "socks5" ? SILENT_BEFORE_SOCKS : SILENT;
  return told(row, "", { ...facts, clientOctets: 0 });
}

/** What to tell of a client that refused the certificate when the handshake was through already. */
export function lateAlert(code: string, facts: ClientFacts): string | undefined {
  const row = rowOfAlert(code);
  return row && told(row, code, facts);
}

/** The client's own version, if it is known and older than what is taken; else the oldest that there is. */
function olderVersion(version: string | undefined, oldest: TlsVersion): TlsVersion {
  const spoken = TLS_VERSIONS.find((each) => version === (each === "1.0" ? "TLSv1" : `TLSv${each}`));
  return spoken !== undefined && spoken < oldest ? spoken : "1.0";
}

function rowOfAlert(code: string): Row | undefined {
  const alert = alertOf(code);
  return alert === undefined ? undefined : ALERTS.get(ALIASES.get(alert) ?? alert);
}

/** An alert is named, for those who look it up. */
function told({ sentence, hint }: Row, code: string, facts: ClientFacts): string {
  const { caPath, listener, version } = facts;
  const oldest = facts.tls.oldest ?? OLDEST_BY_DEFAULT;
  const ca = caPath === undefined ? "imapscope's CA" : `the CA in ${caPath}`;
  const alert = alertOf(code);
  const named = alert === undefined ? sentence : `${sentence} (alert ${alert.toLowerCase()})`;
  return `${named}. ${hint}`
    .replace("{ca}", () => ca)
    .replace("{code}", code)
    .replace("{listener}", () => formatEndpoint(listener))
    .replace("{oldest}", oldest)
    .replace("{older}", olderVersion(version, oldest))
    .replace(" {all}", oldest === "1.0" ? "" : ` ${ALL_TLS}`);
}
