/**
 * The proxy's own cost: the time from octets being read (after TLS) to their being written on (TLS included), so that
 * nobody has to wonder whether the proxy is what is slow.
 */
import type { Micros } from "../core/base/time.ts";

export interface Cost {
  readonly samples: number;
  /** The middle sample, at most a quarter of its octave too high; 0 where there is none. */
  readonly medianMicros: Micros;
  readonly maxMicros: Micros;
}

export interface CostMeter {
  readonly add: (micros: Micros) => void;
  readonly read: () => Cost;
}

/** Buckets of an octave; 30 octaves reach 17 minutes. */
const STEPS = 4;
const OCTAVES = 30;

/** Counts in buckets of a quarter octave: a few hundred octets, whatever the number of samples. */
export function createCostMeter(): CostMeter {
  return new BucketMeter();
}

class BucketMeter implements CostMeter {
  /** As long as the slowest sample asks for: each connection has them. */
  private readonly buckets: number[] = [];
  private samples = 0;
  private maxMicros = 0;

  add(micros: Micros): void {
    const bucket = bucketOf(micros);
    while (this.buckets.length <= bucket) this.buckets.push(0);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.samples++;
    if (micros > this.maxMicros) this.maxMicros = micros;
  }

  read(): Cost {
    const { samples, maxMicros } = this;
    return { samples, medianMicros: Math.min(median(this.buckets, samples), maxMicros), maxMicros };
  }
}

function bucketOf(micros: Micros): number {
  if (micros < 1) return 0;
  return Math.min(STEPS * OCTAVES - 1, 1 + Math.floor(Math.log2(micros) * STEPS));
}

function median(buckets: readonly number[], samples: number): Micros {
  let below = 0;
  for (const [bucket, count] of buckets.entries()) {
    below += count;
    if (count > 0 && below * 2 >= samples) return Math.ceil(2 ** (bucket / STEPS));
  }
  return 0;
}
