/** A growing run of octets of our own, bounded: what lies beyond the bound is counted, and its newest octets are kept. */
import { concat, NO_OCTETS, roomLike } from "./octets.ts";

/** Most lines fit, so that most are given room once. */
const LEAST_OCTETS = 1024;

export class OctetBuffer {
  private readonly limit: number;
  private readonly tailOctets: number;
  private bytes: Uint8Array = NO_OCTETS;
  private used = 0;
  private beyond = 0;
  private tail: Uint8Array = NO_OCTETS;

  /** Keeps the first `limit` octets, and of those beyond the last `tailOctets`. */
  constructor(limit: number, tailOctets: number) {
    this.limit = limit;
    this.tailOctets = tailOctets;
  }

  /** Octets appended since the last `take`. */
  get octets(): number {
    return this.used + this.beyond;
  }

  /** The kept octets so far; valid until the next `append` or `take`. */
  peek(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** Copies a run to the end; amortised linear in its length. */
  append(run: Uint8Array): void {
    const kept = Math.min(run.length, this.limit - this.used);
    if (kept > 0) {
      this.reserve(this.used + kept, run);
      this.bytes.set(kept === run.length ? run : run.subarray(0, kept), this.used);
      this.used += kept;
    }
    if (kept < run.length) {
      this.beyond += run.length - kept;
      const joined = concat([this.tail, run.subarray(Math.max(kept, run.length - this.tailOctets))]);
      this.tail = joined.slice(-this.tailOctets);
    }
  }

  /** Gives the kept octets to the caller, who owns them, with the count of those lost in between, and starts anew. */
  take(): { readonly bytes: Uint8Array; readonly lostOctets: number } {
    const head = this.bytes.subarray(0, this.used);
    const taken =
      this.beyond === 0
        ? { bytes: head, lostOctets: 0 }
        : { bytes: concat([head, this.tail]), lostOctets: this.beyond - this.tail.length };
    this.bytes = NO_OCTETS;
    this.used = 0;
    this.beyond = 0;
    this.tail = NO_OCTETS;
    return taken;
  }

  /** Forgets all octets; room of the usual size is kept for the next. */
  clear(): void {
    if (this.bytes.length > LEAST_OCTETS) this.bytes = NO_OCTETS;
    this.used = 0;
    this.beyond = 0;
    this.tail = NO_OCTETS;
  }

  private reserve(octets: number, run: Uint8Array): void {
    if (octets <= this.bytes.length) return;
    const grown = roomLike(run, Math.min(this.limit, Math.max(octets, LEAST_OCTETS, this.bytes.length * 2)));
    if (this.used > 0) grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}
