/** A size as people write it on the command line: `100M`. */
import { InvalidArgumentError } from "@commander-js/extra-typings";

/** Powers of 1000, as everywhere in imapscope. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
]);

/** @throws InvalidArgumentError */
export function parseSize(text: string): number {
  const [, count = "", letter = ""] = /^(\d{1,9})([kKmMgG]?)$/.exec(text) ?? [];
  const octets = Number(count) * (UNITS.get(letter.toLowerCase()) ?? 0);
  if (octets === 0) throw new InvalidArgumentError("Write a number of octets, with k, M or G: 100M.");
  return octets;
}
