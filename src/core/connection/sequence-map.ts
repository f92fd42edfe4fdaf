/**
 * Message sequence numbers against slots. A slot is the number that a message would have if nothing had ever been expunged;
 * it never changes, while the sequence number of a message falls with every EXPUNGE below it (RFC 9051 §7.5.1).
 *
 * Only removed slots are kept, in a sparse Fenwick tree: whatever EXISTS claims costs nothing, and each step is O(log n),
 * so a flood of EXPUNGE over a mailbox of 200,000 messages stays linear but for that logarithm.
 */

/** Slots and sequence numbers above this are not followed: beyond it 32-bit arithmetic ends. */
const HIGHEST = 2 ** 30;

export interface SequenceMap {
  /** The slot of the message that has this number now; `undefined` for 0 and for numbers that are not followed. */
  readonly slotOf: (sequenceNumber: number) => number | undefined;
  /** The number that the message of a slot has now; `undefined` where it is removed. */
  readonly numberOf: (slot: number) => number | undefined;
  /** Removes a slot; false where it was removed already. */
  readonly remove: (slot: number) => boolean;
  /** Entries in memory. */
  readonly size: () => number;
  /** What it is made of, to make another of it. */
  readonly save: () => SavedSequenceMap;
}

/** Blocks, each with what is removed in it. */
export type SavedSequenceMap = Uint32Array;

export function createSequenceMap(saved?: SavedSequenceMap): SequenceMap {
  return new FenwickMap(saved);
}

class FenwickMap implements SequenceMap {
  /** Fenwick tree: removed slots in the block that ends at the key. Most mailboxes never need one. */
  private removed: Map<number, number> | undefined = undefined;

  constructor(saved: SavedSequenceMap | undefined) {
    if (saved === undefined || saved.length === 0) return;
    this.removed = new Map();
    for (let i = 0; i < saved.length; i += 2) this.removed.set(saved[i] ?? 0, saved[i + 1] ?? 0);
  }

  save(): SavedSequenceMap {
    const saved = new Uint32Array(2 * this.size());
    let at = 0;
    for (const [block, count] of this.removed ?? []) {
      saved[at++] = block;
      saved[at++] = count;
    }
    return saved;
  }

  slotOf(sequenceNumber: number): number | undefined {
    if (!Number.isInteger(sequenceNumber) || sequenceNumber < 1 || sequenceNumber > HIGHEST / 2)
      return undefined;
    const { removed } = this;
    if (removed === undefined) return sequenceNumber;
    let slot = 0;
    let left = sequenceNumber;
    for (let block = HIGHEST; block > 0; block >>>= 1) {
      const kept = block - (removed.get(slot + block) ?? 0);
      if (slot + block > HIGHEST || kept >= left) continue;
      slot += block;
      left -= kept;
    }
    return slot + 1;
  }

  numberOf(slot: number): number | undefined {
    return slot < 1 || slot > HIGHEST || this.isRemoved(slot) ? undefined : slot - this.removedUpTo(slot);
  }

  remove(slot: number): boolean {
    if (slot < 1 || slot > HIGHEST || this.isRemoved(slot)) return false;
    this.removed ??= new Map();
    for (let at = slot; at <= HIGHEST; at += at & -at) this.removed.set(at, (this.removed.get(at) ?? 0) + 1);
    return true;
  }

  size(): number {
    return this.removed?.size ?? 0;
  }

  private removedUpTo(slot: number): number {
    let count = 0;
    if (this.removed === undefined) return count;
    for (let at = slot; at > 0; at -= at & -at) count += this.removed.get(at) ?? 0;
    return count;
  }

  private isRemoved(slot: number): boolean {
    return this.removedUpTo(slot) !== this.removedUpTo(slot - 1);
  }
}
