/**
 * Which messages a command names. A command's numbers are read with the view of the mailbox at the time the command was
 * sent, a response's with the view when it is received (RFC 9051 §5.5, §7.5.1); between the two, messages may be expunged
 * and every later number shifts. So both are turned into *slots*: a slot stands for one message as long as it exists.
 */
import type { NumberSet } from "../imap/command.ts";
import { type NumberRange, type RangeSet, rangeSet, writtenRanges } from "./range-set.ts";

/** What attribution asks of the view of the selected mailbox. */
export interface MessageNumbers {
  /** Another one whenever slots lose their meaning: another mailbox, or a view that had to be given up. */
  readonly epoch: object;
  /** The number of messages, or `undefined` where it is not known. */
  readonly exists: number | undefined;
  /** The slot that a message sequence number means now; `undefined` where the view is given up. */
  readonly slotOf: (sequenceNumber: number) => number | undefined;
  readonly uidOf: (slot: number) => number | undefined;
}

/** `unknown`: cannot be excluded. */
export type Membership = "yes" | "no" | "unknown";

/** A message as a response names it. */
export interface MessageReference {
  readonly epoch: object;
  readonly slot: number | undefined;
  readonly uid: number | undefined;
  /** Whether it is the last message of the mailbox; `undefined` where that is not known. */
  readonly last: boolean | undefined;
}

export interface MessageSet {
  readonly membership: (message: MessageReference) => Membership;
}

/** Messages of which nothing is known. */
export const ANY_MESSAGES: MessageSet = { membership: () => "unknown" };

/** The messages of a set of message sequence numbers, read with the view of now. */
export function sequenceMessages(set: NumberSet, numbers: MessageNumbers): MessageSet {
  const written = writtenRanges(set);
  if (written === undefined) return ANY_MESSAGES;
  const ranges: NumberRange[] = [];
  for (const { from, to } of written) {
    const star = from === "*" || to === "*";
    const first = slotOrStar(from === "*" ? to : from, numbers);
    const second = star ? Number.POSITIVE_INFINITY : slotOrStar(to, numbers);
    if (first === undefined || second === undefined) return ANY_MESSAGES;
    // With `n:*` the last message is always meant, also where n is beyond it (RFC 9051 §9, seq-range).
    const last = numbers.exists === undefined ? undefined : numbers.slotOf(Math.max(numbers.exists, 1));
    ranges.push([star && last !== undefined ? Math.min(first, last) : first, second]);
  }
  const slots = rangeSet(ranges);
  const epoch = numbers.epoch;
  return {
    membership: (message) => {
      if (message.epoch !== epoch || message.slot === undefined) return "unknown";
      return slots.includes(message.slot) ? "yes" : "no";
    },
  };
}

function slotOrStar(number: number | "*", numbers: MessageNumbers): number | undefined {
  if (number !== "*") return numbers.slotOf(number);
  return numbers.exists === undefined ? undefined : numbers.slotOf(Math.max(numbers.exists, 1));
}

/** The messages of a set of UIDs. */
export function uidMessages(set: NumberSet): MessageSet {
  const written = writtenRanges(set);
  if (written === undefined) return ANY_MESSAGES;
  let star = false;
  const ranges: NumberRange[] = [];
  for (const { from, to } of written) {
    if (from !== "*" && to !== "*") ranges.push([from, to]);
    else {
      star = true;
      const end = from === "*" ? to : from;
      if (end !== "*") ranges.push([end, Number.POSITIVE_INFINITY]);
    }
  }
  const uids: RangeSet = rangeSet(ranges);
  return {
    membership: (message) => {
      if (message.uid === undefined) return "unknown";
      if (uids.includes(message.uid)) return "yes";
      // `*` is the largest UID in use, whatever number stands beside it.
      return star && message.last !== false ? "unknown" : "no";
    },
  };
}

/** A message by its sequence number, as the view has it now, with the UID that the response itself gives. */
export function messageByNumber(
  sequenceNumber: number | undefined,
  uid: number | undefined,
  numbers: MessageNumbers,
): MessageReference {
  const slot = sequenceNumber === undefined ? undefined : numbers.slotOf(sequenceNumber);
  return {
    epoch: numbers.epoch,
    slot,
    uid: uid ?? (slot === undefined ? undefined : numbers.uidOf(slot)),
    last:
      numbers.exists === undefined || sequenceNumber === undefined
        ? undefined
        : sequenceNumber === numbers.exists,
  };
}
