import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { OctetReader, OctetWriter } from "../../../src/core/replay/octet-codec.ts";

test("what was written is read again, in the same order", () => {
  const value = fc.oneof(
    fc.maxSafeNat(),
    fc.nat({ max: 300 }),
    fc.uint8Array({ maxLength: 600 }),
    fc.array(fc.nat({ max: 255 })).map((codes) => String.fromCharCode(...codes)),
  );
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const writer = new OctetWriter();
      for (const each of values) {
        if (typeof each === "number") writer.number(each);
        else if (typeof each === "string") writer.text(each);
        else writer.octets(each);
      }
      const reader = new OctetReader(writer.take());
      const read = values.map((each) => {
        if (typeof each === "number") return reader.number();
        return typeof each === "string" ? reader.text() : new Uint8Array(reader.octets());
      });
      assert.deepEqual(read, values);
    }),
  );
});

test("a small number takes an octet, and reading begins where it is told to", () => {
  const bytes = new OctetWriter().number(7).number(127).number(128).take();
  assert.equal(bytes.length, 4);
  const reader = new OctetReader(bytes, 1);
  assert.deepEqual([reader.number(), reader.place(), reader.number()], [127, 2, 128]);
});

test("octets that were taken stay as they are when the writer goes on", () => {
  const writer = new OctetWriter();
  const first = writer.number(1).take();
  const second = writer.number(2).take();
  assert.deepEqual([[...first], [...second]], [[1], [2]]);
});
