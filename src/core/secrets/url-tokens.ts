/** Secrets within URLs: the token of an authorized IMAP URL (RFC 4467 §5), a password in its user part, web log-in links. */
import { joined } from "./known-secrets.ts";

const URLAUTH = ";urlauth=";
/** A run of octets that may stand in a URL. */
const URL_RUN = /[^\s"\\()\]<>{}]+/g;

/** Spans of everything in a text that must not be seen of a URL, ascending; takes time in proportion to the text. */
export function urlTokenSpans(text: string): [start: number, end: number][] {
  const spans: [number, number][] = [];
  if (!/imaps?:\/\/|;urlauth=/i.test(text)) return spans;
  for (const { 0: run, index } of text.matchAll(URL_RUN)) {
    const folded = run.toLowerCase();
    for (const [start, end] of joined([...userPasswords(folded), ...tokens(folded)]))
      spans.push([index + start, index + end]);
  }
  return spans;
}

/** What stands behind the last colon of an authorization. */
function tokens(run: string): [number, number][] {
  const authorization = run.indexOf(URLAUTH);
  if (authorization < 0) return [];
  const colon = run.lastIndexOf(":");
  return colon < authorization + URLAUTH.length || colon + 1 === run.length ? [] : [[colon + 1, run.length]];
}

/** What stands between the first colon behind `imap://` and the `@` behind that. */
function userPasswords(run: string): [number, number][] {
  const spans: [number, number][] = [];
  const scheme = /imaps?:\/\//g;
  for (let found = scheme.exec(run); found !== null; found = scheme.exec(run)) {
    const start = scheme.lastIndex;
    const at = run.indexOf("@", start);
    if (at < 0) break;
    const colon = run.indexOf(":", start);
    if (colon >= 0 && colon + 1 < at) spans.push([colon + 1, at]);
    scheme.lastIndex = at;
  }
  return spans;
}

/** Spans of the web addresses in a text: one-time log-in links that come with alerts. */
export function webLinkSpans(text: string, from: number): [start: number, end: number][] {
  const spans: [number, number][] = [];
  const folded = text.toLowerCase();
  for (let at = folded.indexOf("http", from); at >= 0; ) {
    const isLink = /^https?:\/\//.test(folded.slice(at, at + 8));
    const end = isLink ? urlEnd(text, at) : at + 4;
    if (isLink) spans.push([at, end]);
    at = folded.indexOf("http", end);
  }
  return spans;
}

function urlEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s"\\()\]<>{}]/.test(text[end] ?? " ")) end++;
  return end;
}
