/**
 * Keeps the heap over a large capture small. V8 lets a heap grow to a multiple of what is in use before all of it is
 * collected, which for a million exchanges is more than is kept of them: columns of numbers on a screen, a small object and
 * a record in a file in a replay. So little is in use besides that collecting it often costs next to nothing.
 */
import { setFlagsFromString } from "node:v8";

/** What may come to what is in use before all is collected. */
const GROWTH_PERCENT = 50;

/** For a process of its own: what it sets is V8's for all. */
export function collectSoon(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
