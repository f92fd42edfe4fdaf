/** How fast recorded times pass, as people write it on the command line: `1x`, `0.5x`, `10x`. */
import { InvalidArgumentError } from "@commander-js/extra-typings";

/** @throws InvalidArgumentError */
export function parseSpeed(text: string): number {
  const [, times = ""] = /^(\d{1,6}(?:\.\d{1,3})?)x?$/i.exec(text) ?? [];
  const speed = Number(times);
  if (!(speed > 0)) throw new InvalidArgumentError("Write how many times as fast: 1x as recorded, 2x, 0.5x.");
  return speed;
}
