/**
 * What a TLS client asks for before anything is encrypted: the name (SNI) and the protocols (ALPN) of its ClientHello
 * (RFC 8446 §4.1.2), and whether a certificate with an EC key will do; read byte by byte as it comes: it may be cut
 * anywhere, by TCP and by TLS records. Pure, bounded, and never throws; what is no ClientHello is told as such, and a part
 * of it that cannot be read is left out.
 */
import { LIMITS } from "../core/base/limits.ts";

export interface ClientHello {
  readonly kind: "hello";
  /** The host name that is asked for, in lower case; `undefined` also where it is none (RFC 6066 §3). */
  readonly serverName: string | undefined;
  /** The same as it was sent, whatever that is. */
  readonly sentName: string | undefined;
  readonly protocols: readonly string[];
  /** Whether it certainly takes a certificate with a P-256 key; where it might not, false. */
  readonly takesEcdsa: boolean;
}

/** IMAP's name among the protocols that a ClientHello may offer (IANA, TLS ALPN Protocol IDs; RFC 7301). */
export const IMAP_PROTOCOL = "imap";

export type HelloReading = ClientHello | { readonly kind: "more" } | { readonly kind: "none" };

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const RECORD_HEADER_OCTETS = 5;
const MESSAGE_HEADER_OCTETS = 4;
/** RFC 8446 §5.1; a plaintext record holds no more. */
const RECORD_OCTETS = 16 * 1024;

const MORE: HelloReading = { kind: "more" };
const NONE: HelloReading = { kind: "none" };

/** Takes the octets as they come; once it says anything but `more`, it takes no others. */
export function createClientHelloReader(): (bytes: Uint8Array) => HelloReading {
  const header: number[] = [];
  let message = new Uint8Array(512);
  let length = 0;
  /** Of the record under way. */
  let missing = 0;
  let reading: HelloReading = MORE;

  function keep(fragment: Uint8Array): void {
    if (length + fragment.length > message.length) {
      const larger = new Uint8Array(2 * (length + fragment.length));
      larger.set(message.subarray(0, length));
      message = larger;
    }
    message.set(fragment, length);
    length += fragment.length;
  }

  function takeHeader(byte: number): HelloReading {
    header.push(byte);
    if (header[0] !== HANDSHAKE_RECORD || (header[1] ?? 3) !== 3) return NONE;
    if (header.length < RECORD_HEADER_OCTETS) return MORE;
    missing = ((header[3] ?? 0) << 8) | (header[4] ?? 0);
    header.length = 0;
    // Empty fragments are forbidden, and would be a way to keep us reading for ever.
    return missing === 0 || missing > RECORD_OCTETS ? NONE : MORE;
  }

  function takeMessage(): HelloReading {
    if (length > 0 && message[0] !== CLIENT_HELLO) return NONE;
    if (length < MESSAGE_HEADER_OCTETS) return MORE;
    const octets = ((message[1] ?? 0) << 16) | ((message[2] ?? 0) << 8) | (message[3] ?? 0);
    if (octets > LIMITS.clientHelloOctets) return NONE;
    const end = MESSAGE_HEADER_OCTETS + octets;
    return length < end ? MORE : helloOf(message.subarray(MESSAGE_HEADER_OCTETS, end));
  }

  return (bytes) => {
    let at = 0;
    while (reading.kind === "more" && at < bytes.length) {
      if (missing === 0) {
        reading = takeHeader(bytes[at] ?? 0);
        at++;
        continue;
      }
      const fragment = bytes.subarray(at, at + missing);
      keep(fragment);
      missing -= fragment.length;
      at += fragment.length;
      reading = takeMessage();
    }
    return reading;
  };
}

/** The octets of a structure, taken one part after the other; a part that is cut off is `undefined`. */
interface Cursor {
  readonly number: (octets: 1 | 2) => number | undefined;
  /** A vector: its length in that many octets, and then that much. */
  readonly vector: (lengthOctets: 1 | 2) => Uint8Array | undefined;
  readonly skip: (octets: number) => void;
}

function cursorOver(bytes: Uint8Array): Cursor {
  let at = 0;
  function number(octets: 1 | 2): number | undefined {
    const high = bytes[at];
    const low = octets === 2 ? bytes[at + 1] : 0;
    if (high === undefined || low === undefined) return undefined;
    at += octets;
    return octets === 2 ? (high << 8) | low : high;
  }
  function vector(lengthOctets: 1 | 2): Uint8Array | undefined {
    const length = number(lengthOctets);
    if (length === undefined || at + length > bytes.length) return undefined;
    at += length;
    return bytes.subarray(at - length, at);
  }
  function skip(octets: number): void {
    at += octets;
  }
  return { number, vector, skip };
}

