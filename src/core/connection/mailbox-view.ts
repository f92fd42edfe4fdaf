/**
 * What the client can know of the messages of the selected mailbox: how many there are, which sequence number means which
 * message, and the UIDs and flags that were told (RFC 9051 §2.3.1, §7.4.1, §7.5.1, RFC 7162 §3.2.10).
 *
 * Theory of operation. Everything is kept by slot (see sequence-map.ts), so EXPUNGE moves nothing. EXPUNGE and learning a UID
 * cost O(log n). Which message has a UID is only asked when UIDs come out of order or by themselves: until then no index of
 * them is made. A range of VANISHED costs the lesser of its size and the number of UIDs known; a view in which that
 * has cost too much in vain, or that was expunged from too often, is given up: numbers mean nothing any more until the
 * next SELECT, and whoever asks gets `undefined`. A view is exact only as long as the number of messages is known beyond
 * doubt, which a VANISHED with UIDs that were never told ends.
 */
import { LIMITS } from "../base/limits.ts";
import { put } from "../base/short-list.ts";
import type { MessageNumbers } from "../exchange/message-set.ts";
import type { UidSet } from "../imap/response.ts";
import type { SavedMailboxView } from "./saved-mailbox-view.ts";
import { restoredSlots, saveSlots } from "./saved-slots.ts";
import { createSequenceMap } from "./sequence-map.ts";

/** Work of VANISHED ranges after which the view is given up. */
const VANISHED_WORK = 16 * LIMITS.messagesKept;
/** A Fenwick tree entry is smaller than a message's UID and flags; nor are more slots than this saved. */
const MOST_ENTRIES = 4 * LIMITS.messagesKept;

export interface MailboxView extends MessageNumbers {
  /** Whether `exists` is beyond doubt. */
  readonly exact: boolean;
  readonly setExists: (count: number) => void;
  /** Forgets what is said about the message; false where there is no such message. */
  readonly expunge: (sequenceNumber: number) => boolean;
  readonly vanish: (uids: UidSet) => void;
  /** What would be wrong with this UID for this message, if something would. */
  readonly conflictOf: (slot: number, uid: number) => UidConflict | undefined;
  /** Learns the UID of a message, unless it has one already or another message has it. */
  readonly learnUid: (slot: number, uid: number) => void;
  readonly slotOfUid: (uid: number) => number | undefined;
  /** Whether a slot stands for a message that has not been expunged, as far as is known. */
  readonly holds: (slot: number) => boolean;
  readonly flagsOf: (slot: number) => readonly string[] | undefined;
  readonly learnFlags: (slot: number, flags: readonly string[]) => void;
  /** Messages whose UID is known. */
  readonly knownUids: () => number;
  /** What it is made of, to make another of it; `undefined` where that would be too much. */
  readonly save: () => SavedMailboxView | undefined;
}

export type UidConflict = "changed" | "taken" | "notAscending";

export function createMailboxView(saved?: SavedMailboxView): MailboxView {
  return new SlotView(saved);
}

class SlotView implements MailboxView {
  private numbers = createSequenceMap();
  epoch: object = {};
  exists: number | undefined = undefined;
  exact = false;
  private lost = false;
  private work = 0;
  /** By slot (`put` says how). Arrays: slots are dense wherever messages are; elsewhere the engine makes maps of them. */
  private uids: (number | undefined)[] = [undefined];
  private flags: (readonly string[] | undefined)[] = [undefined];
  private flagsKept = 0;
  private uidsKept = 0;
  private slotsByUid: Map<number, number> | undefined = undefined;
  /** The highest slot whose UID was told, with that, and the largest UID of all. */
  private highestSlot = 0;
  private uidOfHighest = 0;
  private largestUid = 0;
  /** As it was saved last. */
  private saved: SavedMailboxView | undefined;

  constructor(saved: SavedMailboxView | undefined) {
    this.saved = saved;
    if (saved === undefined) return;
    const { removed, uids, flags, ...told } = saved;
    Object.assign(this, told);
    this.numbers = createSequenceMap(removed);
    this.uids = restoredSlots(uids);
    this.flags = restoredSlots(flags);
  }

  save(): SavedMailboxView | undefined {
    if (this.uids.length > MOST_ENTRIES || this.flags.length > MOST_ENTRIES) return undefined;
    const { exists, exact, lost, work, flagsKept, uidsKept, highestSlot, uidOfHighest, largestUid } = this;
    this.saved = {
      ...{ exists, exact, lost, work, flagsKept, uidsKept, highestSlot, uidOfHighest, largestUid },
      removed: this.numbers.save(),
      uids: saveSlots(this.uids, uidsKept, this.saved?.uids),
      flags: saveSlots(this.flags, flagsKept, this.saved?.flags),
    };
    return this.saved;
  }

  private slotByUid(): Map<number, number> {
    if (this.slotsByUid !== undefined) return this.slotsByUid;
    this.slotsByUid = new Map();
    for (const slot in this.uids) {
      const uid = this.uids[slot];
      if (uid !== undefined) this.slotsByUid.set(uid, Number(slot));
    }
    return this.slotsByUid;
  }

