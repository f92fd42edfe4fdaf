/** Endpoints as users write them: `imaps://host:993` is TLS from the start, `imap://host:143` plain with STARTTLS. */
import { isIP, isIPv6 } from "node:net";
import { ImapscopeError } from "../errors.ts";

export type Scheme = "imaps" | "imap";

export interface HostPort {
  /** A DNS name in ASCII, or an address without brackets. */
  readonly host: string;
  /** 0 to 65535; 0 lets the system choose one to listen on. */
  readonly port: number;
}

export interface Endpoint extends HostPort {
  readonly scheme: Scheme;
}

/** A place to listen on; a `socks5` client says itself where it wants to go. */
export interface ListenerEndpoint extends HostPort {
  readonly scheme: Scheme | "socks5";
}

export const DEFAULT_PORTS = { imaps: 993, imap: 143, socks5: 1080 } as const satisfies Record<
  ListenerEndpoint["scheme"],
  number
>;

const SHAPE = /^(?:(imaps?|socks5):\/\/)?(\[[0-9a-f:.%]+\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?\/?$/i;

/**
 * The server to connect to; without a scheme it is `imaps`.
 * @throws ImapscopeError ERR_ENDPOINT_INVALID
 */
export function parseUpstream(text: string): Endpoint {
  const endpoint = parse(text, "imaps");
  if (endpoint === undefined || endpoint.port === 0 || endpoint.scheme === "socks5") throw invalid(text);
  return { ...endpoint, scheme: endpoint.scheme };
}

/**
 * A place to listen on; the scheme must be there, and `:0` is a free port.
 * @throws ImapscopeError ERR_ENDPOINT_INVALID
 */
export function parseListener(text: string): ListenerEndpoint {
  const endpoint = parse(text, undefined);
  if (endpoint === undefined) throw invalid(text);
  return endpoint;
}

/**
 * `host:port`, as `--connect` takes it; the port may be left out where there is a default.
 * @throws ImapscopeError ERR_ENDPOINT_INVALID
 */
export function parseHostPort(text: string, defaultPort: number): HostPort {
  const match = SHAPE.exec(isIPv6(text) ? `[${text}]` : text);
  const host = match?.[1] === undefined ? parseHost(match?.[2]) : undefined;
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (host === undefined || port < 1 || port > 65535) throw invalid(text);
  return { host, port };
}

/** `imaps://host:993`: always with its port, so that it can be pasted anywhere. */
export function formatEndpoint(endpoint: ListenerEndpoint): string {
  return `${endpoint.scheme}://${formatHostPort(endpoint.host, endpoint.port)}`;
}

/** `host:port`, an IPv6 address in brackets. */
export function formatHostPort(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An address in one spelling: IPv4 that came over an IPv6 socket loses its prefix. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
}

/** Whether an address, or the name `localhost`, can only be this machine. */
export function isLoopback(host: string): boolean {
  const address = plainAddress(host);
  return address === "::1" || address.toLowerCase() === "localhost" || /^127\.\d+\.\d+\.\d+$/.test(address);
}

function parse(text: string, defaultScheme: Scheme | undefined): ListenerEndpoint | undefined {
  const match = SHAPE.exec(defaultScheme !== undefined && isIPv6(text) ? `[${text}]` : text);
  const scheme = match?.[1] === undefined ? defaultScheme : schemeOf(match[1]);
  const host = parseHost(match?.[2]);
  if (scheme === undefined || host === undefined) return undefined;
  const port = match?.[3] === undefined ? DEFAULT_PORTS[scheme] : Number(match[3]);
  return port > 65535 ? undefined : { scheme, host, port };
}

function schemeOf(text: string): ListenerEndpoint["scheme"] | undefined {
  const scheme = text.toLowerCase();
  return scheme === "imaps" || scheme === "imap" || scheme === "socks5" ? scheme : undefined;
}

function parseHost(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text.startsWith("[")) {
    const address = text.slice(1, -1);
    return isIPv6(address) ? address : undefined;
  }
  if (isIP(text) !== 0) return text;
  // The URL standard knows how an internationalised name becomes ASCII; an ASCII name is only checked.
  const url = URL.canParse(`ftp://${text}`) ? new URL(`ftp://${text}`) : undefined;
  const host = url?.hostname.toLowerCase() ?? "";
  return /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/.test(host) && !/^[\d.]+$/.test(text) ? host : undefined;
}

function invalid(value: string): ImapscopeError {
  return new ImapscopeError("ERR_ENDPOINT_INVALID", { value: JSON.stringify(value) });
}
