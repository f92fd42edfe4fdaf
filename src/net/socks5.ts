/**
 * The server's side of SOCKS5 (RFC 1928), as far as a mail client needs it: CONNECT, to a name or an address, without
 * authentication or with a user name and password (RFC 1929), which are read over and never kept. Pure and bounded; the
 * client's octets may come cut anywhere.
 */
import { isIP, isIPv6 } from "node:net";
import { concat, NO_OCTETS } from "../core/base/octets.ts";
import { hostNameOf } from "./client-hello.ts";
import type { HostPort } from "./endpoint.ts";

/** RFC 1928 §6. */
export const SOCKS_REPLY = {
  succeeded: 0,
  failure: 1,
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  refused: 5,
  commandNotSupported: 7,
  addressTypeNotSupported: 8,
} as const;

export type SocksReply = (typeof SOCKS_REPLY)[keyof typeof SOCKS_REPLY];

export type SocksOutcome =
  /** `rest` came behind the request: octets of what is to be relayed. */
  | { readonly kind: "request"; readonly destination: HostPort; readonly rest: Uint8Array }
  /** The client asks for what there is not; the answer says so. */
  | { readonly kind: "refused"; readonly why: string }
  /** No SOCKS5 at all. */
  | { readonly kind: "stranger"; readonly firstOctet: number };

export interface SocksStep {
  /** To be sent to the client at once. */
  readonly answer: Uint8Array;
  /** How it ended, once it has. */
  readonly outcome: SocksOutcome | undefined;
}

const VERSION = 5;
const METHOD = { none: 0, password: 2, noneAcceptable: 0xff } as const;
const CONNECT = 1;

/** What a message of the client leads to; `undefined` while it is not whole. */
type Message = { readonly octets: number; readonly answer?: Uint8Array } & (
  | { readonly next: Stage }
  | { readonly outcome: SocksOutcome }
);

type Stage = (bytes: Uint8Array) => Message | undefined;

/** Takes the client's octets as they come; no more of them once there is an outcome. */
export function createSocksServer(): (bytes: Uint8Array) => SocksStep {
  let stage: Stage = greeting;
  let waiting: Uint8Array = NO_OCTETS;
  return (bytes) => {
    // No message is longer than 513 octets, so joining them is cheap.
    waiting = concat([waiting, bytes]);
    const answers: Uint8Array[] = [];
    for (;;) {
      const message = stage(waiting);
      if (message === undefined) return { answer: concat(answers), outcome: undefined };
      waiting = waiting.subarray(message.octets);
      if (message.answer !== undefined) answers.push(message.answer);
      if ("next" in message) {
        stage = message.next;
        continue;
      }
      const { outcome } = message;
      const whole = outcome.kind === "request" ? { ...outcome, rest: waiting } : outcome;
      return { answer: concat(answers), outcome: whole };
    }
  };
}

/** The answer to a request. The address that is bound means nothing to clients that CONNECT. */
export function socksReply(reply: SocksReply): Uint8Array {
  return Uint8Array.of(VERSION, reply, 0, 1, 0, 0, 0, 0, 0, 0);
}

/** RFC 1928 §3. */
function greeting(bytes: Uint8Array): Message | undefined {
  const [version, count] = bytes;
  if (version !== undefined && version !== VERSION) {
    return { octets: 0, outcome: { kind: "stranger", firstOctet: version } };
  }
  if (count === undefined || bytes.length < 2 + count) return undefined;
  const octets = 2 + count;
  const methods = bytes.subarray(2, octets);
  const choose = (method: number) => Uint8Array.of(VERSION, method);
  if (methods.includes(METHOD.none)) return { octets, answer: choose(METHOD.none), next: request };
  if (methods.includes(METHOD.password)) return { octets, answer: choose(METHOD.password), next: password };
  const why = "it offers no way to authenticate that imapscope knows";
  return { octets, answer: choose(METHOD.noneAcceptable), outcome: { kind: "refused", why } };
}

/** RFC 1929 §2: whatever it is, it is right. */
function password(bytes: Uint8Array): Message | undefined {
  const nameOctets = bytes[1];
  const passwordOctets = nameOctets === undefined ? undefined : bytes[2 + nameOctets];
  if (nameOctets === undefined || passwordOctets === undefined) return undefined;
  const octets = 3 + nameOctets + passwordOctets;
  return bytes.length < octets ? undefined : { octets, answer: Uint8Array.of(1, 0), next: request };
}

/** How each type of address is read (RFC 1928 §5): the octets that it takes, and what stands in them. */
const ADDRESSES: ReadonlyMap<
  number,
  { readonly octets: (bytes: Uint8Array) => number; readonly host: (bytes: Uint8Array) => string | undefined }
> = new Map([
  [1, { octets: () => 4, host: ipv4Of }],
  [3, { octets: (bytes: Uint8Array) => 1 + (bytes[0] ?? 255), host: nameOf }],
  [4, { octets: () => 16, host: ipv6Of }],
]);

const REQUEST_HEADER_OCTETS = 4;
const PORT_OCTETS = 2;

/** RFC 1928 §4. */
function request(bytes: Uint8Array): Message | undefined {
  const [version, command, , type] = bytes;
  if (type === undefined) return undefined;
  const refuse = (reply: SocksReply, why: string): Message => ({
    octets: bytes.length,
    answer: socksReply(reply),
    outcome: { kind: "refused", why },
  });
  if (version !== VERSION) return refuse(SOCKS_REPLY.failure, "its request is no SOCKS5");
  if (command !== CONNECT)
    return refuse(SOCKS_REPLY.commandNotSupported, "it asks for another command than CONNECT");
  const address = ADDRESSES.get(type);
  if (address === undefined)
    return refuse(SOCKS_REPLY.addressTypeNotSupported, "its address is of an unknown type");
  const rest = bytes.subarray(REQUEST_HEADER_OCTETS);
  const addressOctets = address.octets(rest);
  const octets = REQUEST_HEADER_OCTETS + addressOctets + PORT_OCTETS;
  if (bytes.length < octets) return undefined;
  const host = address.host(rest.subarray(0, addressOctets));
  const port = ((bytes[octets - 2] ?? 0) << 8) | (bytes[octets - 1] ?? 0);
  if (host === undefined || port === 0) return refuse(SOCKS_REPLY.hostUnreachable, "its destination is none");
  return { octets, outcome: { kind: "request", destination: { host, port }, rest: NO_OCTETS } };
}

function ipv4Of(bytes: Uint8Array): string {
  return bytes.join(".");
}

function ipv6Of(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  return spelled(groups.map((group) => group.toString(16)).join(":"));
}

/** A name, or, as some clients do it, an address written as one. */
function nameOf(bytes: Uint8Array): string | undefined {
  const text = String.fromCharCode(...bytes.subarray(1));
  if (isIP(text) === 0) return hostNameOf(text);
  return isIPv6(text) && !text.includes("%") ? spelled(text) : text;
}

/** An IPv6 address in one spelling, so that our own can be known: the URL standard's, and IPv4 as such. */
function spelled(address: string): string {
  const host = new URL(`ftp://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}
