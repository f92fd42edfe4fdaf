import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import * as tls from "node:tls";
import fc from "fast-check";
import { LIMITS } from "../../src/core/base/limits.ts";
import { type ClientHello, createClientHelloReader, hostNameOf } from "../../src/net/client-hello.ts";

const u8 = (n: number) => [n & 255];
const u16 = (n: number) => [(n >> 8) & 255, n & 255];
const ascii = (text: string) => [...Buffer.from(text, "latin1")];
const vector16 = (bytes: readonly number[]) => [...u16(bytes.length), ...bytes];
const extension = (type: number, body: readonly number[]) => [...u16(type), ...vector16(body)];
const sni = (name: string, type = 0) => extension(0, vector16([type, ...vector16(ascii(name))]));
const alpn = (...names: string[]) =>
  extension(16, vector16(names.flatMap((name) => [...u8(name.length), ...ascii(name)])));
const grease = extension(0x0a0a, []);

const groups = (...ids: number[]) => extension(10, vector16(ids.flatMap(u16)));
const signatures = (...ids: number[]) => extension(13, vector16(ids.flatMap(u16)));
const versions = (...ids: number[]) => extension(43, [2 * ids.length, ...ids.flatMap(u16)]);

/** The body of a hello with these extensions, or with none at all. */
function body(extensions?: readonly number[], session = 32, ciphers = [0x0a0a, 0x1301]): number[] {
  const random = Array.from({ length: 32 }, (_, index) => index);
  const start = [3, 3, ...random, session, ...Array.from({ length: session }, () => 7)];
  return [...start, ...vector16(ciphers.flatMap(u16)), 1, 0, ...(extensions ? vector16(extensions) : [])];
}

function message(content: readonly number[], type = 1): number[] {
  return [type, content.length >> 16, ...u16(content.length), ...content];
}

/** In records of at most that many octets. */
function records(octets: readonly number[], each = 16_384): Uint8Array {
  const parts: number[] = [];
  for (let at = 0; at < octets.length; at += each)
    parts.push(22, 3, 1, ...vector16(octets.slice(at, at + each)));
  return Uint8Array.from(parts);
}

const read = (bytes: Uint8Array) => createClientHelloReader()(bytes);
function helloIn(bytes: Uint8Array): ClientHello {
  const reading = read(bytes);
  assert.ok(reading.kind === "hello");
  return reading;
}

const hello = (extensions?: readonly number[]) => records(message(body(extensions)));

test("names and protocols, as clients and nobody's clients ask for them", () => {
  const cases: readonly [string, Uint8Array, string | undefined, readonly string[]][] = [
    ["a name", hello(sni("imap.example.org")), "imap.example.org", []],
    ["capitals and a dot", hello(sni("IMAP.Example.ORG.")), "imap.example.org", []],
    ["GREASE in front", hello([...grease, ...sni("a.example")]), "a.example", []],
    ["a protocol", hello([...alpn("imap", "h2"), ...sni("a.example")]), "a.example", ["imap", "h2"]],
    ["no extensions", hello(), undefined, []],
    ["only others", hello(grease), undefined, []],
    ["another type of name", hello(sni("a.example", 9)), undefined, []],
    ["an address", hello(sni("192.0.2.1")), undefined, []],
    ["control characters", hello(sni("a\r\nb")), undefined, []],
    ["an empty name", hello(sni("")), undefined, []],
    ["a name that is too long", hello(sni("a".repeat(300))), undefined, []],
    ["the first of two", hello([...sni("a.example"), ...sni("b.example")]), "a.example", []],
    ["a length that leads out", hello([...u16(0), ...u16(9999), 1, 2]), undefined, []],
    ["what stands before it", hello([...alpn("imap"), ...u16(0), ...u16(9999)]), undefined, ["imap"]],
    ["octets behind it", Uint8Array.from([...hello(sni("a.example")), 23, 3, 3, 0, 1, 9]), "a.example", []],
    ["an empty body", records(message([])), undefined, []],
  ];
  for (const [what, bytes, serverName, protocols] of cases) {
    const { sentName, ...reading } = helloIn(bytes);
    assert.deepEqual(reading, { kind: "hello", serverName, protocols, takesEcdsa: false }, what);
  }
});

test("the name is also given as it was sent", () => {
  for (const name of ["a.example", "A.Example.", "192.0.2.1", "a\r\nb", ""])
    assert.equal(helloIn(hello([...sni(name, 9), ...sni(name), ...sni("b.example")])).sentName, name);
  assert.equal(helloIn(hello(sni("a.example", 9))).sentName, undefined);
});

test("ECDSA is taken where group, signature and version or cipher say so, and else perhaps not", () => {
  const all = [...groups(0x0a0a, 29, 23), ...signatures(0x0804, 0x0403)];
  const old = [0xc02f, 0x009c];
  const cases: readonly [string, readonly number[] | undefined, readonly number[], boolean][] = [
    ["TLS 1.3", [...versions(0x0a0a, 0x0304, 0x0303), ...all], old, true],
    ["TLS 1.2 with AES-128", all, [...old, 0xc02b], true],
    ["TLS 1.2 with AES-256", [...versions(0x0303), ...all], [0xc02c], true],
    ["no cipher for it", all, old, false],
    ["no cipher for it, and no TLS 1.3", [...versions(0x0303, 0x0302), ...all], old, false],
    ["no such group", [...versions(0x0304), ...groups(29, 24), ...signatures(0x0403)], [0xc02b], false],
    ["no groups", [...versions(0x0304), ...signatures(0x0403)], [0xc02b], false],
    [
      "no such signature",
      [...versions(0x0304), ...groups(23), ...signatures(0x0804, 0x0503)],
      [0xc02b],
      false,
    ],
    ["no signatures, as before TLS 1.2", groups(23), [0xc02b], false],
    ["no extensions", undefined, [0xc02b], false],
    ["half a number", [...versions(0x0304), ...groups(23), ...extension(13, [0, 1, 4])], [0xc02b], false],
    [
      "a list that leads out",
      [...versions(0x0304), ...groups(23), ...extension(13, [0, 9, 4, 3])],
      [0xc02b],
      false,
    ],
  ];
  for (const [what, extensions, ciphers, takesEcdsa] of cases) {
    const reading = read(records(message(body(extensions, 32, [...ciphers]))));
    assert.equal(reading.kind === "hello" && reading.takesEcdsa, takesEcdsa, what);
  }
});