interface Asked {
  serverName: string | undefined;
  sentName: string | undefined;
  protocols: readonly string[];
  /** What it takes of ciphers and, by the extension, of groups, signatures and versions. */
  readonly takes: { ciphers: readonly number[] } & Record<
    "groups" | "signatures" | "versions",
    readonly number[]
  >;
}

/** The extensions that matter here; GREASE (RFC 8701 §3.1) is one that does not, like any other. */
const EXTENSIONS: ReadonlyMap<number, (body: Cursor, asked: Asked) => void> = new Map([
  [0, readServerName],
  [10, readNumbers("groups", 2)],
  [13, readNumbers("signatures", 2)],
  [16, readProtocols],
  [43, readNumbers("versions", 1)],
]);

/** secp256r1 and ecdsa_secp256r1_sha256 (RFC 8446 §4.2.3, §4.2.7). */
const P256 = 23;
const ECDSA_SHA256 = 0x0403;
const TLS13 = 0x0304;
/** TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 and its sister with AES-256, which all have that have any (RFC 5289 §3.2). */
const ECDSA_CIPHERS: readonly number[] = [0xc02b, 0xc02c];

function helloOf(body: Uint8Array): ClientHello {
  const asked: Asked = {
    ...{ serverName: undefined, sentName: undefined, protocols: [] },
    takes: { ciphers: [], groups: [], signatures: [], versions: [] },
  };
  const cursor = cursorOver(body);
  // The version and the random octets, and the session.
  cursor.skip(2 + 32);
  cursor.vector(1);
  asked.takes.ciphers = numbersIn(cursor.vector(2));
  // The compression methods.
  cursor.vector(1);
  const extensions = cursorOver(cursor.vector(2) ?? new Uint8Array(0));
  for (;;) {
    const type = extensions.number(2);
    const content = type === undefined ? undefined : extensions.vector(2);
    if (type === undefined || content === undefined) {
      const { serverName, sentName, protocols, takes } = asked;
      return { kind: "hello", serverName, sentName, protocols, takesEcdsa: takesEcdsa(takes) };
    }
    EXTENSIONS.get(type)?.(cursorOver(content), asked);
  }
}

/** RFC 6066 §3: a list of names, of which type 0, a host name, is the only one there has ever been. */
function readServerName(body: Cursor, asked: Asked): void {
  const names = cursorOver(body.vector(2) ?? new Uint8Array(0));
  while (asked.serverName === undefined) {
    const type = names.number(1);
    const name = names.vector(2);
    if (type === undefined || name === undefined) return;
    if (type !== 0) continue;
    const sent = asciiOf(name);
    asked.sentName ??= sent;
    asked.serverName = hostNameOf(sent);
  }
}

/** RFC 7301 §3.1. */
function readProtocols(body: Cursor, asked: Asked): void {
  const list = cursorOver(body.vector(2) ?? new Uint8Array(0));
  const protocols: string[] = [];
  for (let name = list.vector(1); name !== undefined; name = list.vector(1)) protocols.push(asciiOf(name));
  asked.protocols = protocols;
}

function readNumbers(kind: "groups" | "signatures" | "versions", lengthOctets: 1 | 2) {
  return (body: Cursor, { takes }: Asked): void => {
    takes[kind] = numbersIn(body.vector(lengthOctets));
  };
}

function numbersIn(list: Uint8Array = new Uint8Array(0)): readonly number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) numbers.push(((list[at] ?? 0) << 8) | (list[at + 1] ?? 0));
  return numbers;
}

/** In TLS 1.2 the cipher says it too (RFC 8422 §2.1), in TLS 1.3 the signature alone. */
function takesEcdsa({ ciphers, groups, signatures, versions }: Asked["takes"]): boolean {
  if (!groups.includes(P256) || !signatures.includes(ECDSA_SHA256)) return false;
  return versions.includes(TLS13) || ECDSA_CIPHERS.some((cipher) => ciphers.includes(cipher));
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 255));
}

/** A name fit to be looked up; an address is none, whoever sends it. */
export function hostNameOf(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, "");
  const fits = name.length <= 253 && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(name);
  return fits && !/^[\d.]+$/.test(name) ? name : undefined;
}
