/** The wire targets: real dialogues spoiled, and octets made by the grammar of what goes wrong. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { concat } from "../../src/core/base/octets.ts";
import { dialogueStream, octetStream } from "../chunks.ts";
import { CANARY, dialogues, type Said } from "./dialogues.ts";
import { changes, mutated } from "./mutate.ts";
import type { Target } from "./target.ts";
import { framesAlike, holdsTogether, keepsSecret } from "./wire-laws.ts";

const dialogue = fc.constantFrom(...dialogues);
const cuts = fc.infiniteStream(fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })));

/** A dialogue in which one or two of the runs are spoiled. */
const spoiled: fc.Arbitrary<readonly Said[]> = fc
  .tuple(dialogue, fc.array(fc.tuple(fc.nat(500), changes), { minLength: 1, maxLength: 3 }))
  .map(([said, spoils]) =>
    spoils.reduce<readonly Said[]>(
      (all, [index, each]) =>
        all.map((one, at) => (at === index % all.length ? { ...one, bytes: mutated(one.bytes, each) } : one)),
      said,
    ),
  );

/** Only the server is broken; what the client says of its secrets is as it was. */
const spoiledServer: fc.Arbitrary<readonly Said[]> = dialogue.chain((said) =>
  fc.array(fc.tuple(fc.nat(500), changes), { minLength: 1, maxLength: 3 }).map((spoils) => {
    const servers = said.flatMap(({ from }, at) => (from === "server" ? [at] : []));
    const bySaid = new Map(spoils.map(([index, each]) => [servers[index % servers.length], each]));
    return said.map((one, at) => ({ ...one, bytes: mutated(one.bytes, bySaid.get(at) ?? []) }));
  }),
);

/** Far more than any of it takes: only what grows faster than its input gets there. */
const LONGEST_MS = 5000;
const LONG_OCTETS = 192 * 1024;

function takesLinearTime(from: Said["from"], piece: Uint8Array): void {
  if (piece.length === 0) return;
  const long = concat(Array.from({ length: Math.ceil(LONG_OCTETS / piece.length) }, () => piece));
  const began = performance.now();
  holdsTogether([{ from, bytes: long }]);
  const tookMs = performance.now() - began;
  assert.ok(tookMs < LONGEST_MS, `${long.length} octets took ${Math.round(tookMs)} ms`);
}

export const wireTargets: readonly Target[] = [
  { name: "wire-real", property: fc.property(spoiled, holdsTogether) },
  { name: "wire-grammar", property: fc.property(dialogueStream, holdsTogether) },
  { name: "wire-cuts", property: fc.property(fc.oneof(spoiled, dialogueStream), cuts, framesAlike) },
  {
    name: "wire-secrets",
    property: fc.property(spoiledServer, cuts, (said, sizes) => {
      const first = Math.max(1, sizes.next().value);
      // Cut in the middle of what the client says, as slow networks do.
      const cut = said.flatMap(({ from, bytes }) =>
        bytes.length > first
          ? [
              { from, bytes: bytes.subarray(0, first) },
              { from, bytes: bytes.subarray(first) },
            ]
          : [{ from, bytes }],
      );
      keepsSecret(cut, CANARY);
    }),
  },
  {
    name: "wire-time",
    property: fc.property(
      fc.constantFrom("client" as const, "server" as const),
      octetStream,
      takesLinearTime,
    ),
  },
];
