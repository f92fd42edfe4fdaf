import assert from "node:assert/strict";
import { test } from "node:test";
import { createClientContexts } from "../../src/net/client-context.ts";
import { contextFor } from "./peers.ts";

test("a context is made once for a leaf, and anew for a new one", async () => {
  const requests: unknown[] = [];
  const contexts = createClientContexts((request) => {
    requests.push(request);
    return contextFor(request);
  });
  const first = contexts({ serverName: "a.example" });
  assert.equal(contexts({ serverName: "a.example" }), first);
  assert.notEqual(contexts({ serverName: "b.example" }), first);
  assert.equal(requests.length, 3);
  assert.deepEqual(
    (await first).certificates.map(String),
    contextFor({ serverName: "a.example" }).certificates.map((pem) => pem.replaceAll("\r\n", "\n")),
  );
});

test("where a key must be made first the context comes later, and is the same", async () => {
  const contexts = createClientContexts(({ takesEcdsa, ...request }) =>
    takesEcdsa ? contextFor(request) : Promise.resolve(contextFor(request)),
  );
  const later = contexts({ serverName: "late.example" });
  assert.ok(later instanceof Promise);
  assert.equal(contexts({ serverName: "late.example", takesEcdsa: true }), await later);
});
