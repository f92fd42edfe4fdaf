/** TLS contexts for the client leg, kept as long as the leaf that they are made of: with a new one no session resumes. */
import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import { OLDEST_BY_DEFAULT, type TlsSettings, versionSettings } from "./tls-settings.ts";

/** What the certificate for one handshake must answer for. */
export interface LeafRequest {
  /** The SNI that the client sent. */
  readonly serverName?: string | undefined;
  readonly upstreamCertificate?: X509Certificate | undefined;
  /** The address at which the client reached us. */
  readonly listenerAddress?: string | undefined;
  /** Whether a P-256 key is enough; for others there must be an RSA key too. */
  readonly takesEcdsa?: boolean | undefined;
}

/** Keys and certificates of one TLS context, PEM; the same index belongs together. */
export interface LeafPairs {
  readonly keys: readonly string[];
  readonly certificates: readonly string[];
}

/** What a handshake with a client needs. */
export interface ClientContext {
  readonly secureContext: SecureContext;
  /** Its certificates, of which each client gets the one that it can verify. */
  readonly certificates: readonly X509Certificate[];
}

/**
 * Gives the certificate for a handshake; the same object for the same request, for sessions to resume. A promise where a
 * key must be made first.
 */
export type ContextFor = (request: LeafRequest) => LeafPairs | Promise<LeafPairs>;

/** The same for what is made of the certificate. */
export type ClientContextFor = (request: LeafRequest) => ClientContext | Promise<ClientContext>;

/** Makes the function from request to TLS context. */
export function createClientContexts(
  contextFor: ContextFor,
  { oldest = OLDEST_BY_DEFAULT }: TlsSettings = {},
): ClientContextFor {
  const contexts = new WeakMap<LeafPairs, ClientContext>();
  function contextOf(leaf: LeafPairs): ClientContext {
    let context = contexts.get(leaf);
    if (context === undefined) {
      const secureContext = createSecureContext({
        key: [...leaf.keys],
        cert: [...leaf.certificates],
        ...versionSettings(oldest),
        sessionIdContext: "imapscope",
      });
      context = { secureContext, certificates: leaf.certificates.map((pem) => new X509Certificate(pem)) };
      contexts.set(leaf, context);
    }
    return context;
  }
  return (request) => {
    const leaf = contextFor(request);
    return leaf instanceof Promise ? leaf.then(contextOf) : contextOf(leaf);
  };
}
