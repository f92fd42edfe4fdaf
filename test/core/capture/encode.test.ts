import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { concat, displayText, fromLatin1, utf8 } from "../../../src/core/base/octets.ts";
import { type EncodeOptions, encodeHeader, encodeToRuns } from "../../../src/core/capture/encode.ts";
import { RAW_OCTETS } from "../../../src/core/capture/format.ts";
import type { DataEvent, WireEvent } from "../../../src/core/wire/event.ts";
import { dataEvent, decoded, HEADER, wireEvent } from "../../wire-events.ts";

const place = { connection: 1, atMicros: 71_300 };

function lines(event: WireEvent, options: EncodeOptions = {}): string {
  return displayText(concat(encodeToRuns(event, options)));
}

function data(bytes: Uint8Array | string, more: Partial<DataEvent> = {}): DataEvent {
  const octets = typeof bytes === "string" ? utf8(bytes) : bytes;
  return { kind: "data", ...place, from: "server", bytes: octets, redacted: [], ...more };
}

const RECORDS: readonly (readonly [WireEvent, string])[] = [
  [
    {
      kind: "open",
      ...place,
      client: "127.0.0.1:5",
      listener: "imap://[::1]:143",
      upstream: "imaps://h:993",
      midway: false,
    },
    '{"type":"open","connection":1,"at":71.300,"client":"127.0.0.1:5","listener":"imap://[::1]:143","upstream":"imaps://h:993"}\n',
  ],
  [
    { kind: "open", ...place, client: "a", listener: "b", upstream: "c", midway: true },
    '{"type":"open","connection":1,"at":71.300,"client":"a","listener":"b","upstream":"c","midway":true}\n',
  ],
  [
    {
      kind: "tls",
      ...place,
      leg: "server",
      protocol: "TLSv1.3",
      cipher: "X",
      serverName: "h",
      alpn: "imap",
      subject: "CN=h",
      fingerprint: "AB",
      reused: false,
    },
    '{"type":"tls","connection":1,"at":71.300,"leg":"server","protocol":"TLSv1.3","cipher":"X","serverName":"h","alpn":"imap","subject":"CN=h","fingerprint":"AB","reused":false}\n',
  ],
  [
    { kind: "tls", ...place, leg: "client", protocol: "TLSv1.2", cipher: "Y" },
    '{"type":"tls","connection":1,"at":71.300,"leg":"client","protocol":"TLSv1.2","cipher":"Y"}\n',
  ],
  [
    data("* OK ready\r\n"),
    '{"type":"data","connection":1,"at":71.300,"from":"server","text":"* OK ready\\r\\n"}\n',
  ],
  [
    data("a1 LOGIN alice xxxxxxxx\r\n", { from: "client", redacted: [[15, 23]] }),
    '{"type":"data","connection":1,"at":71.300,"from":"client","text":"a1 LOGIN alice xxxxxxxx\\r\\n","redacted":[[15,23]]}\n',
  ],
  [
    data("* BYE\r\n", { byImapscope: true }),
    '{"type":"data","connection":1,"at":71.300,"from":"server","by":"imapscope","text":"* BYE\\r\\n"}\n',
  ],
  [
    data("x", { relayed: false }),
    '{"type":"data","connection":1,"at":71.300,"from":"server","relayed":false,"text":"x"}\n',
  ],
  [data("\ufeffé€😀"), '{"type":"data","connection":1,"at":71.300,"from":"server","text":"\ufeffé€😀"}\n'],
  [
    data(fromLatin1("\xff\x00")),
    '{"type":"data","connection":1,"at":71.300,"from":"server","base64":"/wA="}\n',
  ],
  [
    { kind: "omitted", ...place, from: "client", octets: 1532, reason: "opaque" },
    '{"type":"data","connection":1,"at":71.300,"from":"client","omitted":1532,"reason":"opaque"}\n',
  ],
  [
    { kind: "starttls", ...place, leg: "client" },
    '{"type":"starttls","connection":1,"at":71.300,"leg":"client"}\n',
  ],
  [
    { kind: "deflate", ...place, from: "client" },
    '{"type":"deflate","connection":1,"at":71.300,"from":"client"}\n',
  ],
  [{ kind: "end", ...place, from: "client" }, '{"type":"end","connection":1,"at":71.300,"from":"client"}\n'],
  [
    { kind: "end", ...place, from: "server", closeNotify: false },
    '{"type":"end","connection":1,"at":71.300,"from":"server","closeNotify":false}\n',
  ],
  [
    { kind: "close", ...place, by: "imapscope", reason: 'say "bye"' },
    '{"type":"close","connection":1,"at":71.300,"by":"imapscope","reason":"say \\"bye\\""}\n',
  ],
  [
    { kind: "error", ...place, leg: "server", code: "ECONNRESET", message: "read ECONNRESET" },
    '{"type":"error","connection":1,"at":71.300,"leg":"server","code":"ECONNRESET","message":"read ECONNRESET"}\n',
  ],
];

