/**
 * Leaves: short-lived server certificates with the upstream's names, minted on demand and kept while they are in use.
 *
 * A leaf comes once for each key that a TLS server is to offer (key-pair.ts). All carry the same names, because a client
 * checks the one that it gets.
 */
import type { X509Certificate } from "node:crypto";
import { type Issuer, issueLeaf, type Validity } from "./certificate.ts";
import { type Asn1, toDer } from "./der.ts";
import { alternativeNamesOf, distinct, type HostName, parseHostName } from "./host-name.ts";
import type { KeyPair } from "./key-pair.ts";
import { type Attribute, commonNameOf, nameOf, subjectOf } from "./subject.ts";

/** What a leaf must answer for; whatever is no valid name is left out. */
export interface LeafRequest {
  /** The SNI that the client sent. */
  readonly serverName?: string | undefined;
  /** The certificate that the upstream showed: its subject and names are copied. */
  readonly upstreamCertificate?: X509Certificate | undefined;
  /** The address at which the client reached imapscope. */
  readonly listenerAddress?: string | undefined;
  /** Further names that the user wants (`--name`). */
  readonly extraNames?: readonly string[] | undefined;
}

/** Key and certificate pairs for one TLS context, PEM; the same index belongs together. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly certificates: readonly string[];
  readonly names: readonly string[];
  readonly notAfter: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LEAF_DAYS = 30;
/** Clients' clocks are wrong by up to a day more often than by years. */
const BACKDATED_DAYS = 2;
const KEPT_LEAVES = 256;

const ALWAYS = ["localhost", "127.0.0.1", "::1"];

export interface MintOptions {
  readonly issuer: Issuer;
  readonly keys: readonly KeyPair[];
  /** The end of the CA's own life; no leaf outlives it. */
  readonly notAfter: Date;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Makes the function that mints leaves and keeps the {@link KEPT_LEAVES} last used. */
export function createLeafMint(options: MintOptions): (request: LeafRequest) => Leaf {
  const kept = new Map<string, { readonly leaf: Leaf; readonly renewAt: number }>();
  const keys = options.keys.map(({ privateKey }) =>
    privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  );

  function mint(request: LeafRequest): Leaf {
    const names = namesFor(request);
    const validity: Validity = {
      notBefore: new Date(options.now() - BACKDATED_DAYS * DAY_MS),
      notAfter: new Date(Math.min(options.now() + LEAF_DAYS * DAY_MS, options.notAfter.getTime())),
    };
    const subject = subjectFor(request, names, options.issuer);
    return {
      keys,
      certificates: options.keys.map(({ publicKey }) =>
        issueLeaf({ issuer: options.issuer, subject, names, publicKey, validity }),
      ),
      names: names.map((name) => name.text),
      notAfter: validity.notAfter,
    };
  }

  return (request) => {
    const id = cacheId(request);
    let entry = kept.get(id);
    kept.delete(id);
    if (entry === undefined || entry.renewAt <= options.now()) {
      const renewAt = options.now() + (LEAF_DAYS / 2) * DAY_MS;
      entry = { leaf: mint(request), renewAt };
    }
    // A Map keeps the order of insertion: the first is the one unused for longest.
    kept.set(id, entry);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT_LEAVES && oldest !== undefined) kept.delete(oldest);
    return entry.leaf;
  };
}

/** All names of a leaf: the upstream's, the client's, the user's, and those that reach this machine. */
function namesFor(request: LeafRequest): HostName[] {
  const upstream = request.upstreamCertificate;
  const commonName = upstream === undefined ? undefined : commonNameOf(subjectOf(upstream));
  const texts = [
    commonName,
    request.serverName,
    ...(request.extraNames ?? []),
    request.listenerAddress,
    ...ALWAYS,
  ];
  const given = texts.flatMap((text) => parseHostName(text ?? "") ?? []);
  return distinct([...(upstream === undefined ? [] : alternativeNamesOf(upstream)), ...given]);
}

/**
 * The upstream's subject; where it has none the first name. A subject equal to the CA's own would make the leaf look
 * self-signed to a verifier.
 */
function subjectFor(request: LeafRequest, names: readonly HostName[], issuer: Issuer): Asn1 {
  const upstream = request.upstreamCertificate;
  const copied = upstream === undefined ? [] : subjectOf(upstream);
  const fallback: Attribute[] = [{ type: "CN", value: names[0]?.text ?? "localhost" }];
  const subject = nameOf(copied.length > 0 ? copied : fallback);
  return sameOctets(toDer(subject), toDer(issuer.name)) ? nameOf(fallback) : subject;
}

function cacheId(request: LeafRequest): string {
  const { upstreamCertificate, serverName, listenerAddress, extraNames } = request;
  return JSON.stringify([upstreamCertificate?.fingerprint256, serverName, listenerAddress, extraNames]);
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at]);
}
