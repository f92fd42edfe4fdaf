/**
 * Where a connection goes: the one place that decides it, by the name that the client asks for (SNI) or by the
 * destination that it gives (SOCKS5). Pure.
 */
import { isIP } from "node:net";
import { ImapscopeError } from "../errors.ts";
import { hostNameOf } from "./client-hello.ts";
import { DEFAULT_PORTS, type Endpoint, type HostPort, parseHostPort, parseUpstream } from "./endpoint.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

/** A host, `*.example.org` for all names below it, or `*` for all; a port where it is for that destination only. */
export interface HostPattern {
  readonly host: string;
  readonly port: number | undefined;
}

export interface Route {
  readonly pattern: HostPattern;
  /** `undefined` where the host that is asked for is its own upstream. */
  readonly upstream: Endpoint | undefined;
  /** Dial here instead. */
  readonly connect?: HostPort | undefined;
}

export interface Intercept {
  readonly kind: "intercept";
  readonly upstream: Endpoint;
  readonly connect?: HostPort | undefined;
}

/** Octets go to and fro as they are, and are counted. */
export interface PassThrough {
  readonly kind: "passThrough";
  readonly to: HostPort;
}

/** There is no upstream for what the client asks for. */
export interface Refuse {
  readonly kind: "refuse";
  readonly name: string | undefined;
}

export type Way = Intercept | PassThrough | Refuse;

export interface RoutesOptions {
  /** For every client that no route is for. */
  readonly upstream?: Endpoint | undefined;
  /** Where that one is dialled instead. */
  readonly connect?: HostPort | undefined;
  readonly routes: readonly Route[];
  readonly passThrough: readonly HostPattern[];
}

export interface Routes {
  /** Whether the name that a client asks for makes a difference. */
  readonly dependOnName: boolean;
  readonly byName: (name: string | undefined) => Way;
  readonly byDestination: (destination: HostPort) => Way;
  /** Whether the upstream is only known by its address, so that the name that a client asks for tells more. */
  readonly isMereAddress: (way: Intercept) => boolean;
  /** What such a way becomes: the address is dialled, the name verified. */
  readonly named: (way: Intercept, name: string | undefined) => Intercept | PassThrough;
}

/** What clients speak to the ports that everybody knows. */
const IMAP_PORTS: ReadonlyMap<number, Endpoint["scheme"]> = new Map([
  [DEFAULT_PORTS.imaps, "imaps"],
  [DEFAULT_PORTS.imap, "imap"],
]);

/**
 * A route as users write it: `NAME=URL`, or `NAME` for its own upstream.
 * @throws ImapscopeError ERR_ROUTE_INVALID, ERR_ENDPOINT_INVALID
 */
export function parseRoute(text: string): Route {
  const cut = text.indexOf("=");
  if (cut < 0) return { pattern: parsePattern(text), upstream: undefined };
  return { pattern: parsePattern(text.slice(0, cut)), upstream: parseUpstream(text.slice(cut + 1)) };
}

