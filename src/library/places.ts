/** Where clients are waited for and where they are led, read from what users write. */
import { ImapscopeError } from "../errors.ts";
import { parseHostPort, parseListener, parseUpstream } from "../net/endpoint.ts";
import type { ProxyOptions } from "../net/proxy.ts";
import { parsePattern, parseRoute } from "../net/routes.ts";

export interface PlacesOptions {
  /**
   * `imaps://host[:port]`, `imap://host[:port]`, or a bare host, which means imaps: for every client that `upstreams` has
   * none for. It may be left out where `upstreams` or a `socks5` listener are given.
   */
  readonly upstream?: string | undefined;
  /**
   * Other upstreams, by the name that a client asks for (SNI) or the destination that it gives (SOCKS5): `NAME=URL`, or
   * `NAME` for itself; a name may be `*.example.org` or `*` (docs/transports.md).
   */
  readonly upstreams?: readonly string[] | undefined;
  /** Names of servers that are not intercepted: their octets are relayed unread. */
  readonly passThrough?: readonly string[] | undefined;
  /** URLs; by default imaps on 993 and imap on 143 of the loopback addresses, else 1993 and 1143. `:0` picks a free port. */
  readonly listen?: readonly string[];
  /** Takes a free port where one of `listen` cannot be had, which is told by a notice. */
  readonly orFreePort?: boolean | undefined;
  /** `host:port` to dial instead of `upstream`, whose name still serves SNI and verification. */
  readonly connect?: string | undefined;
}

/** @throws ImapscopeError ERR_UPSTREAM_MISSING, ERR_CONNECT_UNUSED, ERR_ENDPOINT_INVALID, ERR_ROUTE_INVALID */
export function readPlaces(
  options: PlacesOptions,
): Pick<ProxyOptions, "upstream" | "connect" | "routes" | "passThrough" | "listeners"> {
  const upstream = options.upstream === undefined ? undefined : parseUpstream(options.upstream);
  const listeners = options.listen?.map(parseListener);
  const routes = (options.upstreams ?? []).map(parseRoute);
  const clientsSay = routes.length > 0 || listeners?.some(({ scheme }) => scheme === "socks5") === true;
  if (upstream === undefined && !clientsSay) throw new ImapscopeError("ERR_UPSTREAM_MISSING");
  if (upstream === undefined && options.connect !== undefined) throw new ImapscopeError("ERR_CONNECT_UNUSED");
  return {
    upstream,
    connect:
      options.connect === undefined ? undefined : parseHostPort(options.connect, upstream?.port ?? 993),
    routes,
    passThrough: (options.passThrough ?? []).map(parsePattern),
    listeners,
  };
}
