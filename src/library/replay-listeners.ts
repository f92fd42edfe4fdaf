/** Where a replay listens: where it is told to, or as was recorded. */
import type { Script } from "../core/replay/script.ts";
import { type ListenerEndpoint, parseListener } from "../net/endpoint.ts";

/** In place of a URL: a listener for each scheme by which recorded clients came, on a free port of this machine. */
const RECORDED = "recorded";
const DEFAULT = ["imaps://127.0.0.1:0"];

/**
 * Reads the URLs at once; what stands for the recorded ones is known when the capture has been read.
 * @throws ImapscopeError ERR_ENDPOINT_INVALID
 */
export function readListeners(
  urls: readonly string[] = DEFAULT,
): (script: Pick<Script, "connections">) => readonly ListenerEndpoint[] {
  const read = urls.map((url) => (url === RECORDED ? undefined : parseListener(url)));
  return (script) => read.flatMap((each) => each ?? recordedListeners(script));
}

/** Where no connection tells, as for clients that came through SOCKS, there is TLS. */
function recordedListeners({ connections }: Pick<Script, "connections">): readonly ListenerEndpoint[] {
  const schemes = new Set(
    connections.map(({ listener }) => (listener.startsWith("imap://") ? "imap" : "imaps")),
  );
  return [...(schemes.size === 0 ? (["imaps"] as const) : schemes)].map((scheme) => ({
    ...{ scheme, host: "127.0.0.1", port: 0 },
  }));
}
