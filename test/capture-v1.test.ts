/** A capture of version 1 with every kind of record, kept for ever: whatever version is current, it reads the same. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromLatin1, utf8 } from "../src/core/base/octets.ts";
import { parseRecord } from "../src/core/capture/record.ts";
import type { WireEvent } from "../src/core/wire/event.ts";
import { chunked } from "./chunks.ts";
import { validate } from "./json-schema.ts";
import { captureOf, decoded, HEADER } from "./wire-events.ts";

const FILE: Uint8Array = readFileSync(new URL("captures/v1.imapcap", import.meta.url));
const SCHEMA = JSON.parse(readFileSync(new URL("../docs/capture.schema.json", import.meta.url), "utf8"));

const RAW = "* 1 FETCH (BODY[] {12}\r\nline\nline\0\xff\r\n)\r\n";

function data(connection: number, atMicros: number, from: "client" | "server", text: string | Uint8Array) {
  const bytes = typeof text === "string" ? utf8(text) : text;
  return { kind: "data" as const, connection, atMicros, from, bytes, redacted: [] };
}

const EVENTS: readonly WireEvent[] = [
  {
    kind: "open",
    connection: 1,
    atMicros: 12_008,
    client: "127.0.0.1:53422",
    listener: "imap://127.0.0.1:143",
    upstream: "imap://imap.example.org:143",
    midway: false,
  },
  data(1, 30_114, "server", "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
  data(1, 31_000, "client", "a1 STARTTLS\r\n"),
  data(1, 40_250, "server", "a1 OK begin\r\n"),
  { kind: "starttls", connection: 1, atMicros: 40_251, leg: "client" },
  { kind: "starttls", connection: 1, atMicros: 40_252, leg: "server" },
  {
    kind: "tls",
    connection: 1,
    atMicros: 61_402,
    leg: "server",
    protocol: "TLSv1.3",
    cipher: "TLS_AES_256_GCM_SHA384",
    serverName: "imap.example.org",
    alpn: "imap",
    subject: "CN=imap.example.org",
    fingerprint: "AA:BB",
    reused: false,
  },
  {
    kind: "tls",
    connection: 1,
    atMicros: 63_000,
    leg: "client",
    protocol: "TLSv1.2",
    cipher: "ECDHE-ECDSA-AES128-GCM-SHA256",
  },
  { ...data(1, 70_007, "client", "a2 LOGIN alice xxxxxxxx\r\n"), redacted: [[15, 23]] },
  data(1, 81_300, "server", "a2 OK Grüße 😀\r\n"),
  data(1, 82_000, "client", "a3 COMPRESS DEFLATE\r\n"),
  data(1, 83_000, "server", "a3 OK\r\n"),
  { kind: "deflate", connection: 1, atMicros: 83_001, from: "server" },
  { kind: "deflate", connection: 1, atMicros: 83_002, from: "client" },
  data(1, 90_000, "server", fromLatin1("* OK Gürtel\r\n")),
  data(1, 95_500, "server", fromLatin1(RAW)),
  {
    kind: "open",
    connection: 2,
    atMicros: 100_000,
    client: "[::1]:40000",
    listener: "imaps://[::1]:993",
    upstream: "imaps://imap.example.org:993",
    midway: true,
  },
  { kind: "omitted", connection: 2, atMicros: 101_000, from: "client", octets: 1532, reason: "opaque" },
  { kind: "omitted", connection: 2, atMicros: 102_000, from: "server", octets: 99, reason: "compressed" },
  { kind: "omitted", connection: 2, atMicros: 103_000, from: "server", octets: 70_000, reason: "behind" },
  { ...data(2, 104_000, "client", "a9 NOOP\r\n"), relayed: false },
  {
    kind: "error",
    connection: 2,
    atMicros: 105_000,
    leg: "server",
    code: "ECONNRESET",
    message: "read ECONNRESET",
  },
  {
    ...data(2, 106_000, "server", "* BYE imapscope: the server reset the connection\r\n"),
    byImapscope: true,
  },
  {
    kind: "close",
    connection: 2,
    atMicros: 106_500,
    by: "imapscope",
    reason: "the server reset the connection",
  },
  { kind: "end", connection: 1, atMicros: 911_950, from: "client" },
  {
    kind: "close",
    connection: 1,
    atMicros: 912_400,
    by: "client",
    reason: "the client closed the connection",
  },
];

test("version 1 is read, whole and octet by octet", () => {
  const expected = { headers: [HEADER], events: EVENTS, problems: [] };
  assert.deepEqual(decoded([FILE]), expected);
  assert.deepEqual(decoded(chunked(FILE, [].values())), expected);
});

test("it has every kind of record", () => {
  const kinds = new Set(EVENTS.map((event) => event.kind));
  assert.deepEqual([...kinds].sort(), [
    "close",
    "data",
    "deflate",
    "end",
    "error",
    "omitted",
    "open",
    "starttls",
    "tls",
  ]);
});

test("rewritten as plain records, it is text throughout and reads the same", () => {
  const plain = captureOf(EVENTS, { plainOnly: true });
  assert.deepEqual(decoded([plain]).events, EVENTS);
  assert.equal(new TextDecoder("utf-8", { fatal: true }).decode(plain).includes("octets"), false);
});

test("every record of it fits the schema", () => {
  let records = 0;
  for (let at = 0; at < FILE.length; ) {
    const end = FILE.indexOf(0x0a, at);
    const record = parseRecord(FILE.subarray(at, end)) ?? assert.fail(`no record at ${at}`);
    assert.deepEqual(validate(SCHEMA, record), []);
    const octets = record["octets"];
    at = end + 1 + (typeof octets === "number" ? octets + 1 : 0);
    records++;
  }
  // The header and two types that are not known are no events.
  assert.equal(records, EVENTS.length + 3);
});
