/**
 * Why the upstream cannot be reached or trusted, as one sentence and one hint, by error code. The sentence goes to the
 * client in the BYE and to the user, the hint to the user only.
 */
import { isLoopback } from "./endpoint.ts";
import { alertOf } from "./tls-alert.ts";
import { OLDEST_BY_DEFAULT } from "./tls-settings.ts";
import type { TlsVersion } from "./tls-version.ts";
import {
  type FailureRow,
  OLDER_TLS,
  oldCiphers,
  PRIVATE_CA,
  TLS_ALERT_ROWS,
  TLS_ROWS,
} from "./upstream-tls-failure.ts";

export interface UpstreamFailure {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

const CHECK_NETWORK = "Check the network, and host and port of the upstream.";

const UNREACHABLE: FailureRow = { sentence: "there is no way to {at}", hint: CHECK_NETWORK };
const NO_DESCRIPTORS: FailureRow = {
  sentence: "there are no file descriptors left to reach {at} with",
  hint: "Close other connections, or raise the limit (ulimit -n).",
};
const RESET: FailureRow = { sentence: "{at} cut the connection off", hint: CHECK_NETWORK };

const ROWS: ReadonlyMap<string, FailureRow> = new Map([
  ...TLS_ROWS,
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
    "IMAPSCOPE_STARTTLS_REFUSED",
    {
      sentence: "{at} refuses STARTTLS, so it would be spoken to in the clear",
      hint: "Look into the server's log. Give it as imaps:// if it has a TLS port, or allow clear text to it with --plain-upstream.",
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
  /** The oldest TLS that it is spoken to in; 1.2 where it is not said. */
  readonly oldestTls?: TlsVersion | undefined;
}

/** The failure of a code; an unknown one is told with its own message. `detail` is text already made plain. */
export function upstreamFailure(code: string, target: Target, detail = ""): UpstreamFailure {
  const row = rowOf(code) ?? unknownRow(code);
  const oldest = target.oldestTls ?? OLDEST_BY_DEFAULT;
  const fill = (text: string) =>
    text
      .replace("{host}", target.host)
      .replace("{target}", target.target)
      .replace("{at}", target.at)
      .replace("{older}", OLDER_TLS[oldest])
      .replace("{oldCiphers}", oldCiphers(oldest));
  const sentence = detail === "" ? fill(row.sentence) : `${fill(row.sentence)} (${detail})`;
  return { code, sentence, hint: fill(row.hint) };
}

export function isKnownFailure(code: string): boolean {
  return rowOf(code) !== undefined;
}

function rowOf(code: string): FailureRow | undefined {
  return ROWS.get(code) ?? TLS_ALERT_ROWS.get(alertOf(code) ?? "");
}

function unknownRow(code: string): FailureRow {
  const tls =
    /CERT|CRL|CA_|SIGNATURE|PURPOSE|PATH_LENGTH|UNSPECIFIED/.test(code) && !code.startsWith("ERR_SSL");
  return tls
    ? { sentence: "the certificate of {host} cannot be verified", hint: PRIVATE_CA }
    : { sentence: "the connection to {at} failed", hint: CHECK_NETWORK };
}

/** Whether clear text may go to an address: only where it does not leave this machine, unless the user wants it. */
export function mayBePlain(remoteAddress: string | undefined, plainUpstream: boolean): boolean {
  return plainUpstream || isLoopback(remoteAddress ?? "");
}
