import assert from "node:assert/strict";
import { test } from "node:test";
import { takeText } from "../../../src/core/imap/status-text.ts";
import { defectKinds, serverLexer } from "../../parsed-response.ts";

test("free text is what stands there, whatever it looks like (RFC 9051 §7.1)", () => {
  const lexer = serverLexer('say "hi {5} (');
  lexer.at = 4;
  assert.equal(takeText(lexer), '"hi {5} (');
  assert.deepEqual(defectKinds(lexer), []);
});

test("text is UTF-8 where it is exactly that, and odd octets are reported once", () => {
  const utf8 = serverLexer("caf\xc3\xa9");
  assert.equal(takeText(utf8), "caf\u00e9");
  assert.deepEqual(defectKinds(utf8), ["server-8bit"]);
  const other = serverLexer("caf\xe9\0\0\x07");
  assert.equal(takeText(other), "caf\u00e9\0\0\x07");
  assert.deepEqual(defectKinds(other), ["server-8bit", "server-nul", "server-control"]);
});

test("a literal that stands in text gives its octets", () => {
  assert.equal(takeText(serverLexer("* X {3}\r\nabc d")), "* X {3}abc d");
});
