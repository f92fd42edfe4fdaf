/** Ways to spoil octets: what a broken peer, a cut file or somebody in between does to real ones. */
import fc from "fast-check";
import { concat, utf8 } from "../../src/core/base/octets.ts";

/** One change at a place given as a share of the whole, so that it fits octets of any length. */
interface Change {
  readonly at: number;
  readonly kind: "flip" | "drop" | "insert" | "repeat" | "cut";
  readonly octets: number;
  readonly run: Uint8Array;
}

/** What hurts most where it is put. */
const SPLINTERS = [
  ...[
    "\r\n",
    "\r",
    "\n",
    "\0",
    "{9}\r\n",
    "{9+}\r\n",
    "{99999999999999999999}\r\n",
    "~{3}\r\n",
    '"',
    "\\",
    "(",
    ")",
  ],
  ...[
    "* ",
    "+ ",
    "* BYE\r\n",
    "a1 OK x\r\n",
    "[",
    "]",
    "DONE\r\n",
    "}",
    "\xff\xfe",
    "\u2028",
    '{"type":',
    "],",
  ],
].map(utf8);

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom("flip", "drop", "insert", "insert", "repeat", "cut"),
  octets: fc.integer({ min: 1, max: 40 }),
  run: fc.oneof(fc.constantFrom(...SPLINTERS), fc.uint8Array({ minLength: 1, maxLength: 12 })),
});

/** A few changes, to be made one after the other. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(change, { minLength: 1, maxLength: 5 });

export function mutated(bytes: Uint8Array, all: readonly Change[]): Uint8Array {
  return all.reduce(changed, bytes);
}

function changed(bytes: Uint8Array, { at, kind, octets, run }: Change): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const [before, behind] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (kind) {
    case "flip":
      return concat([before, run, behind.subarray(run.length)]);
    case "drop":
      return concat([before, behind.subarray(octets)]);
    case "insert":
      return concat([before, run, behind]);
    case "repeat":
      return concat([before, behind.subarray(0, octets), behind]);
    case "cut":
      return bytes.subarray(0, Math.max(place, 1));
  }
}
