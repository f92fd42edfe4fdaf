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

export type SavedSequenceMap = readonly (readonly [number, number])[];

export function createSequenceMap(saved: SavedSequenceMap = []): SequenceMap {
  /** Fenwick tree: removed slots in the block that ends at the key. */
  const removed = new Map(saved);

  function removedUpTo(slot: number): number {
    let count = 0;
    for (let at = slot; at > 0; at -= at & -at) count += removed.get(at) ?? 0;
    return count;
  }

  function slotOf(sequenceNumber: number): number | undefined {
    if (!Number.isInteger(sequenceNumber) || sequenceNumber < 1 || sequenceNumber > HIGHEST / 2)
      return undefined;
    if (removed.size === 0) return sequenceNumber;
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

  function isRemoved(slot: number): boolean {
    return removedUpTo(slot) !== removedUpTo(slot - 1);
  }

  return {
    slotOf,
    numberOf: (slot) =>
      slot < 1 || slot > HIGHEST || isRemoved(slot) ? undefined : slot - removedUpTo(slot),
    remove: (slot) => {
      if (slot < 1 || slot > HIGHEST || isRemoved(slot)) return false;
      for (let at = slot; at <= HIGHEST; at += at & -at) removed.set(at, (removed.get(at) ?? 0) + 1);
      return true;
    },
    size: () => removed.size,
    save: () => [...removed],
  };
}
