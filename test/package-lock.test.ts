import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const text = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");
const { packages } = JSON.parse(text) as Lock;

test("the lock has the builds for every platform, or npm ci refuses it (else: npm run complete-lock)", () => {
  const wanted = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
  assert.ok(wanted.length > 0);
  assert.deepEqual(
    wanted.filter((name) => !Object.hasOwn(packages, `node_modules/${name}`)),
    [],
  );
});

test("the lock names no registry", () => {
  assert.doesNotMatch(text, /"resolved": "http/);
});
