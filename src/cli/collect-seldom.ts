/**
 * Keeps V8 from collecting the whole heap of a proxy again and again. To V8 the octets that pass through (32 MiB of them between
 * two collections of what is young) look like growth, and a heap as small as that of few connections is collected as a
 * whole whenever it seems to have grown to a multiple: up to 40 times a GiB, a third of the processor time.
 */
import { PerformanceObserver } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";

/** What may come to a heap before all of it is collected. */
const ROOM_OCTETS = 96 * 1024 * 1024;
/** Of a heap of more than this V8's own growth leaves room enough. */
const SMALL_HEAP_OCTETS = ROOM_OCTETS / 3;

/** How much a heap of so many octets may grow by, in percent; 0 leaves that to V8. */
export function growthPercent(heapOctets: number): number {
  return heapOctets > SMALL_HEAP_OCTETS ? 0 : Math.round((100 * ROOM_OCTETS) / heapOctets);
}

/** For a process of its own: what it sets is V8's for all. */
export function collectSeldom(): void {
  let set = -1;
  const adapt = (): void => {
    const percent = growthPercent(getHeapStatistics().used_heap_size);
    // A few percent more or less are not worth a word to V8.
    if (Math.abs(percent - set) <= set / 8) return;
    set = percent;
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  };
  adapt();
  new PerformanceObserver(adapt).observe({ entryTypes: ["gc"] });
}
