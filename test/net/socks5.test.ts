import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createSocksServer, SOCKS_REPLY, type SocksOutcome, socksReply } from "../../src/net/socks5.ts";

const NO_AUTH = [5, 1, 0];
const ascii = (text: string) => [...Buffer.from(text, "latin1")];
const name = (host: string) => [3, host.length, ...ascii(host)];
const request = (address: readonly number[], port = 993, command = 1) => [
  ...[5, command, 0],
  ...address,
  ...[port >> 8, port & 255],
];

/** What a client hears, and how it ends; whole, and octet by octet, which must be the same. */
function talk(bytes: readonly number[]) {
  const whole = createSocksServer()(Uint8Array.from(bytes));
  const take = createSocksServer();
  const heard: number[] = [];
  let outcome: SocksOutcome | undefined;
  let at = 0;
  for (; at < bytes.length && outcome === undefined; at++) {
    const step = take(Uint8Array.of(bytes[at] ?? 0));
    heard.push(...step.answer);
    outcome = step.outcome;
  }
  assert.deepEqual(heard, [...whole.answer]);
  const left = outcome?.kind === "request" ? { ...outcome, rest: Uint8Array.from(bytes.slice(at)) } : outcome;
  assert.deepEqual(left, whole.outcome);
  return { heard, outcome: whole.outcome };
}

test("a destination of each type, after either way to authenticate", () => {
  const password = [5, 2, 9, 2, 1, 3, ...ascii("bob"), 6, ...ascii("canary")];
  for (const [what, opening, answer] of [
    ["none", NO_AUTH, [5, 0]],
    ["none before others", [5, 3, 1, 2, 0], [5, 0]],
    ["password", password, [5, 2, 1, 0]],
    ["an empty password", [5, 1, 2, 1, 0, 0], [5, 2, 1, 0]],
  ] as const) {
    for (const [address, host] of [
      [[1, 192, 0, 2, 7], "192.0.2.7"],
      [name("Imap.Example.org"), "imap.example.org"],
      [name("192.0.2.7"), "192.0.2.7"],
      [name("0:0:0:0:0:0:0:1"), "::1"],
      [[4, 0x20, 1, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1], "2001:db8::1"],
      [[4, ...Array.from({ length: 10 }, () => 0), 255, 255, 127, 0, 0, 1], "127.0.0.1"],
    ] as const) {
      const { heard, outcome } = talk([...opening, ...request(address)]);
      assert.deepEqual(heard, answer, what);
      assert.ok(outcome?.kind === "request", what);
      assert.deepEqual(outcome.destination, { host, port: 993 }, what);
      assert.doesNotMatch(JSON.stringify(outcome), /canary/);
    }
  }
});

test("what came behind the request is given back", () => {
  const { outcome } = talk([...NO_AUTH, ...request(name("a.example"), 143), ...ascii("a1 NOOP\r\n")]);
  assert.ok(outcome?.kind === "request");
  assert.equal(Buffer.from(outcome.rest).toString(), "a1 NOOP\r\n");
});

test("what there is not is refused with the right code", () => {
  const reply = (code: number) => [5, 0, 5, code, 0, 1, 0, 0, 0, 0, 0, 0];
  for (const [what, bytes, heard] of [
    ["BIND", request(name("a.example"), 993, 2), reply(7)],
    ["UDP", request([1, 0, 0, 0, 0], 0, 3), reply(7)],
    ["a type of address", request([9, 1, 2], 1), reply(8)],
    ["no name", request([3, 0]), reply(4)],
    ["a name that is none", request(name("a\r\nb")), reply(4)],
    ["a number as a name", request(name("2130706433")), reply(4)],
    ["port 0", request(name("a.example"), 0), reply(4)],
    ["another version", [4, 1, 0, 1], reply(1)],
  ] as const) {
    const told = talk([...NO_AUTH, ...bytes]);
    assert.deepEqual(told.heard, heard, what);
    assert.equal(told.outcome?.kind, "refused", what);
  }
  const { heard, outcome } = talk([5, 1, 1]);
  assert.deepEqual([heard, outcome?.kind], [[5, 255], "refused"]);
});

test("whoever speaks something else is no client of ours", () => {
  for (const bytes of [[4, 1, 3, 225], ascii("GET /"), [22, 3, 1]]) {
    assert.deepEqual(talk(bytes), { heard: [], outcome: { kind: "stranger", firstOctet: bytes[0] } });
  }
});

test("a reply is whole, whatever it says", () => {
  for (const code of Object.values(SOCKS_REPLY)) {
    assert.deepEqual([...socksReply(code)], [5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
  }
});

test("no octets make it throw, and cuts do not matter", () => {
  const opening = fc.constantFrom<number[]>([], NO_AUTH, [5, 1, 2, 1, 1, 65, 1, 66], [...NO_AUTH, 5, 1, 0]);
  fc.assert(
    fc.property(opening, fc.array(fc.nat(255), { maxLength: 40 }), (before, bytes) => {
      talk([...before, ...bytes]);
    }),
    { numRuns: 300 },
  );
});