test("every kind of fact has its record", () => {
  for (const [event, record] of RECORDS) assert.equal(lines(event), record);
});

test("the header is the first line", () => {
  assert.equal(
    encodeHeader(HEADER),
    '{"type":"capture","version":1,"createdAt":"2026-11-22T19:00:00.000Z","createdBy":"imapscope 0.1.0","redacted":["credentials"]}\n',
  );
});

test("times have three decimals", () => {
  for (const [atMicros, at] of [
    [0, "0.000"],
    [7, "0.007"],
    [70, "0.070"],
    [12_008, "12.008"],
    [912_400, "912.400"],
    [86_400_000_000, "86400000.000"],
  ] as const) {
    assert.match(lines({ kind: "end", connection: 1, atMicros, from: "client" }), new RegExp(`"at":${at},`));
  }
});

test("runs of 4 KiB stand raw after their record, shorter ones in it", () => {
  const run = data("x".repeat(RAW_OCTETS), { redacted: [[1, 9]] });
  assert.equal(
    lines(run),
    `{"type":"data","connection":1,"at":71.300,"from":"server","octets":4096,"redacted":[[1,9]]}\n${"x".repeat(RAW_OCTETS)}\n`,
  );
  assert.match(lines(data("x".repeat(RAW_OCTETS - 1))), /"text":"x{4095}"\}\n$/);
});

test("plain records only: text and Base64 of any length", () => {
  assert.match(lines(data("x\r\n".repeat(3000)), { plainOnly: true }), /"text":"(x\\r\\n){3000}"\}\n$/);
  assert.match(lines(data(new Uint8Array(6000).fill(0xff)), { plainOnly: true }), /"base64":"\/{8000}"\}\n$/);
});

test("a run over the bound becomes several records, not cut within a character, spans included", () => {
  const bytes = utf8(`${"é".repeat(LIMITS.captureRunOctets / 2 - 1)}a€${"b".repeat(9)}`);
  assert.equal(bytes.length > LIMITS.captureRunOctets, true);
  for (const plainOnly of [false, true]) {
    const start = LIMITS.captureRunOctets - 10;
    const event = data(bytes, { redacted: [[start, bytes.length]] });
    const { events } = decoded([utf8(encodeHeader(HEADER)), ...encodeToRuns(event, { plainOnly })]);
    const runs = events.map((each) => (each.kind === "data" ? each : assert.fail()));
    assert.equal(runs.length, 2);
    assert.deepEqual(concat(runs.map((each) => each.bytes)), bytes);
    assert.equal(displayText(runs[1]?.bytes ?? bytes), `€${"b".repeat(9)}`);
    assert.deepEqual(runs[0]?.redacted, [[start, LIMITS.captureRunOctets - 1]]);
    assert.deepEqual(runs[1]?.redacted, [[0, 12]]);
  }
});

test("law: a record is one line of printable text for every tool, whatever the octets", () => {
  fc.assert(
    fc.property(wireEvent, (event) => {
      const text = lines(event, { plainOnly: true });
      assert.ok(text.endsWith("}\n"));
      assert.doesNotMatch(text.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      assert.equal(typeof JSON.parse(text), "object");
    }),
  );
});

test("law: text exactly where the octets are UTF-8", () => {
  fc.assert(
    fc.property(dataEvent, (event) => {
      const record: unknown = JSON.parse(lines(event, { plainOnly: true }));
      const valid = Buffer.from(Buffer.from(event.bytes).toString("utf8"), "utf8").equals(event.bytes);
      assert.equal(Object.hasOwn(record as object, "text"), valid);
      assert.equal(Object.hasOwn(record as object, "base64"), !valid);
    }),
  );
});

test("what is encoded is the caller's own: the next event does not change it", () => {
  const first = encodeToRuns(data("first"));
  encodeToRuns(data("other"));
  assert.match(displayText(concat(first)), /"text":"first"/);
});
