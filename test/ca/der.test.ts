import assert from "node:assert/strict";
import { test } from "node:test";
import * as der from "../../src/ca/der.ts";

const hex = (value: der.Asn1) => Buffer.from(der.toDer(value)).toString("hex");

test("values are written as DER has them", () => {
  const table = [
    [der.boolean(true), "0101ff"],
    [der.nothing(), "0500"],
    [der.smallInteger(2), "020102"],
    [der.smallInteger(200), "020200c8"],
    [der.integer(Uint8Array.of(0x7f, 0xff)), "02027fff"],
    [der.oid("2.5.29.14"), "0603551d0e"],
    [der.octetString(Uint8Array.of(0, 255)), "040200ff"],
    [der.bitString(Uint8Array.of(0xa0), 5), "030205a0"],
    [der.string("utf8", "я"), "0c02d18f"],
    [der.string("printable", "DE"), "13024445"],
    [der.string("ia5", "a"), "160161"],
    [der.sequence(der.nothing()), "30020500"],
    [der.set(der.nothing()), "31020500"],
    [der.explicit(3, der.nothing()), "a3020500"],
    [der.implicit(2, Uint8Array.of(0x61)), "820161"],
    [der.time(new Date("2049-12-31T23:59:59Z")), `170d${Buffer.from("491231235959Z").toString("hex")}`],
    [der.time(new Date("2050-01-01T00:00:00Z")), `180f${Buffer.from("20500101000000Z").toString("hex")}`],
  ] as const;
  for (const [value, expected] of table) assert.equal(hex(value), expected);
});

test("what is read back is written as it was", () => {
  // A bit string whose content looks like DER stays the octets that it is.
  const value = der.sequence(der.bitString(Uint8Array.of(0x30, 0x00)), der.string("utf8", "Отладка"));
  const read = der.readDer(der.toDer(value));
  assert.equal(hex(read), hex(value));
  assert.deepEqual([...der.content(der.parts(read)[0])], [0, 0x30, 0x00]);
  assert.deepEqual(der.parts(der.nothing()), []);
  assert.deepEqual([...der.content(read)], []);
  assert.ok(der.isOid(der.oid("2.5.29.14"), "2.5.29.14"));
  assert.ok(!der.isOid(der.nothing(), "2.5.29.14"));
});

test("PEM has lines of 64 characters", () => {
  const pem = der.toPem("KEY", new Uint8Array(60));
  assert.deepEqual(
    pem.split("\n").map((line) => line.length),
    [19, 64, 16, 17, 0],
  );
});
