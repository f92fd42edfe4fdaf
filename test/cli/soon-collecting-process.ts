/** A process in whose memory everything is replaced after a while, over and over. Prints how much it keeps and had at most, in octets. */
import { getHeapStatistics } from "node:v8";
import { collectSoon } from "../../src/cli/collect-soon.ts";

collectSoon();
const KEPT = 300_000;
const kept: object[] = [];
let most = 0;
let keptOctets = 0;
for (let number = 0; number < 20 * KEPT; number++) {
  kept[number % KEPT] = { number, text: `object ${number}` };
  if (number % 10_000 === 0) most = Math.max(most, getHeapStatistics().used_heap_size);
  if (number === KEPT) keptOctets = getHeapStatistics().used_heap_size;
}
process.stdout.write(JSON.stringify({ kept: keptOctets, most }));
