/** The view of a mailbox as a plain value, from which another can be made: a part of a checkpoint. */
import type { SavedSlots } from "./saved-slots.ts";
import type { SavedSequenceMap } from "./sequence-map.ts";

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
