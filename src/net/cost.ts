/**
 * The proxy's own cost: the time from octets being read (after TLS) to their being written on (TLS included), so that
 * nobody has to wonder whether the proxy is what is slow.
 */
import { written } from "../core/base/short-list.ts";
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
  /** From the quickest sample to the slowest: each connection has them. */
  private buckets: number[] = [];
  private quickest = 0;
  private samples = 0;
  private maxMicros = 0;

  add(micros: Micros): void {
    this.count(bucketOf(micros));
    this.samples++;
    if (micros > this.maxMicros) this.maxMicros = micros;
  }

  private count(bucket: number): void {
    if (this.samples === 0) this.quickest = bucket;
    while (bucket < this.quickest) {
      this.buckets.unshift(0);
      this.quickest--;
    }
    const at = bucket - this.quickest;
    while (this.buckets.length < at) this.buckets = written(this.buckets, this.buckets.length, 0);
    this.buckets = written(this.buckets, at, (this.buckets[at] ?? 0) + 1);
  }

  read(): Cost {
    const { samples, maxMicros } = this;
    const medianMicros = Math.min(median(this.buckets, this.quickest, samples), maxMicros);
    return { samples, medianMicros, maxMicros };
  }
}

function bucketOf(micros: Micros): number {
  if (micros < 1) return 0;
  return Math.min(STEPS * OCTAVES - 1, 1 + Math.floor(Math.log2(micros) * STEPS));
}

function median(buckets: readonly number[], quickest: number, samples: number): Micros {
  let below = 0;
  for (const [at, count] of buckets.entries()) {
    below += count;
    if (count > 0 && below * 2 >= samples) return Math.ceil(2 ** ((quickest + at) / STEPS));
  }
  return 0;
}
