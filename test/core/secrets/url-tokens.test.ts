/** RFC 4467 §5: the token of an authorized URL is what follows its last colon. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { urlTokenSpans, webLinkSpans } from "../../../src/core/secrets/url-tokens.ts";

function cut(text: string, spans: readonly (readonly [number, number])[]): string[] {
  return spans.map(([start, end]) => text.slice(start, end));
}

test("tokens of authorized URLs, and passwords in user parts", () => {
  const text =
    '"imap://joe@h/x;URLAUTH=submit+fred:internal:91354a" /y;urlauth=anonymous:internal:ff imap://joe:pw@h/';
  assert.deepEqual(cut(text, urlTokenSpans(text)), ["91354a", "ff", "pw"]);
});

test("a URL that is not authorized yet has none", () => {
  assert.deepEqual(urlTokenSpans('"imap://joe@h/x;URLAUTH=submit+fred" imap://joe;AUTH=*@h/'), []);
});

test("web links to the end of the word", () => {
  const text = "[ALERT] go to https://h/a?b=c now or http://x";
  assert.deepEqual(cut(text, webLinkSpans(text, 0)), ["https://h/a?b=c", "http://x"]);
});
