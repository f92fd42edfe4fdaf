/**
 * The header of the PROXY protocol, versions 1 and 2 (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt): what
 * tells an upstream that expects it who the client really is, before anything else on its connection.
 */
import { isIP, type Socket } from "node:net";
import { concat, utf8 } from "../core/base/octets.ts";
import { type HostPort, plainAddress } from "./endpoint.ts";

export const PROXY_PROTOCOLS = ["v1", "v2"] as const;
export type ProxyProtocol = (typeof PROXY_PROTOCOLS)[number];

export interface Proxied {
  /** The client. */
  readonly source: HostPort;
  /** Where the client reached us. */
  readonly destination: HostPort;
}

/** What is proxied for the client of an accepted socket. */
export function proxiedBy({ remoteAddress, remotePort, localAddress, localPort }: Socket): Proxied {
  return {
    source: { host: remoteAddress ?? "", port: remotePort ?? 0 },
    destination: { host: localAddress ?? "", port: localPort ?? 0 },
  };
}

type Family = 4 | 6;

const ENCODERS: Readonly<
  Record<ProxyProtocol, (family: Family | undefined, proxied: Proxied) => Uint8Array>
> = {
  v1: (family, { source, destination }) => {
    if (family === undefined) return utf8("PROXY UNKNOWN\r\n");
    const line = [source.host, destination.host, source.port, destination.port].join(" ");
    return utf8(`PROXY TCP${family} ${line}\r\n`);
  },
  v2: (family, { source, destination }) => {
    if (family === undefined) return concat([SIGNATURE, Uint8Array.of(PROXY_COMMAND, 0, 0, 0)]);
    const addresses = concat([
      ...[source, destination].map(({ host }) => addressOctets(host)),
      ...[source, destination].map(({ port }) => Uint8Array.of(port >> 8, port & 255)),
    ]);
    const stream = family === 4 ? 0x11 : 0x21;
    return concat([SIGNATURE, Uint8Array.of(PROXY_COMMAND, stream, 0, addresses.length), addresses]);
  },
};

const SIGNATURE = utf8("\r\n\r\n\0\r\nQUIT\n");
/** Version 2, on behalf of somebody else. */
const PROXY_COMMAND = 0x21;

/** The header; it names nobody where the two addresses are not of one family, which it could not say. */
export function proxyHeader(version: ProxyProtocol, { source, destination }: Proxied): Uint8Array {
  const [from, to] = [source, destination].map(({ host, port }) => ({ host: bare(host), port }));
  const families = [source, destination].map(({ host }) => isIP(bare(host)));
  const family = families[0] === families[1] ? families[0] : undefined;
  const known = family === 4 || family === 6 ? family : undefined;
  return ENCODERS[version](known, { source: from ?? source, destination: to ?? destination });
}

/** IPv4 as such, and IPv6 without the name of an interface of this machine. */
function bare(address: string): string {
  return plainAddress(address).replace(/%.*$/, "");
}

function addressOctets(address: string): Uint8Array {
  if (isIP(address) === 4) return Uint8Array.from(address.split(".").map(Number));
  // The URL standard spells IPv4 within it as hexadecimal groups; `::` stands for those that are missing.
  const [head = "", tail] = new URL(`ftp://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const between = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return Uint8Array.from([...first, ...between, ...last].flatMap((group) => [group >> 8, group & 255]));
}
