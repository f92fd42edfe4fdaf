import assert from "node:assert/strict";
import { test } from "node:test";
import { ERRORS, EXIT, ImapscopeError } from "../src/errors.ts";

test("an error fills its texts, keeps its cause and knows its exit code", () => {
  const cause = new Error("below");
  const error = new ImapscopeError("ERR_ENDPOINT_INVALID", { value: "http://x" }, { cause });
  assert.equal(error.name, "ImapscopeError");
  assert.equal(error.code, "ERR_ENDPOINT_INVALID");
  assert.match(error.message, /^http:\/\/x is not an endpoint/);
  assert.equal(error.cause, cause);
  assert.equal(error.exitCode, EXIT.usage);
  assert.ok(error.hint.length > 0);
});

test("a value is put in as it is, and a name without a value stays visible", () => {
  assert.match(new ImapscopeError("ERR_ENDPOINT_INVALID", { value: "$& $1" }).message, /^\$& \$1 is not/);
  assert.match(new ImapscopeError("ERR_ENDPOINT_INVALID").message, /^\{value\}/);
});

test("every error ends with a documented exit code other than 0", () => {
  const codes: readonly number[] = Object.values(EXIT);
  for (const [code, row] of Object.entries(ERRORS)) {
    const exit: number = row.exit;
    assert.ok(codes.includes(exit) && exit !== EXIT.ok, code);
  }
});
