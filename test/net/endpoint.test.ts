import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  formatEndpoint,
  formatHostPort,
  isLoopback,
  parseHostPort,
  parseListener,
  parseUpstream,
  plainAddress,
} from "../../src/net/endpoint.ts";
import { anyCharacter } from "../any-character.ts";

test("upstreams", () => {
  const table = [
    ["imap.example.org", "imaps://imap.example.org:993"],
    ["imap.example.org:1993", "imaps://imap.example.org:1993"],
    ["IMAPS://Imap.Example.Org/", "imaps://imap.example.org:993"],
    ["imap://imap.example.org", "imap://imap.example.org:143"],
    ["imap://localhost:1143", "imap://localhost:1143"],
    ["imaps://192.0.2.1", "imaps://192.0.2.1:993"],
    ["imaps://[2001:db8::1]:9993", "imaps://[2001:db8::1]:9993"],
    ["::1", "imaps://[::1]:993"],
    ["[::1]:1", "imaps://[::1]:1"],
    ["imap://почта.рф", "imap://xn--80a1acny.xn--p1ai:143"],
    ["imap.example.org.", "imaps://imap.example.org.:993"],
  ] as const;
  for (const [text, expected] of table) assert.equal(formatEndpoint(parseUpstream(text)), expected);
});

test("listeners have a scheme, and may leave the port to the system", () => {
  assert.deepEqual(parseListener("imap://[::1]:0"), { scheme: "imap", host: "::1", port: 0 });
  assert.deepEqual(parseListener("imaps://0.0.0.0"), { scheme: "imaps", host: "0.0.0.0", port: 993 });
  for (const text of ["localhost", "127.0.0.1:993", "::1"]) {
    assert.throws(() => parseListener(text), { code: "ERR_ENDPOINT_INVALID" });
  }
});

test("what is no endpoint", () => {
  const bad = [
    "",
    " ",
    "imap://",
    "http://h",
    "imaps://h:65536",
    "imaps://h:x",
    "imaps://h:0",
    "imaps://h:1:2",
    "imaps://u@h",
    "imaps://u:p@h",
    "imaps://h/INBOX",
    "imaps://[::1",
    "imaps://[h]",
    "imap:h",
    "imaps://::1",
    "a b",
    "imaps://1.2.3",
    "imaps://h?x",
    "imaps://-h",
  ];
  for (const text of bad) {
    assert.throws(() => parseUpstream(text), { code: "ERR_ENDPOINT_INVALID", hint: /imaps:\/\/host/ }, text);
  }
  assert.throws(
    () => parseUpstream("a\u001b[2Jb"),
    (error: Error) => !error.message.includes("\u001b"),
  );
});

test("host and port to dial", () => {
  assert.deepEqual(parseHostPort("h.example:1", 993), { host: "h.example", port: 1 });
  assert.deepEqual(parseHostPort("192.0.2.1", 993), { host: "192.0.2.1", port: 993 });
  assert.deepEqual(parseHostPort("::1", 143), { host: "::1", port: 143 });
  for (const text of ["", "imaps://h", "h:0", "h:70000"]) {
    assert.throws(() => parseHostPort(text, 993), { code: "ERR_ENDPOINT_INVALID" });
  }
});

test("law: what is formatted parses to the same", () => {
  const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("localhost", "a.example", "x-1.example"));
  const scheme = fc.constantFrom("imaps" as const, "imap" as const);
  fc.assert(
    fc.property(scheme, host, fc.integer({ min: 1, max: 65535 }), (scheme, host, port) => {
      assert.deepEqual(parseUpstream(formatEndpoint({ scheme, host, port })), { scheme, host, port });
    }),
  );
});

test("law: any text is an endpoint or an error of ours", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      try {
        const endpoint = parseUpstream(text);
        assert.deepEqual(parseUpstream(formatEndpoint(endpoint)), endpoint);
      } catch (error) {
        assert.equal((error as { code?: string }).code, "ERR_ENDPOINT_INVALID");
      }
    }),
  );
});

test("addresses", () => {
  assert.equal(plainAddress("::ffff:192.0.2.1"), "192.0.2.1");
  assert.equal(plainAddress(undefined), "");
  assert.equal(formatHostPort("::1", 1), "[::1]:1");
  for (const host of ["127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"])
    assert.ok(isLoopback(host));
  for (const host of ["0.0.0.0", "::", "192.0.2.1", "localhost.example", "127.0.0.1.example"])
    assert.ok(!isLoopback(host));
});
