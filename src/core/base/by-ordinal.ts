/**
 * Things that are numbered in the order in which they come, and that mostly go in that order too, such as open commands. Adding,
 * and finding or removing the oldest or the newest, cost a look; any other is found by a binary search.
 *
 * A map would do, but for the collector: V8 gives a map that is filled and emptied again and again a new table each time, to
 * which the old one points. Once one of them has become old, so does each that follows, with all that was ever in them.
 */

interface Numbered {
  readonly ordinal: number;
}

/** So many places are not worth to be swept, or to be given back. */
const FEW = 64;

export class ByOrdinal<T extends Numbered> {
  /** From `head` to `end`, ascending; a place of which the item was removed holds `undefined`, but never the first. */
  private items: (T | undefined)[] = [];
  private ordinals: number[] = [];
  private head = 0;
  private end = 0;
  private count = 0;

  get size(): number {
    return this.count;
  }

  oldest(): T | undefined {
    return this.count === 0 ? undefined : this.items[this.head];
  }

  get(ordinal: number): T | undefined {
    const index = this.indexOf(ordinal);
    return index < 0 ? undefined : this.items[index];
  }

  /** The oldest that is as wanted; all may be looked at. */
  find(wanted: (item: T) => boolean): T | undefined {
    for (let index = this.head; index < this.end; index++) {
      const item = this.items[index];
      if (item !== undefined && wanted(item)) return item;
    }
    return undefined;
  }

  /** Its ordinal is above all that came before. */
  add(item: T): void {
    if (this.end >= FEW && this.end >= 2 * this.count) this.sweep();
    if (this.items.length === 0) {
      // Most hold one thing at a time, and an array that is written to behind its end reserves 17 places.
      this.items = [item];
      this.ordinals = [item.ordinal];
    } else {
      this.items[this.end] = item;
      this.ordinals[this.end] = item.ordinal;
    }
    this.end++;
    this.count++;
  }

  remove(ordinal: number): void {
    const index = this.indexOf(ordinal);
    if (index < 0 || this.items[index] === undefined) return;
    this.items[index] = undefined;
    this.count--;
    if (this.count > 0) while (this.items[this.head] === undefined) this.head++;
    else if (this.end > FEW) this.clear();
    else this.head = this.end = 0;
  }

  clear(): void {
    this.items = [];
    this.ordinals = [];
    this.head = this.end = this.count = 0;
  }

  /** Oldest first; what comes and goes in the meantime may be missed. */
  *[Symbol.iterator](): Iterator<T> {
    for (let index = this.head; index < this.end; index++) {
      const item = this.items[index];
      if (item !== undefined) yield item;
    }
  }

  private indexOf(ordinal: number): number {
    let low = this.head;
    let high = this.end - 1;
    if (low > high) return -1;
    if (this.ordinals[low] === ordinal) return low;
    if (this.ordinals[high] === ordinal) return high;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.ordinals[middle] ?? 0;
      if (found === ordinal) return middle;
      if (found < ordinal) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Closes the gaps; each item is moved a few times at most, because there are as many gaps as items. */
  private sweep(): void {
    const left = [...this];
    this.items = left;
    this.ordinals = left.map(({ ordinal }) => ordinal);
    this.head = 0;
    this.end = left.length;
  }
}
