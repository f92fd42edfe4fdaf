/** What the demo says of itself, and of where a client of one's own may connect. */
import type { Listening } from "../net/proxy.ts";

export const OPENING =
  "imapscope: what it recorded of imapflow, mutt and Dovecot plays again, over TLS, through the proxy";
/** For the last line of the screen while the play goes on: a second one would hide its newest row. */
export const PLAYING = "A recorded play, over TLS. Yours may join it: user alice, any password";
export const ENDED = "imapscope: now your own: imapscope proxy imaps://imap.example.org";

/** URLs as a user would write them, plain ones first: these need no trust. `localhost` is one, however many addresses it has. */
export function placesOf(listening: readonly Listening[]): readonly string[] {
  const places = listening.map(({ url, requested }) => {
    const { protocol, port } = new URL(url);
    return new URL(requested).hostname === "localhost" ? `${protocol}//localhost:${port}` : url;
  });
  const isSecure = (url: string): boolean => url.startsWith("imaps:");
  return [...new Set(places)].sort((one, other) => Number(isSecure(one)) - Number(isSecure(other)));
}

/** For the first line of the screen, which may be short: what is said of the host once is not said again. */
export function titleWords(places: readonly string[]): string {
  const [first = "", ...others] = places;
  const host = new URL(first).hostname;
  const short = others.map((url) => {
    const { protocol, hostname, port } = new URL(url);
    return hostname === host ? `${protocol.slice(0, -1)} :${port}` : url;
  });
  return `demo: ${[first, ...short].join(", ")}`;
}

/** For the terminal, before the screen opens, and after it. */
export function ownClientLines(places: readonly string[], caPath: string): readonly string[] {
  return [
    `imapscope: for a client of your own: ${places.join(", ")}; user alice, any password`,
    `imapscope: with TLS it must trust ${caPath}`,
  ];
}

/** For the last lines of the screen when it is over; the first line goes on saying where. */
export function overWords(caPath: string): string {
  return `That was all of it; ? helps, q quits. Your own client: user alice, any password, TLS of the CA in ${caPath}`;
}

/** Where lines are shown to somebody who may go on. */
export function openWords(places: readonly string[]): string {
  return `imapscope: that was all of it; your own client: ${places.join(", ")}; Ctrl-C ends it`;
}
