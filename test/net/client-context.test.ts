import assert from "node:assert/strict";
import { test } from "node:test";
import { createClientContexts } from "../../src/net/client-context.ts";
import { contextFor } from "./peers.ts";

test("a context is made once for a leaf, and anew for a new one", () => {
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
    first.certificates.map(String),
    contextFor({ serverName: "a.example" }).certificates.map((pem) => pem.replaceAll("\r\n", "\n")),
  );
});
