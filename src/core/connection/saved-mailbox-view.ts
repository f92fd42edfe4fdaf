/** The view of a mailbox as a plain value, from which another can be made: a part of a checkpoint. */
import type { SavedSequenceMap } from "./sequence-map.ts";

export interface SavedMailboxView {
  readonly removed: SavedSequenceMap;
  readonly exists: number | undefined;
  readonly exact: boolean;
  readonly lost: boolean;
  readonly work: number;
  readonly uids: readonly (number | undefined)[];
  readonly flags: readonly (readonly string[] | undefined)[];
  readonly flagsKept: number;
  readonly uidsKept: number;
  readonly highestSlot: number;
  readonly uidOfHighest: number;
  readonly largestUid: number;
}
