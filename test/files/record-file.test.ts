import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { createRecordFile } from "../../src/files/record-file.ts";
import { scratchPath } from "./scratch-folder.ts";

const MIB = 1024 * 1024;

function recordOf(number: number, octets: number): Uint8Array {
  return new Uint8Array(octets).fill(number % 251);
}

test("records of any size are found at their places, in memory and in the file", async () => {
  const sizes = fc.array(fc.oneof(fc.nat({ max: 3000 }), fc.nat({ max: 2 * MIB })), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.constantFrom(0, MIB, 100 * MIB), async (octets, memoryOctets) => {
      const file = createRecordFile({ memoryOctets });
      const places: number[] = [];
      for (const [number, count] of octets.entries()) {
        places.push(file.put(recordOf(number, count)));
        await file.room();
      }
      for (const [number, count] of octets.entries())
        assert.ok(Buffer.compare(file.get(places[number] ?? 0), recordOf(number, count)) === 0);
      await file.close();
    }),
    { numRuns: 40 },
  );
});

test("what was put may be written over, and what is got stays", async () => {
  const file = createRecordFile();
  const octets = Uint8Array.of(1, 2, 3);
  const place = file.put(octets);
  octets.fill(9);
  const got = file.get(place);
  file.get(file.put(Uint8Array.of(7, 7, 7)));
  assert.deepEqual([...got], [1, 2, 3]);
  await file.close();
});

test("few records make no file, and many leave no name in the folder", async (context) => {
  const folder = dirname(scratchPath(context, "any"));
  const file = createRecordFile({ folder, memoryOctets: MIB });
  const place = file.put(recordOf(1, MIB));
  file.put(recordOf(2, 2 * MIB));
  await file.room();
  assert.deepEqual(readdirSync(folder), []);
  assert.equal(file.get(place).length, MIB);
  await file.close();
  assert.throws(() => file.get(place), /not there any more/);
});

test("a folder that cannot be written to is an error", async () => {
  const file = createRecordFile({ folder: "/nowhere/at/all", memoryOctets: 0 });
  file.put(recordOf(1, 2 * MIB));
  await assert.rejects(file.room(), { code: "ERR_TEMPORARY_UNWRITABLE" });
  await file.close();
});
