import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../src/core/base/limits.ts";
import { createDiallers } from "../../src/net/diallers.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { upstreamCa } from "./peers.ts";

const options = { insecure: false, upstreamCa: upstreamCa.pem, timeoutMs: 1, isOwnListener: () => false };
const named = (host: string): Endpoint => ({ scheme: "imaps", host, port: 993 });

test("an upstream keeps its dialler, and no two share one", () => {
  const diallers = createDiallers(options);
  const first = diallers(named("a.example"));
  assert.equal(diallers(named("a.example")), first);
  for (const other of [
    diallers(named("b.example")),
    diallers({ ...named("a.example"), port: 994 }),
    diallers({ ...named("a.example"), scheme: "imap" }),
    diallers(named("a.example"), { host: "192.0.2.1", port: 993 }),
  ]) {
    assert.notEqual(other, first);
  }
  assert.equal(diallers(named("a.example")), first);
});

test("of many, the one that was not used for longest is forgotten", () => {
  const diallers = createDiallers(options);
  const old = diallers(named("old.example"));
  const used = diallers(named("used.example"));
  for (let count = 2; count < LIMITS.diallersKept; count++) diallers(named(`x${count}.example`));
  assert.equal(diallers(named("used.example")), used);
  diallers(named("one-more.example"));
  assert.equal(diallers(named("used.example")), used);
  assert.notEqual(diallers(named("old.example")), old);
});

test("certificates that are none are refused before anything is dialled", () => {
  for (const [pem, message] of [
    ["", /no PEM certificate/],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", /damaged/],
  ] as const) {
    assert.throws(() => createDiallers({ ...options, upstreamCa: pem }), {
      code: "ERR_UPSTREAM_CA_INVALID",
      message,
    });
  }
});
