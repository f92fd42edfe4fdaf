/** A process of a small heap through which a few gibibytes pass in buffers of 16 KiB. */
import { setImmediate as turn } from "node:timers/promises";
import { collectSeldom } from "../../src/cli/collect-seldom.ts";

collectSeldom();
const heap = Array.from({ length: 60_000 }, (_, number) => ({ number, text: `object ${number}` }));
for (let mebibytes = 0; mebibytes < 4096; mebibytes++) {
  for (let i = 0; i < 64; i++) Buffer.allocUnsafeSlow(16 * 1024);
  await turn();
}
process.exitCode = heap.length === 0 ? 1 : 0;