/** @throws ImapscopeError ERR_ROUTE_INVALID */
export function parsePattern(text: string): HostPattern {
  const [, star = "", rest = "", port] = /^(\*\.?)?(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const number = port === undefined ? undefined : Number(port);
  if (star === "*" && rest === "" && isPort(number)) return { host: "*", port: number };
  if (star === "" || star === "*.") {
    const host = hostOf(rest, star === "");
    if (host !== undefined && isPort(number)) return { host: star + host, port: number };
  }
  throw new ImapscopeError("ERR_ROUTE_INVALID", { value: JSON.stringify(text) });
}

function isPort(port: number | undefined): boolean {
  return port === undefined || (port > 0 && port < 65536);
}

/** An internationalised name in ASCII, as clients ask for it. */
function hostOf(text: string, mayBeAddress: boolean): string | undefined {
  try {
    const { host } = parseHostPort(text, 993);
    return isIP(host) !== 0 ? (mayBeAddress ? host : undefined) : hostNameOf(host);
  } catch {
    return undefined;
  }
}

export function createRoutes(options: RoutesOptions): Routes {
  const { upstream, connect, passThrough } = options;
  // The upstream answers to its own name before any pattern does.
  const own: Route[] = upstream === undefined ? [] : [{ pattern: upstream, upstream, connect }];
  const forNames = [...options.routes.filter(isForNames), ...own].sort((a, b) => rank(b) - rank(a));
  const forDestinations = [...options.routes, ...own].sort(
    (a, b) => rank(b) + portRank(b, own) - rank(a) - portRank(a, own),
  );

  function byName(name: string | undefined): Way {
    const route = name === undefined ? undefined : forNames.find(({ pattern }) => matches(pattern, name));
    const way = name === undefined || route === undefined ? undefined : follow(route, imaps(name, route));
    if (name !== undefined && isPassedThrough(name, way?.upstream.port ?? DEFAULT_PORTS.imaps)) {
      const { host, port } = way?.connect ?? way?.upstream ?? imaps(name);
      return { kind: "passThrough", to: { host, port } };
    }
    if (way !== undefined) return way;
    return upstream === undefined ? { kind: "refuse", name } : { kind: "intercept", upstream, connect };
  }

  function byDestination(to: HostPort): Way {
    const host = hostNameOf(to.host) ?? to.host;
    const scheme = IMAP_PORTS.get(to.port);
    if (isPassedThrough(host, to.port)) return { kind: "passThrough", to };
    const route = forDestinations.find((each) => matches(each.pattern, host) && isForPort(each, to.port));
    if (route !== undefined) return follow(route, { scheme: scheme ?? "imaps", host, port: to.port });
    if (scheme === undefined) return { kind: "passThrough", to };
    return { kind: "intercept", upstream: { scheme, host, port: to.port } };
  }

  function isMereAddress(way: Intercept): boolean {
    return way.connect === undefined && isIP(way.upstream.host) !== 0;
  }

  function named(way: Intercept, name: string | undefined): Intercept | PassThrough {
    if (name === undefined || !isMereAddress(way)) return way;
    const { scheme, host, port } = way.upstream;
    if (isPassedThrough(name, port)) return { kind: "passThrough", to: { host, port } };
    return { kind: "intercept", upstream: { scheme, host: name, port }, connect: { host, port } };
  }

  function isPassedThrough(host: string, port: number): boolean {
    return passThrough.some((pattern) => matches(pattern, host) && (pattern.port ?? port) === port);
  }

  return {
    dependOnName: options.routes.length > 0 || passThrough.length > 0 || upstream === undefined,
    byName,
    byDestination,
    isMereAddress,
    named,
  };
}

/** Why there is no way, for the client and for the user. */
export function noUpstream({ name }: Refuse): UpstreamFailure {
  const code = "IMAPSCOPE_NO_UPSTREAM";
  return name === undefined
    ? {
        code,
        sentence: "the client asks for no server by name, and there is no upstream for such clients",
        hint: "Name one for them: imapscope proxy imap.example.org.",
      }
    : {
        code,
        sentence: `there is no upstream for ${name}`,
        hint: `Pass --upstream ${name}, or --upstream ${name}=imaps://HOST:993 where another server stands for it.`,
      };
}

/** Where the upstream is a mere address, it stands for the host that is asked for, and is verified by that name. */
function follow({ upstream, connect }: Route, itself: Endpoint): Intercept {
  if (upstream === undefined) return { kind: "intercept", upstream: itself };
  const { scheme, host, port } = upstream;
  if (isIP(host) === 0 || isIP(itself.host) !== 0) return { kind: "intercept", upstream, connect };
  return { kind: "intercept", upstream: { scheme, host: itself.host, port }, connect: { host, port } };
}

function imaps(host: string, route?: Route): Endpoint {
  return { scheme: "imaps", host, port: route?.pattern.port ?? DEFAULT_PORTS.imaps };
}

/** A pattern of a name is for IMAP only: the same host has other services. */
function isForPort({ pattern, upstream }: Route, port: number): boolean {
  if (pattern.port !== undefined) return pattern.port === port;
  return IMAP_PORTS.has(port) || upstream?.port === port;
}

/** Who asks by name speaks TLS at once, as to port 993; another port is for destinations, or it is the name's own. */
function isForNames({ pattern: { port }, upstream }: Route): boolean {
  return port === undefined || port === DEFAULT_PORTS.imaps || upstream === undefined;
}

/** A name goes before the names below another, and of those the nearest first. */
function rank({ pattern: { host } }: Route): number {
  return host.startsWith("*") ? host.length : 1000;
}

/** Of the same name, the route for one port goes first; that of the upstream itself goes last. */
function portRank(route: Route, own: readonly Route[]): number {
  return route.pattern.port === undefined || own.includes(route) ? 0 : 0.5;
}

function matches({ host }: HostPattern, name: string): boolean {
  if (host === "*") return true;
  return host.startsWith("*") ? name.endsWith(host.slice(1)) : name === host;
}
