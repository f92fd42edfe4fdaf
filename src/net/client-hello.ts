/**
 * What a TLS client asks for before anything is encrypted: the name (SNI) and the protocols (ALPN) of its ClientHello
 * (RFC 8446 §4.1.2), read byte by byte as it comes: it may be cut anywhere, by TCP and by TLS records. Pure, bounded, and
 * never throws; what is no ClientHello is told as such, and a part of it that cannot be read is left out.
 */
import { LIMITS } from "../core/base/limits.ts";

export interface ClientHello {
  readonly kind: "hello";
  /** The host name that is asked for, in lower case; `undefined` also where it is none (RFC 6066 §3). */
  readonly serverName: string | undefined;
  readonly protocols: readonly string[];
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

type Asked = { -readonly [Key in "serverName" | "protocols"]: ClientHello[Key] };

/** The extensions that matter here; GREASE (RFC 8701 §3.1) is one that does not, like any other. */
const EXTENSIONS: ReadonlyMap<number, (body: Cursor, asked: Asked) => void> = new Map([
  [0, readServerName],
  [16, readProtocols],
]);

function helloOf(body: Uint8Array): ClientHello {
  const asked: Asked = { serverName: undefined, protocols: [] };
  const cursor = cursorOver(body);
  // The version and the random octets.
  cursor.skip(2 + 32);
  // The session, the ciphers and the compression methods.
  for (const lengthOctets of [1, 2, 1] as const) cursor.vector(lengthOctets);
  const extensions = cursorOver(cursor.vector(2) ?? new Uint8Array(0));
  for (;;) {
    const type = extensions.number(2);
    const content = type === undefined ? undefined : extensions.vector(2);
    if (type === undefined || content === undefined) return { kind: "hello", ...asked };
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
    if (type === 0) asked.serverName = hostNameOf(asciiOf(name));
  }
}

/** RFC 7301 §3.1. */
function readProtocols(body: Cursor, asked: Asked): void {
  const list = cursorOver(body.vector(2) ?? new Uint8Array(0));
  const protocols: string[] = [];
  for (let name = list.vector(1); name !== undefined; name = list.vector(1)) protocols.push(asciiOf(name));
  asked.protocols = protocols;
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