  private giveUp(): void {
    this.lost = true;
    this.epoch = {};
    this.numbers = createSequenceMap();
    this.uids = [undefined];
    this.flags = [undefined];
    this.flagsKept = 0;
    this.uidsKept = 0;
    this.slotsByUid = undefined;
    this.highestSlot = 0;
    this.uidOfHighest = 0;
    this.largestUid = 0;
  }

  private drop(slot: number): void {
    this.numbers.remove(slot);
    const uid = this.uids[slot];
    if (uid !== undefined) {
      this.uids[slot] = undefined;
      this.slotsByUid?.delete(uid);
      this.uidsKept--;
    }
    if (this.flags[slot] !== undefined) {
      this.flags[slot] = undefined;
      this.flagsKept--;
    }
    if (this.numbers.size() > MOST_ENTRIES) this.giveUp();
  }

  expunge(sequenceNumber: number): boolean {
    const known = this.exists === undefined || (sequenceNumber >= 1 && sequenceNumber <= this.exists);
    if (!known) return false;
    const slot = this.lost ? undefined : this.numbers.slotOf(sequenceNumber);
    if (slot !== undefined) this.drop(slot);
    if (this.exists !== undefined) this.exists--;
    return true;
  }

  vanish(gone: UidSet): void {
    let unknown = 0;
    for (const { from, to } of gone) {
      if (from === "*" || to === "*") {
        this.exact = false;
        continue;
      }
      const low = Math.min(from, to);
      const high = Math.max(from, to);
      const known = this.knownBetween(low, high);
      for (const slot of known) this.drop(slot);
      if (this.exists !== undefined) this.exists = Math.max(0, this.exists - known.length);
      unknown += high - low + 1 - known.length;
    }
    if (unknown === 0) return;
    // UIDs that were never told: how many messages that were, and which numbers they had, cannot be known.
    this.exact = false;
    this.giveUp();
  }

  private knownBetween(low: number, high: number): readonly number[] {
    const found: number[] = [];
    this.work += Math.min(high - low + 1, this.uidsKept);
    if (high - low < this.uidsKept) {
      for (let uid = low; uid <= high; uid++) {
        const slot = this.slotByUid().get(uid);
        if (slot !== undefined) found.push(slot);
      }
    } else {
      for (const [uid, slot] of this.slotByUid()) if (uid >= low && uid <= high) found.push(slot);
    }
    this.work -= found.length;
    if (this.work > VANISHED_WORK) this.giveUp();
    return found;
  }

  conflictOf(slot: number, uid: number): UidConflict | undefined {
    const before = this.uids[slot];
    if (before !== undefined) return before === uid ? undefined : "changed";
    if (this.isNext(slot, uid)) return undefined;
    if (this.slotByUid().has(uid)) return "taken";
    return this.ascends(slot, uid) ? undefined : "notAscending";
  }

  /** Behind all messages, and larger than all UIDs, that were told: nothing can be wrong with it. */
  private isNext(slot: number, uid: number): boolean {
    return slot > this.highestSlot && uid > this.largestUid;
  }

  learnUid(slot: number, uid: number): void {
    if (this.lost || this.uidsKept >= LIMITS.messagesKept || this.uids[slot] !== undefined) return;
    if (!this.isNext(slot, uid) && this.slotByUid().has(uid)) return;
    put(this.uids, slot, uid);
    this.slotsByUid?.set(uid, slot);
    this.uidsKept++;
    if (uid > this.largestUid) this.largestUid = uid;
    if (slot <= this.highestSlot) return;
    this.highestSlot = slot;
    this.uidOfHighest = uid;
  }

  /** Looks at the neighbours and at the highest only: rather miss a disorder than search for it. */
  private ascends(slot: number, uid: number): boolean {
    const below = this.uids[slot - 1];
    const above = this.uids[slot + 1];
    if (below !== undefined && below >= uid) return false;
    if (above !== undefined && above <= uid) return false;
    if (this.uids[this.highestSlot] === undefined) return true;
    return slot > this.highestSlot ? uid > this.uidOfHighest : uid < this.uidOfHighest;
  }

  setExists(count: number): void {
    this.exists = count;
    this.exact = true;
  }

  slotOf(sequenceNumber: number): number | undefined {
    return this.lost ? undefined : this.numbers.slotOf(sequenceNumber);
  }

  uidOf(slot: number): number | undefined {
    return this.uids[slot];
  }

  slotOfUid(uid: number): number | undefined {
    return this.slotByUid().get(uid);
  }

  holds(slot: number): boolean {
    return !this.lost && this.numbers.numberOf(slot) !== undefined;
  }

  flagsOf(slot: number): readonly string[] | undefined {
    return this.flags[slot];
  }

  learnFlags(slot: number, told: readonly string[]): void {
    if (this.lost) return;
    const isNew = this.flags[slot] === undefined;
    if (isNew && this.flagsKept >= LIMITS.messagesKept) return;
    if (isNew) this.flagsKept++;
    put(this.flags, slot, told);
  }

  knownUids(): number {
    return this.uidsKept;
  }
}
