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
import type { MessageNumbers } from "../exchange/message-set.ts";
import type { UidSet } from "../imap/response.ts";
import { createSequenceMap, type SavedSequenceMap } from "./sequence-map.ts";

/** Work of VANISHED ranges after which the view is given up. */
const VANISHED_WORK = 16 * LIMITS.messagesKept;
/** A Fenwick tree entry is smaller than a message's UID and flags. */
const TREE_ENTRIES = 4 * LIMITS.messagesKept;

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

/** Slots of a view that is saved: arrays that are longer may be nearly empty, and take for ever to copy. */
const SLOTS_SAVED = 4 * LIMITS.messagesKept;

export type UidConflict = "changed" | "taken" | "notAscending";

export function createMailboxView(saved?: SavedMailboxView): MailboxView {
  let numbers = createSequenceMap(saved?.removed);
  let epoch: object = {};
  let exists = saved?.exists;
  let exact = saved?.exact ?? false;
  let lost = saved?.lost ?? false;
  let work = saved?.work ?? 0;
  /** By slot. Arrays, because slots are dense wherever messages are; where they are not, the engine makes maps of them. */
  let uids: (number | undefined)[] = saved?.uids.slice() ?? [];
  let flags: (readonly string[] | undefined)[] = saved?.flags.slice() ?? [];
  let flagsKept = saved?.flagsKept ?? 0;
  let uidsKept = saved?.uidsKept ?? 0;
  let slotsByUid: Map<number, number> | undefined;
  /** The highest slot whose UID was told, with that, and the largest UID of all. */
  let highestSlot = saved?.highestSlot ?? 0;
  let uidOfHighest = saved?.uidOfHighest ?? 0;
  let largestUid = saved?.largestUid ?? 0;

  function slotByUid(): Map<number, number> {
    if (slotsByUid !== undefined) return slotsByUid;
    slotsByUid = new Map();
    for (const slot in uids) {
      const uid = uids[slot];
      if (uid !== undefined) slotsByUid.set(uid, Number(slot));
    }
    return slotsByUid;
  }

  function giveUp(): void {
    lost = true;
    epoch = {};
    numbers = createSequenceMap();
    uids = [];
    flags = [];
    flagsKept = 0;
    uidsKept = 0;
    slotsByUid = undefined;
    highestSlot = 0;
    uidOfHighest = 0;
    largestUid = 0;
  }

  function drop(slot: number): void {
    numbers.remove(slot);
    const uid = uids[slot];
    if (uid !== undefined) {
      uids[slot] = undefined;
      slotsByUid?.delete(uid);
      uidsKept--;
    }
    if (flags[slot] !== undefined) {
      flags[slot] = undefined;
      flagsKept--;
    }
    if (numbers.size() > TREE_ENTRIES) giveUp();
  }

  function expunge(sequenceNumber: number): boolean {
    const known = exists === undefined || (sequenceNumber >= 1 && sequenceNumber <= exists);
    if (!known) return false;
    const slot = lost ? undefined : numbers.slotOf(sequenceNumber);
    if (slot !== undefined) drop(slot);
    if (exists !== undefined) exists--;
    return true;
  }

  function vanish(uids: UidSet): void {
    let unknown = 0;
    for (const { from, to } of uids) {
      if (from === "*" || to === "*") {
        exact = false;
        continue;
      }
      const low = Math.min(from, to);
      const high = Math.max(from, to);
      const gone = knownBetween(low, high);
      for (const slot of gone) drop(slot);
      if (exists !== undefined) exists = Math.max(0, exists - gone.length);
      unknown += high - low + 1 - gone.length;
    }
    if (unknown === 0) return;
    // UIDs that were never told: how many messages that were, and which numbers they had, cannot be known.
    exact = false;
    giveUp();
  }

  function knownBetween(low: number, high: number): readonly number[] {
    const found: number[] = [];
    work += Math.min(high - low + 1, uidsKept);
    if (high - low < uidsKept) {
      for (let uid = low; uid <= high; uid++) {
        const slot = slotByUid().get(uid);
        if (slot !== undefined) found.push(slot);
      }
    } else {
      for (const [uid, slot] of slotByUid()) if (uid >= low && uid <= high) found.push(slot);
    }
    work -= found.length;
    if (work > VANISHED_WORK) giveUp();
    return found;
  }

  function conflictOf(slot: number, uid: number): UidConflict | undefined {
    const before = uids[slot];
    if (before !== undefined) return before === uid ? undefined : "changed";
    if (isNext(slot, uid)) return undefined;
    if (slotByUid().has(uid)) return "taken";
    return ascends(slot, uid) ? undefined : "notAscending";
  }

  /** Behind all messages, and larger than all UIDs, that were told: nothing can be wrong with it. */
  function isNext(slot: number, uid: number): boolean {
    return slot > highestSlot && uid > largestUid;
  }

  function learnUid(slot: number, uid: number): void {
    if (lost || uidsKept >= LIMITS.messagesKept || uids[slot] !== undefined) return;
    if (!isNext(slot, uid) && slotByUid().has(uid)) return;
    uids[slot] = uid;
    slotsByUid?.set(uid, slot);
    uidsKept++;
    if (uid > largestUid) largestUid = uid;
    if (slot <= highestSlot) return;
    highestSlot = slot;
    uidOfHighest = uid;
  }

  /** Looks at the neighbours and at the highest only: rather miss a disorder than search for it. */
  function ascends(slot: number, uid: number): boolean {
    const below = uids[slot - 1];
    const above = uids[slot + 1];
    if (below !== undefined && below >= uid) return false;
    if (above !== undefined && above <= uid) return false;
    if (uids[highestSlot] === undefined) return true;
    return slot > highestSlot ? uid > uidOfHighest : uid < uidOfHighest;
  }

  return {
    get epoch() {
      return epoch;
    },
    get exists() {
      return exists;
    },
    get exact() {
      return exact;
    },
    setExists: (count) => {
      exists = count;
      exact = true;
    },
    slotOf: (sequenceNumber) => (lost ? undefined : numbers.slotOf(sequenceNumber)),
    uidOf: (slot) => uids[slot],
    slotOfUid: (uid) => slotByUid().get(uid),
    holds: (slot) => !lost && numbers.numberOf(slot) !== undefined,
    expunge,
    vanish,
    conflictOf,
    learnUid,
    flagsOf: (slot) => flags[slot],
    learnFlags: (slot, told) => {
      if (lost) return;
      if (flags[slot] === undefined) {
        if (flagsKept >= LIMITS.messagesKept) return;
        flagsKept++;
      }
      flags[slot] = told;
    },
    knownUids: () => uidsKept,
    save: () => {
      if (uids.length > SLOTS_SAVED || flags.length > SLOTS_SAVED) return undefined;
      const told = { exists, exact, lost, work, flagsKept, uidsKept, highestSlot, uidOfHighest, largestUid };
      return { ...told, removed: numbers.save(), uids: uids.slice(), flags: flags.slice() };
    },
  };
}
