import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { version } from "../src/version.ts";

test("the version is that of the package", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const described = JSON.parse(text) as { readonly version: string };
  assert.equal(version(), described.version);
});
