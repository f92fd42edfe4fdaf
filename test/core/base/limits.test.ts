import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LIMITS } from "../../../src/core/base/limits.ts";

const src = fileURLToPath(new URL("../../../src", import.meta.url));

test("every limit is a whole number above 0", () => {
  for (const [name, limit] of Object.entries(LIMITS))
    assert.ok(Number.isSafeInteger(limit) && limit > 0, name);
});

test("every limit bites somewhere", () => {
  const code = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith("limits.ts"))
    .map((path) => readFileSync(join(src, path), "utf8"))
    .join("\n");
  assert.deepEqual(
    Object.keys(LIMITS).filter((name) => !code.includes(`LIMITS.${name}`)),
    [],
  );
});
