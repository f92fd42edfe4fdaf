/**
 * The diallers of a proxy, one for each upstream, because the tickets of TLS sessions are kept by them. Clients may be
 * let to name upstreams, so they are bounded: the one that was not used for longest goes.
 */
import { LIMITS } from "../core/base/limits.ts";
import { type Endpoint, formatEndpoint, formatHostPort } from "./endpoint.ts";
import type { IsOwnListener } from "./own-listener.ts";
import { type UpstreamContextOptions, upstreamContext } from "./server-handshake.ts";
import { createDialler, type Dialler, type DiallerOptions } from "./upstream.ts";

/** Gives the dialler of an upstream, with where to dial instead. */
export type Diallers = (upstream: Endpoint, connect?: DiallerOptions["connect"]) => Dialler;

export interface DiallersOptions extends UpstreamContextOptions {
  readonly timeoutMs: number;
  readonly isOwnListener: IsOwnListener;
}

/** @throws ImapscopeError ERR_UPSTREAM_CA_INVALID */
export function createDiallers(options: DiallersOptions): Diallers {
  const secureContext = upstreamContext(options);
  const kept = new Map<string, Dialler>();
  /** Most proxies have one upstream: it is not looked up by its name for each connection. */
  let latest: { upstream: Endpoint; connect: DiallerOptions["connect"]; dialler: Dialler } | undefined;
  return (upstream, connect) => {
    if (latest?.upstream === upstream && latest.connect === connect) return latest.dialler;
    const at = connect ?? upstream;
    const key = `${formatEndpoint(upstream)} ${formatHostPort(at.host, at.port)}`;
    const dialler = kept.get(key) ?? createDialler({ ...options, secureContext, upstream, connect });
    // A map keeps the order in which its keys were put in.
    kept.delete(key);
    kept.set(key, dialler);
    const [longestUnused] = kept.keys();
    if (kept.size > LIMITS.diallersKept && longestUnused !== undefined) kept.delete(longestUnused);
    latest = { upstream, connect, dialler };
    return dialler;
  };
}
