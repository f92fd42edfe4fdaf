import assert from "node:assert/strict";
import { test } from "node:test";
import { RESPONSES } from "../../../src/core/vocabulary/responses.ts";

function names(filter: (row: (typeof RESPONSES)[number]) => boolean): string[] {
  return RESPONSES.filter(filter).map(({ name }) => name);
}

test("the five statuses (RFC 9051 §7.1)", () => {
  assert.deepEqual(
    names(({ form }) => form === "status"),
    ["OK", "NO", "BAD", "PREAUTH", "BYE"],
  );
});

test("the responses that begin with a number (RFC 9051 §7.4, §7.5)", () => {
  assert.deepEqual(names(({ form }) => form === "number").sort(), [
    "CONVERTED",
    "COPY",
    "EXISTS",
    "EXPUNGE",
    "FETCH",
    "RECENT",
    "STORE",
    "UIDFETCH",
  ]);
});

test("what a server may push, and from when on (RFC 9051 §5.2, RFC 5465 §5, RFC 7162 §3.2.10)", () => {
  assert.deepEqual(names(({ pushable, form }) => pushable === "always" && form !== "status").sort(), [
    "CAPABILITY",
    "EXISTS",
    "EXPUNGE",
    "FETCH",
    "FLAGS",
    "RECENT",
  ]);
  assert.deepEqual(names(({ pushable }) => pushable === "notify").sort(), ["ESEARCH", "LIST", "STATUS"]);
  assert.deepEqual(names(({ pushable }) => pushable === "enabled").sort(), [
    "METADATA",
    "UIDFETCH",
    "VANISHED",
  ]);
});
