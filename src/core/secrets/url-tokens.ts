/** Secrets within URLs: the token of an authorized IMAP URL (RFC 4467 §5), a password in its user part, web log-in links. */

const URLAUTH = ";urlauth=";

/** Spans of everything in a text that must not be seen of a URL, ascending. */
export function urlTokenSpans(text: string): [start: number, end: number][] {
  const spans: [number, number][] = [];
  const folded = text.toLowerCase();
  for (let at = folded.indexOf(URLAUTH); at >= 0; at = folded.indexOf(URLAUTH, at + URLAUTH.length)) {
    const start = at + URLAUTH.length;
    const end = urlEnd(text, start);
    const colon = text.lastIndexOf(":", end - 1);
    if (colon >= start && colon + 1 < end) spans.push([colon + 1, end]);
  }
  for (let at = folded.indexOf("imap"); at >= 0; at = folded.indexOf("imap", at + 4)) {
    const authority = /^imaps?:\/\//.exec(folded.slice(at, at + 8))?.[0].length;
    if (authority === undefined) continue;
    const start = at + authority;
    const end = urlEnd(text, start);
    const host = text.slice(start, end).indexOf("@");
    const colon = text.slice(start, end).indexOf(":");
    if (host > 0 && colon >= 0 && colon + 1 < host) spans.push([start + colon + 1, start + host]);
  }
  return spans.sort((a, b) => a[0] - b[0]);
}

/** Spans of the web addresses in a text: one-time log-in links that come with alerts. */
export function webLinkSpans(text: string, from: number): [start: number, end: number][] {
  const spans: [number, number][] = [];
  const folded = text.toLowerCase();
  for (let at = folded.indexOf("http", from); at >= 0; at = folded.indexOf("http", at + 4)) {
    const scheme = /^https?:\/\//.exec(folded.slice(at, at + 8))?.[0].length;
    if (scheme !== undefined) spans.push([at, urlEnd(text, at)]);
  }
  return spans;
}

function urlEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s"\\()\]<>{}]/.test(text[end] ?? " ")) end++;
  return end;
}