test("what is no ClientHello is known as soon as it can be", () => {
  const cases: readonly [string, readonly number[]][] = [
    ["IMAP", ascii("a1 NOOP\r\n")],
    ["HTTP", ascii("GET / HTTP/1.1\r\n")],
    ["SSLv2", [0x80, 0x2e, 1, 0, 2]],
    ["another version", [22, 2]],
    ["an alert", [21, 3, 1, 0, 2, 2, 40]],
    ["an empty record", [22, 3, 1, 0, 0]],
    ["a record that is too long", [22, 3, 1, 0x40, 1]],
    ["a ServerHello", [22, 3, 1, 0, 1, 2]],
    ["a message that is too long", [22, 3, 1, 0, 4, 1, 1, 0, 1]],
    ["another record between", [22, 3, 1, 0, 2, 1, 0, 23, 3, 3]],
  ];
  for (const [what, bytes] of cases) assert.deepEqual(read(Uint8Array.from(bytes)), { kind: "none" }, what);
});

test("a hello may be cut anywhere, by TCP and by records", () => {
  const name = "imap.example.org";
  const content = message(
    body([
      ...[...grease, ...alpn("imap"), ...sni(name)],
      ...[...groups(29, 23), ...signatures(0x0804, 0x0403), ...versions(0x0304)],
    ]),
  );
  for (const each of [1, 2, 3, 5, 50, 16_384]) {
    const bytes = records(content, each);
    const take = createClientHelloReader();
    for (const [at, byte] of bytes.entries()) {
      const reading = take(Uint8Array.of(byte));
      if (at < bytes.length - 1) assert.equal(reading.kind, "more");
      else {
        const names = { serverName: name, sentName: name };
        assert.deepEqual(reading, { kind: "hello", ...names, protocols: ["imap"], takesEcdsa: true });
      }
    }
  }
});

test("a hello of 64 KiB is read, octet by octet too, and a longer one refused", () => {
  const padding = LIMITS.clientHelloOctets - body(sni("a.example")).length - 4;
  const large = records(
    message(
      body([
        ...extension(
          21,
          Array.from({ length: padding }, () => 0),
        ),
        ...sni("a.example"),
      ]),
    ),
  );
  assert.equal(large.length > LIMITS.clientHelloOctets, true);
  const take = createClientHelloReader();
  let last: ReturnType<typeof take> = { kind: "more" };
  for (const byte of large) last = take(Uint8Array.of(byte));
  assert.deepEqual(last, {
    ...{ kind: "hello", serverName: "a.example", sentName: "a.example" },
    ...{ protocols: [], takesEcdsa: false },
  });
  assert.equal(read(Uint8Array.of(22, 3, 1, 0, 4, 1, 1, 0, 1)).kind, "none");
});

test("no octets make it throw, or read on for ever", () => {
  const valid = [...hello([...grease, ...sni("a.example"), ...alpn("imap")])];
  const damaged = fc
    .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 })
    .map((changes) => changes.reduce((bytes, [at, byte]) => bytes.with(at, byte), valid));
  const any = fc.oneof(damaged, fc.array(fc.nat(255), { maxLength: 300 }));
  fc.assert(
    fc.property(any, fc.nat(400), (bytes, cut) => {
      const whole = read(Uint8Array.from(bytes));
      const take = createClientHelloReader();
      take(Uint8Array.from(bytes.slice(0, cut)));
      assert.deepEqual(take(Uint8Array.from(bytes.slice(cut))), whole);
    }),
    { numRuns: 300 },
  );
});

test("the hello of a real client", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = tls.connect({
    port,
    host: "127.0.0.1",
    servername: "imap.example.org",
    ALPNProtocols: ["imap"],
  });
  client.on("error", () => undefined);
  const [socket] = await once(server, "connection");
  const [bytes] = await once(socket, "data");
  client.destroy();
  socket.destroy();
  server.close();
  assert.deepEqual(read(bytes), {
    ...{ kind: "hello", serverName: "imap.example.org", sentName: "imap.example.org" },
    ...{ protocols: ["imap"], takesEcdsa: true },
  });
});

test("host names are told from what must never be looked up", () => {
  for (const [text, name] of [
    ["Imap.Example.org", "imap.example.org"],
    ["_imaps.example.org.", "_imaps.example.org"],
    ["localhost", "localhost"],
    ["127.0.0.1", undefined],
    ["2130706433", undefined],
    ["::1", undefined],
    ["a b", undefined],
    ["-a", undefined],
    ["é.example", undefined],
  ] as const) {
    assert.equal(hostNameOf(text), name, text);
  }
});
