/** What the user is told of a client or a server that behaves as if something were set up wrong. */
import type { Leg } from "../core/base/leg.ts";
import { type ClientFacts, lateAlert } from "./client-failure.ts";
import { type Endpoint, formatEndpoint, type ListenerEndpoint } from "./endpoint.ts";
import { type Notice, plainText } from "./notice.ts";
import type { Ending } from "./relay-options.ts";
import { alertOf } from "./tls-alert.ts";
import { type Target, upstreamFailure } from "./upstream-failure.ts";

export type Hint = Pick<Notice, "level" | "text">;

export interface EndingFacts extends ClientFacts {
  /** The client left right behind its TLS handshake. */
  readonly leftAtOnce: boolean;
  readonly target: Target;
}

/**
 * What the end of a connection says of certificates. Many clients look at ours only after the handshake, and leave without
 * a word; in TLS 1.3 the alert of either side comes when the other takes the handshake for done (RFC 8446 §6).
 */
export function endingHint(
  { by, reason, octets }: Pick<Ending, "by" | "reason" | "octets">,
  facts: EndingFacts,
): Hint | undefined {
  if (by === "server" && alertOf(reason) !== undefined) {
    const { sentence, hint } = upstreamFailure(reason, facts.target);
    return { level: "error", text: `${capitalised(sentence)}. ${hint}` };
  }
  const refused = by === "client" ? lateAlert(reason, facts) : undefined;
  if (refused !== undefined) return { level: "warning", text: refused };
  if (by !== "imapscope" && reason.startsWith("ERR_SSL_")) return brokenHint(by, reason);
  if (by !== "client") return undefined;
  return facts.leftAtOnce && octets.client === 0 ? distrustHint(facts.caPath) : undefined;
}

function distrustHint(caPath: string | undefined): Hint {
  const ca = caPath === undefined ? "imapscope's CA" : `the CA in ${caPath}`;
  return {
    level: "info",
    text: `The client left right behind the TLS handshake and did not say why. Most likely it does not trust ${ca} (certs/README.md says how it comes to; imapscope ca check tests this machine). It may also want another name in the certificate (--name), pin the server's own (--pass-through), or only have looked whether there is TLS.`,
  };
}

function brokenHint(by: Leg, code: string): Hint {
  return {
    level: "warning",
    text: `TLS with the ${by} broke: it sent what is no TLS, or somebody in between altered it (${code}). The connection was ended.`,
  };
}

/** A defect of ours, which ended one connection. */
export function failureHint(error: unknown): Hint {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    level: "error",
    text: `imapscope failed on this connection and closed it (${plainText(what)}). Please report this.`,
  };
}

/** A host with its port, and a URL, are names: they stay as they are. */
export function capitalised(sentence: string): string {
  return /^\S+:/.test(sentence) ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The client's handshake came when it had been greeted in the clear already. */
export function lateTlsHint(listener: ListenerEndpoint): Hint {
  return {
    level: "warning",
    text: `The client speaks TLS to ${formatEndpoint(listener)}, but began too late to be served. Set it to STARTTLS or no encryption, or connect it to an imaps:// listener.`,
  };
}

export function injectionHint(octets: number): Hint {
  return {
    level: "warning",
    text: `The server, or somebody in between, put ${octets} octets in clear text between its answer to STARTTLS and TLS. They were dropped.`,
  };
}

/** Why imapscope's own STARTTLS did not come about, by its code. */
const CLEAR_REASONS: ReadonlyMap<string, string> = new Map([
  ["IMAPSCOPE_STARTTLS_REFUSED", "the server refused STARTTLS"],
  ["IMAPSCOPE_PREAUTH", "the server greets with PREAUTH, behind which TLS cannot begin"],
]);

/** A client with TLS is relayed to a server without it. `isLocal`: the server is on this machine. */
export function clearUpstreamHint(code: string, at: string, isLocal: boolean): Hint {
  const why = CLEAR_REASONS.get(code) ?? "the server offers no STARTTLS";
  const told = `Clients have TLS, but the way on to ${at} is in clear text: ${why}.`;
  if (isLocal) return { level: "info", text: `${told} It does not leave this machine.` };
  return {
    level: "warning",
    text: `${told} --plain-upstream allows that; give the upstream as imaps:// if it has a TLS port.`,
  };
}

/** The same of a server whose TLS is to begin; imapscope gives up some time later. */
export function slowTlsHint(upstream: Endpoint, silentMs: number): Hint {
  return {
    level: "warning",
    text: `${formatEndpoint(upstream)} was reached, but TLS with it has not begun after ${silentMs / 1000} s. imapscope waits on for a while. Is it the right port, or must it be ${otherScheme(upstream)}?`,
  };
}

function otherScheme({ scheme }: Endpoint): string {
  return scheme === "imap" ? "imaps://" : "imap://";
}

/** Nothing is wrong with waiting, but an IMAP server greets first (RFC 9051 §7.1), and most that do not speak another protocol. */
export function silenceHint(upstream: Endpoint, silentMs: number): Hint {
  return {
    level: "warning",
    text: `${formatEndpoint(upstream)} has said nothing for ${silentMs / 1000} s, although an IMAP server speaks first. The connection stays open. Is it the right port, or must it be ${otherScheme(upstream)}?`,
  };
}
