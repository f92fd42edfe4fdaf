import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../src/core/base/octets.ts";
import { createServerOctets, type ServerOctetsStore } from "../../src/files/server-octets.ts";

const { signal } = new AbortController();

/** The octet at a place of a connection's stream: no two connections and no two neighbours have the same. */
const octetAt = (connection: number, at: number): number =>
  (at * 31 + (at >> 8) * 7 + connection * 101) & 0xff;

function streamOf(connection: number, from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: to - from }, (_, at) => octetAt(connection, from + at));
}

async function readAll(store: ServerOctetsStore, connection: number, from: number, to: number) {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read({ connection, from, to }, signal)) pieces.push(piece);
  return concat(pieces);
}

/** Three connections by turns, in runs of very different sizes. */
async function filled(memoryOctets: number): Promise<{ store: ServerOctetsStore; ends: number[] }> {
  const store = createServerOctets({ memoryOctets });
  const ends = [0, 0, 0, 0];
  const sizes = [1, 70_000, 3, 1500, 65_536, 0, 10, 200_000, 999];
  for (let turn = 0; turn < 27; turn++) {
    const connection = 1 + (turn % 3);
    const from = ends[connection] ?? 0;
    const to = from + (sizes[turn % sizes.length] ?? 0);
    store.take(connection, streamOf(connection, from, to));
    ends[connection] = to;
    await store.room();
  }
  return { store, ends };
}

for (const [where, memoryOctets] of [
  ["in memory", 1e9],
  ["partly in a file", 300_000],
  ["in a file by every event", 0],
] as const) {
  test(`any run of a server's stream can be read again where it lies ${where}`, async () => {
    const { store, ends } = await filled(memoryOctets);
    for (const connection of [1, 2, 3]) {
      const end = ends[connection] ?? 0;
      const whole = streamOf(connection, 0, end);
      const places = [0, 1, 65_535, 65_536, 70_001, Math.floor(end / 2), end - 1, end];
      for (const from of places)
        for (const to of places)
          if (from <= to && to <= end) {
            const octets = await readAll(store, connection, from, to);
            assert.equal(Buffer.compare(octets, whole.subarray(from, to)), 0, `${from} to ${to}`);
          }
    }
    await store.close();
  });
}

test("what is taken may be written over afterwards", async () => {
  const store = createServerOctets();
  const bytes = Uint8Array.of(1, 2, 3);
  store.take(1, bytes);
  bytes.fill(9);
  assert.deepEqual([...(await readAll(store, 1, 0, 3))], [1, 2, 3]);
});

test("a run of a connection that sent nothing, or behind its end, has no octets", async () => {
  const store = createServerOctets();
  store.take(1, Uint8Array.of(1, 2));
  assert.equal((await readAll(store, 7, 0, 5)).length, 0);
  assert.deepEqual([...(await readAll(store, 1, 1, 5))], [2]);
  assert.equal((await readAll(store, 1, 5, 9)).length, 0);
});

test("reading ends with the reason of the signal", async () => {
  const { store } = await filled(0);
  const abort = new AbortController();
  const reading = async (): Promise<void> => {
    for await (const _piece of store.read({ connection: 2, from: 0, to: 600_000 }, abort.signal))
      abort.abort(new Error("enough"));
  };
  await assert.rejects(reading(), { message: "enough" });
  await store.close();
});

test("a file that cannot be made is told to who waits for room", async () => {
  const store = createServerOctets({ memoryOctets: 1, folder: "/nowhere/at/all" });
  store.take(1, Uint8Array.of(1, 2));
  await assert.rejects(store.room(), { code: "ERR_TEMPORARY_UNWRITABLE" });
  await store.close();
});
