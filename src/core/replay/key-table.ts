/**
 * Places of a list by keys, in twelve to twenty octets each: of a key only a digest of 64 bits is kept, which makes it as good as
 * certain that two are the same. The places of one key come in their order.
 */

const NONE = -1;
const PRIME_A = 0x9e3779b1 | 0;
const PRIME_B = 0x85ebca77 | 0;

/** A key, digested: two words of 32 bits. */
export interface KeyDigest {
  readonly high: number;
  readonly low: number;
}

export function digestKey(key: string): KeyDigest {
  let high = 0x3c6ef372;
  let low = 0x510e527f;
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    high = Math.imul(((high << 15) | (high >>> 17)) ^ unit, PRIME_A) + low;
    low = Math.imul(((low << 13) | (low >>> 19)) ^ unit, PRIME_B) ^ high;
  }
  high ^= high >>> 15;
  low = Math.imul(low ^ (low >>> 16) ^ high, PRIME_A);
  return { high: high | 0, low: (low ^ (low >>> 15)) | 0 };
}

export class KeyTable {
  private readonly highs: Int32Array;
  private readonly lows: Int32Array;
  /** Of each place the next one with its key. */
  private readonly nexts: Int32Array;
  /** Where a key may stand: the first place with it. */
  private readonly slots: Int32Array;
  /** Of the first place with a key the last one, as long as the table is filled. */
  private lasts: Int32Array | undefined;

  /** For a list of so many places. */
  constructor(places: number) {
    this.highs = new Int32Array(places);
    this.lows = new Int32Array(places);
    this.nexts = new Int32Array(places).fill(NONE);
    this.lasts = new Int32Array(places);
    this.slots = new Int32Array(slotsFor(places)).fill(NONE);
  }

  /** Places are added in their order, each once. */
  add(place: number, { high, low }: KeyDigest): void {
    this.highs[place] = high;
    this.lows[place] = low;
    const slot = this.slotOf(high, low);
    const first = this.slots[slot] ?? NONE;
    if (first === NONE) this.slots[slot] = place;
    else this.nexts[this.lasts?.[first] ?? first] = place;
    if (this.lasts !== undefined) this.lasts[first === NONE ? place : first] = place;
  }

  /** Nothing more is added. */
  finish(): void {
    this.lasts = undefined;
  }

  /** The first place with that key; `undefined` where there is none. */
  first({ high, low }: KeyDigest): number | undefined {
    const place = this.slots[this.slotOf(high, low)] ?? NONE;
    return place === NONE ? undefined : place;
  }

  /** The next place with the same key. */
  next(place: number): number | undefined {
    const next = this.nexts[place] ?? NONE;
    return next === NONE ? undefined : next;
  }

  /** Where the key stands, or would. */
  private slotOf(high: number, low: number): number {
    const mask = this.slots.length - 1;
    let slot = low & mask;
    for (let place = this.slots[slot] ?? NONE; place !== NONE; place = this.slots[slot] ?? NONE) {
      if (this.highs[place] === high && this.lows[place] === low) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

/** A power of two of which at most two thirds are taken. */
function slotsFor(places: number): number {
  let slots = 2;
  while (slots < places * 1.5) slots *= 2;
  return slots;
}
