/**
 * The certificate authority: made at first use, kept in two files, and used for nothing but leaves for imapscope's own
 * listeners. A user trusts its certificate once; from then on every upstream's name is served with a fresh leaf.
 */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { ImapscopeError } from "../errors.ts";
import { type CaPaths, caPathsIn, closeKeyToOthers, readCaFile, writeCaFile } from "./ca-files.ts";
import { type Issuer, issueAuthority, keyIdentifierOf, readAuthority } from "./certificate.ts";
import { ecLeafKeys, makeRsaKeys, rsaLeafKeys } from "./key-pair.ts";
import { createLeafMint, type Leaf, type LeafRequest, type MintOptions } from "./leaf.ts";
import { nameOf } from "./subject.ts";

export interface Authority {
  /** The directory of the two files. */
  readonly dir: string;
  /** The file that a client is made to trust. */
  readonly certificatePath: string;
  readonly keyPath: string;
  /** The CA's certificate, PEM. */
  readonly certificate: string;
  /** SHA-256 of the certificate, as `AB:CD:...`. */
  readonly fingerprint: string;
  readonly notAfter: Date;
  /** True where this call made the CA: the user must be told to trust it. */
  readonly created: boolean;
  /**
   * The leaf for one handshake: for a P-256 key, and for an RSA key where the client might need that. The same object for
   * the same request, so that what is made of it (a TLS context) can be kept by it; a new one when half of its life is over.
   * Takes about 1 ms for each key when new. A promise until the process has its RSA key.
   */
  readonly contextFor: (request: AuthorityRequest) => Leaf | Promise<Leaf>;
}

export interface AuthorityRequest extends LeafRequest {
  /** Whether the client certainly takes a certificate with a P-256 key. */
  readonly takesEcdsa?: boolean | undefined;
}

export interface AuthorityOptions {
  /** Epoch milliseconds; the machine's clock by default. */
  readonly now?: () => number;
  /** The name of a CA that has yet to be made. */
  readonly commonName?: string;
  /** Makes none where there is none. */
  readonly asFound?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const CA_DAYS = 3650;

/**
 * Opens the CA in a directory, and makes it first where there is none.
 * @throws ImapscopeError ERR_CA_MISSING where none may be made, ERR_CA_UNREADABLE, ERR_CA_UNWRITABLE, ERR_CA_MISMATCHED, ERR_CA_EXPIRED
 */
export async function openAuthority(dir: string, options: AuthorityOptions = {}): Promise<Authority> {
  const paths = caPathsIn(dir);
  const now = options.now ?? Date.now;
  const made = await readOrMake(paths, now, options);
  const { certificate, privateKey } = understand(paths, made);
  if (!certificate.checkPrivateKey(privateKey)) throw new ImapscopeError("ERR_CA_MISMATCHED", { dir });
  const notAfter = new Date(certificate.validTo);
  if (now() > notAfter.getTime() || now() < Date.parse(certificate.validFrom)) {
    throw new ImapscopeError("ERR_CA_EXPIRED", { dir, from: certificate.validFrom, to: certificate.validTo });
  }
  const issuer: Issuer = { privateKey, ...readAuthority(certificate.raw, certificate.publicKey) };
  return {
    dir,
    certificatePath: paths.certificate,
    keyPath: paths.key,
    certificate: made.certificate,
    fingerprint: certificate.fingerprint256,
    notAfter,
    created: made.created,
    contextFor: createMints({ issuer, notAfter, now }),
  };
}

/** A mint for clients that take ECDSA, and one for all others, which is there once such a client has come. */
function createMints(options: Omit<MintOptions, "keys">): Authority["contextFor"] {
  let young: ReturnType<typeof createLeafMint> | undefined;
  let old: ReturnType<typeof createLeafMint> | undefined;
  return ({ takesEcdsa = false, ...request }) => {
    if (takesEcdsa) {
      young ??= createLeafMint({ ...options, keys: [ecLeafKeys()] });
      return young(request);
    }
    if (old !== undefined) return old(request);
    return rsaLeafKeys().then((rsa) => {
      old ??= createLeafMint({ ...options, keys: [rsa, ecLeafKeys()] });
      return old(request);
    });
  };
}

interface CaTexts {
  readonly certificate: string;
  readonly key: string;
  readonly created: boolean;
}

/**
 * The key is written before the certificate. So a key alone is a first start that did not end, or one that goes on in
 * another process: a certificate is made for it, and whichever comes first stays.
 */
async function readOrMake(
  paths: CaPaths,
  now: () => number,
  { commonName, asFound = false }: AuthorityOptions,
): Promise<CaTexts> {
  const [certificate, key] = await Promise.all([
    readCaFile(paths, paths.certificate),
    readCaFile(paths, paths.key),
  ]);
  if (certificate !== undefined && key !== undefined) {
    await closeKeyToOthers(paths.key);
    return { certificate, key, created: false };
  }
  if (certificate !== undefined)
    throw unreadable(paths, "imapscope-ca.pem has no imapscope-ca.key beside it");
  if (asFound) throw new ImapscopeError("ERR_CA_MISSING", { dir: paths.dir });
  if (key === undefined) await writeCaFile(paths, { path: paths.key, text: await newKey(), mode: 0o600 });
  const keyThere = await reread(paths, paths.key);
  const text = newCertificate(parseKey(paths, keyThere), now(), commonName);
  await writeCaFile(paths, { path: paths.certificate, text, mode: 0o644 });
  return { certificate: await reread(paths, paths.certificate), key: keyThere, created: true };
}

async function newKey(): Promise<string> {
  const { privateKey } = await makeRsaKeys();
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function newCertificate(privateKey: KeyObject, now: number, commonName: string | undefined): string {
  const publicKey = createPublicKey(privateKey);
  // Some clients look an issuer up by its name alone, so two CAs must not share one.
  const mark = Buffer.from(keyIdentifierOf(publicKey)).toString("hex").slice(0, 8);
  return issueAuthority({
    subject: nameOf([
      { type: "O", value: "imapscope" },
      { type: "CN", value: commonName ?? `imapscope CA ${mark}` },
    ]),
    privateKey,
    publicKey,
    validity: { notBefore: new Date(now - 2 * DAY_MS), notAfter: new Date(now + CA_DAYS * DAY_MS) },
  });
}

async function reread(paths: CaPaths, path: string): Promise<string> {
  const text = await readCaFile(paths, path);
  if (text === undefined) throw unreadable(paths, `${path} was removed while the CA was being made`);
  return text;
}

function understand(
  paths: CaPaths,
  texts: CaTexts,
): { readonly certificate: X509Certificate; readonly privateKey: KeyObject } {
  const privateKey = parseKey(paths, texts.key);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(texts.certificate);
  } catch (cause) {
    throw unreadable(paths, "imapscope-ca.pem holds no certificate", cause);
  }
  if (!certificate.ca) throw unreadable(paths, "imapscope-ca.pem is not the certificate of a CA");
  return { certificate, privateKey };
}

function parseKey(paths: CaPaths, text: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (cause) {
    throw unreadable(paths, "imapscope-ca.key holds no private key, or one that needs a passphrase", cause);
  }
  if (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ec") return key;
  throw unreadable(paths, `imapscope-ca.key is a key of type ${key.asymmetricKeyType}; RSA or EC is needed`);
}

function unreadable(paths: CaPaths, reason: string, cause?: unknown): ImapscopeError {
  return new ImapscopeError("ERR_CA_UNREADABLE", { dir: paths.dir, reason }, { cause });
}
