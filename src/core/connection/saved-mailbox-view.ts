import type { SavedSequenceMap } from "./sequence-map.ts";

/** What a view of a mailbox is made of: a plain value, to make another of it. */
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
