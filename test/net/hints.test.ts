import assert from "node:assert/strict";
import { test } from "node:test";
import { distrustHint, injectionHint, lateTlsHint, silenceHint } from "../../src/net/hints.ts";

test("a hint says what happened and where to look", () => {
  assert.match(distrustHint("ca.pem").text, /may not trust the CA in ca\.pem/);
  assert.match(lateTlsHint({ scheme: "imap", host: "::1", port: 143 }).text, /imap:\/\/\[::1\]:143, but/);
  const silent = silenceHint({ scheme: "imaps", host: "h", port: 993 }, 10_000);
  assert.match(silent.text, /^imaps:\/\/h:993 has said nothing for 10 s.*must it be imap:/);
  assert.match(injectionHint(12).text, /12 octets in clear text/);
});
