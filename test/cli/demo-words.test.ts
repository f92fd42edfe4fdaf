import assert from "node:assert/strict";
import { test } from "node:test";
import { openWords, overWords, ownClientLines, placesOf, titleWords } from "../../src/cli/demo-words.ts";

function listening(requested: string, ...urls: readonly string[]) {
  return urls.map((url) => ({ url, requested }));
}

const PLACES = placesOf([
  ...listening("imaps://localhost:1993", "imaps://127.0.0.1:1993", "imaps://[::1]:1993"),
  ...listening("imap://localhost:1143", "imap://127.0.0.1:40001", "imap://[::1]:40001"),
]);

test("where one connects is said once, as one writes it, and first what needs no trust", () => {
  assert.deepEqual(PLACES, ["imap://localhost:40001", "imaps://localhost:1993"]);
  const address = "imaps://192.0.2.1:993";
  assert.deepEqual(placesOf(listening(address, address)), [address]);
});

test("the title fits beside the counts of 80 columns, and says the host once", () => {
  assert.equal(titleWords(PLACES), "demo: imap://localhost:40001, imaps :1993");
  assert.equal(
    titleWords(["imap://a.example:1", "imaps://b.example:2"]),
    "demo: imap://a.example:1, imaps://b.example:2",
  );
});

test("who, where, and what to trust", () => {
  const lines = ownClientLines(PLACES, "/ca.pem").join("\n");
  for (const each of ["imap://localhost:40001", "imaps://localhost:1993", "alice", "/ca.pem"])
    assert.ok(lines.includes(each), each);
  assert.match(overWords("/ca.pem"), /q quits.* alice, any password.*\/ca\.pem$/);
  assert.match(openWords(PLACES), /imap:\/\/localhost:40001, imaps:\/\/localhost:1993; Ctrl-C ends it/);
});
