/**
 * X.509 certificates: the profile of the CA and of its leaves, put together as DER and signed by node:crypto
 * (RFC 5280 §4.1). Strict verifiers (OpenSSL's x509_strict, GnuTLS, NSS) accept them; the names of the pitfalls are
 * beside the lines that avoid them.
 */
import { createHash, type KeyObject, randomBytes, sign } from "node:crypto";
import * as der from "./der.ts";
import type { HostName } from "./host-name.ts";

/** What issues: a name and a key, the name as the octets that the CA's own certificate has. */
export interface Issuer {
  readonly name: der.Asn1;
  readonly privateKey: KeyObject;
  /** The CA's subject key identifier. */
  readonly keyIdentifier: Uint8Array;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Issues a leaf for a TLS server. Returns PEM. */
export function issueLeaf(leaf: {
  readonly issuer: Issuer;
  readonly subject: der.Asn1;
  readonly names: readonly HostName[];
  readonly publicKey: KeyObject;
  readonly validity: Validity;
}): string {
  const rsa = leaf.publicKey.asymmetricKeyType === "rsa";
  return issue({
    ...leaf,
    extensions: [
      extension(OID.basicConstraints, "critical", der.sequence()),
      // digitalSignature, and keyEncipherment for the RSA key exchange of TLS 1.2 and before.
      extension(OID.keyUsage, "critical", rsa ? keyUsage(0xa0, 5) : keyUsage(0x80, 7)),
      extension(OID.extendedKeyUsage, "", der.sequence(der.oid(OID.serverAuth))),
      extension(OID.subjectAltName, "", der.sequence(...leaf.names.map(generalName))),
    ],
  });
}

/** Issues the self-signed certificate of a CA that may sign leaves only. Returns PEM. */
export function issueAuthority(authority: {
  readonly subject: der.Asn1;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly validity: Validity;
}): string {
  return issue({
    ...authority,
    issuer: {
      name: authority.subject,
      privateKey: authority.privateKey,
      keyIdentifier: keyIdentifierOf(authority.publicKey),
    },
    extensions: [
      extension(OID.basicConstraints, "critical", der.sequence(der.boolean(true), der.smallInteger(0))),
      // keyCertSign and cRLSign.
      extension(OID.keyUsage, "critical", keyUsage(0x06, 1)),
    ],
  });
}

/** SHA-1 of the public key's bits, as most CAs compute it (RFC 5280 §4.2.1.2). */
export function keyIdentifierOf(publicKey: KeyObject): Uint8Array {
  const bits = der.content(der.parts(spki(publicKey))[1]).subarray(1);
  return createHash("sha1").update(bits).digest();
}

/**
 * The subject of our CA's certificate and its key identifier, as the octets that stand there: written anew, a name that
 * is not ASCII could come out different, and then no client would find the issuer.
 */
export function readAuthority(
  certificateDer: Uint8Array,
  publicKey: KeyObject,
): { readonly name: der.Asn1; readonly keyIdentifier: Uint8Array } {
  const tbs = der.parts(der.parts(der.readDer(certificateDer))[0]);
  const name = tbs[5] ?? der.sequence();
  const extensions = der.parts(der.parts(tbs[tbs.length - 1])[0]);
  const own = extensions.find((each) => der.isOid(der.parts(each)[0], OID.subjectKeyIdentifier));
  const value = der.content(der.parts(own).at(-1));
  const keyIdentifier = value.length > 0 ? der.content(der.readDer(value)) : keyIdentifierOf(publicKey);
  return { name, keyIdentifier };
}

const OID = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
} as const;

interface Unsigned {
  readonly issuer: Issuer;
  readonly subject: der.Asn1;
  readonly publicKey: KeyObject;
  readonly validity: Validity;
  readonly extensions: readonly der.Asn1[];
}

function issue({ issuer, subject, publicKey, validity, extensions }: Unsigned): string {
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const tbs = der.sequence(
    der.explicit(0, der.smallInteger(2)),
    der.integer(serialNumber()),
    algorithm.identifier,
    issuer.name,
    der.sequence(der.time(validity.notBefore), der.time(validity.notAfter)),
    subject,
    spki(publicKey),
    der.explicit(
      3,
      der.sequence(
        ...extensions,
        extension(OID.subjectKeyIdentifier, "", der.octetString(keyIdentifierOf(publicKey))),
        // The issuer's identifier, not the leaf's own: with that no verifier finds the issuer.
        extension(OID.authorityKeyIdentifier, "", der.sequence(der.implicit(0, issuer.keyIdentifier))),
      ),
    ),
  );
  const signature = sign(algorithm.hash, der.toDer(tbs), issuer.privateKey);
  return der.toPem(
    "CERTIFICATE",
    der.toDer(der.sequence(tbs, algorithm.identifier, der.bitString(signature))),
  );
}

/** 16 octets, positive and without a leading zero, whatever the dice say. */
function serialNumber(): Uint8Array {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets;
}

function signatureAlgorithm(key: KeyObject): { readonly identifier: der.Asn1; readonly hash: string } {
  return key.asymmetricKeyType === "ec"
    ? { identifier: der.sequence(der.oid("1.2.840.10045.4.3.2")), hash: "sha256" }
    : { identifier: der.sequence(der.oid("1.2.840.113549.1.1.11"), der.nothing()), hash: "sha256" };
}

function spki(publicKey: KeyObject): der.Asn1 {
  return der.readDer(publicKey.export({ type: "spki", format: "der" }));
}

function extension(id: string, critical: "critical" | "", value: der.Asn1): der.Asn1 {
  const wrapped = der.octetString(der.toDer(value));
  return critical === "critical"
    ? der.sequence(der.oid(id), der.boolean(true), wrapped)
    : der.sequence(der.oid(id), wrapped);
}

function keyUsage(bits: number, unused: number): der.Asn1 {
  return der.bitString(Uint8Array.of(bits), unused);
}

/** DNS names are type 2, addresses type 7 (RFC 5280 §4.2.1.6). */
function generalName(name: HostName): der.Asn1 {
  return name.kind === "ip"
    ? der.implicit(7, name.octets)
    : der.implicit(2, new TextEncoder().encode(name.text));
}
