import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../../src/files/path-of.ts";

test("a path stays what it is, and a URL of a file becomes one", () => {
  assert.equal(pathOf("file:///a"), "file:///a");
  assert.equal(pathOf(new URL("file:///a%20b/c.imapcap")), "/a b/c.imapcap");
  assert.throws(() => pathOf(new URL("https://example.org/")), { code: "ERR_INVALID_URL_SCHEME" });
});
