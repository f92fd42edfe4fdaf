import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as library from "../src/index.ts";

const page = readFileSync(new URL("../docs/library.md", import.meta.url), "utf8");

test("every public function is on the page of the library", () => {
  const functions = Object.entries(library).flatMap(([name, value]) =>
    typeof value === "function" && !/^[A-Z]/.test(name) ? [name] : [],
  );
  assert.ok(functions.length > 20);
  const told = functions.filter((name) => page.includes(`\`${name}\``) || page.includes(`${name}(`));
  assert.deepEqual(
    functions.filter((name) => !told.includes(name)),
    [],
  );
});

test("the tables and the error class are public, too", () => {
  assert.equal(library.EXIT.ok, 0);
  assert.ok(Object.hasOwn(library.ERRORS, "ERR_ENDPOINT_INVALID"));
  assert.ok(Object.hasOwn(library.DEFECTS, "tag-reused"));
  assert.ok(new library.ImapscopeError("ERR_ENDPOINT_INVALID") instanceof Error);
});
