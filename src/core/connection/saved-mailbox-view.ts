/** The view of a mailbox as a checkpoint keeps it. */
import type { SavedSlots } from "./saved-slots.ts";
import type { SavedSequenceMap } from "./sequence-map.ts";

/** What a view of a mailbox is made of: a plain value, to make another of it. */
export interface SavedMailboxView {
  readonly removed: SavedSequenceMap;
  readonly exists: number | undefined;
  readonly exact: boolean;
  readonly lost: boolean;
  readonly work: number;
  readonly uids: SavedSlots<number>;
  readonly flags: SavedSlots<readonly string[]>;
  readonly flagsKept: number;
  readonly uidsKept: number;
  readonly highestSlot: number;
  readonly uidOfHighest: number;
  readonly largestUid: number;
}
