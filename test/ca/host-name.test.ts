import assert from "node:assert/strict";
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { alternativeNamesOf, distinct, parseHostName } from "../../src/ca/host-name.ts";
import { anyCharacter } from "../any-character.ts";

test("names in their one form", () => {
  const table = [
    ["imap.example.org", "dns", "imap.example.org"],
    ["IMAP.Example.Org.", "dns", "imap.example.org"],
    ["*.example.org", "dns", "*.example.org"],
    ["почта.рф", "dns", "xn--80a1acny.xn--p1ai"],
    ["*.почта.рф", "dns", "*.xn--80a1acny.xn--p1ai"],
    ["xn--80a1acny.xn--p1ai", "dns", "xn--80a1acny.xn--p1ai"],
    ["under_score.example", "dns", "under_score.example"],
    ["127.0.0.1", "ip", "127.0.0.1"],
    ["::1", "ip", "::1"],
    ["[2001:DB8:0:0::1]", "ip", "2001:db8::1"],
    ["fe80::1%eth0", "ip", "fe80::1"],
    ["::ffff:192.0.2.1", "ip", "192.0.2.1"],
  ] as const;
  for (const [text, kind, expected] of table) {
    const name = parseHostName(text);
    assert.deepEqual([name?.kind, name?.text], [kind, expected], text);
  }
});

test("what is no name", () => {
  const bad = [
    "",
    " ",
    "a b",
    "*",
    "*.",
    "a.*.b",
    "-a.example",
    "a..b",
    "1.2.3.4.5:",
    "256.1.1.1",
    "0x7f.1",
    "::1::2",
    "a/b",
    "x\u0000y",
    `${"a".repeat(64)}.example`,
    `${"a.".repeat(130)}org`,
  ];
  for (const text of bad) assert.equal(parseHostName(text), undefined, JSON.stringify(text));
});

test("octets of addresses", () => {
  const octets = (text: string) => {
    const name = parseHostName(text);
    return name?.kind === "ip" ? [...name.octets] : undefined;
  };
  assert.deepEqual(octets("192.0.2.255"), [192, 0, 2, 255]);
  assert.deepEqual(octets("::1"), [...new Array(15).fill(0), 1]);
  assert.deepEqual(octets("::"), new Array(16).fill(0));
  assert.deepEqual(octets("2001:db8:1:2:3:4:5:6"), [0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]);
  assert.deepEqual(octets("1::"), [0, 1, ...new Array(14).fill(0)]);
});

test("law: any address parses, to as many octets as its family has", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const name = parseHostName(text);
      if (name?.kind !== "ip") return assert.fail();
      assert.equal(name.octets.length, isIP(name.text) === 4 ? 4 : 16);
      assert.deepEqual(parseHostName(name.text), name);
    }),
  );
});

test("law: any text is a name or none, and a name is a fixed point", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const name = parseHostName(text);
      if (name !== undefined) assert.deepEqual(parseHostName(name.text), name);
    }),
  );
});

test("names of a certificate: quoted values are one value, other kinds are left out, and there is an end", () => {
  const namesIn = (subjectAltName: string | undefined) =>
    alternativeNamesOf({ subjectAltName } as X509Certificate).map(({ text }) => text);
  assert.deepEqual(namesIn(undefined), []);
  assert.deepEqual(
    namesIn(
      "DNS:a.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, email:x@a.example, URI:http://b.example, DNS:*.c.example",
    ),
    ["a.example", "192.0.2.1", "2001:db8::1", "*.c.example"],
  );
  assert.deepEqual(namesIn('DNS:"a.example, DNS:evil.example", DNS:b.example'), ["b.example"]);
  assert.deepEqual(namesIn('DNS:"a.example\\u0000.evil.example", DNS:b.example'), ["b.example"]);
  assert.deepEqual(namesIn('DNS:"not json'), []);
  assert.equal(namesIn(Array.from({ length: 9999 }, (_, at) => `DNS:a${at}.example`).join(", ")).length, 500);
});

test("each name once", () => {
  const names = ["a.example", "b.example", "a.example"].flatMap((text) => parseHostName(text) ?? []);
  assert.deepEqual(
    distinct(names).map(({ text }) => text),
    ["a.example", "b.example"],
  );
});
