/** A set of exchanges by their numbers, in a bit for each: of a large capture nearly all of them end up in such a set. */
import type { ExchangeId } from "../exchange/exchange.ts";

const PAGE_BITS = 8192;
const WORD_BITS = 32;

export class ExchangeSet {
  private readonly pages = new Map<number, Uint32Array>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(id: ExchangeId): void {
    if (this.has(id)) return;
    const number = Math.floor(id / PAGE_BITS);
    let page = this.pages.get(number);
    if (page === undefined) {
      page = new Uint32Array(PAGE_BITS / WORD_BITS);
      this.pages.set(number, page);
    }
    const bit = id % PAGE_BITS;
    page[bit >>> 5] = (page[bit >>> 5] ?? 0) | (1 << (bit & 31));
    this.count++;
  }

  has(id: ExchangeId): boolean {
    const word = this.pages.get(Math.floor(id / PAGE_BITS))?.[(id % PAGE_BITS) >>> 5] ?? 0;
    return (word & (1 << (id & 31))) !== 0;
  }
}
