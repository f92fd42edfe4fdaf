/** The messages of the selected mailbox whose flags were told, folded from what the server said (RFC 9051 §7.4, §7.5). */

import { createSequenceMap } from "../../core/connection/sequence-map.ts";
import type { DataResponse, UidSet } from "../../core/imap/response.ts";
import type { Observation } from "../../core/observation.ts";
import type { MessageFlags } from "../model/state.ts";

export interface Messages {
  readonly take: (observation: Observation) => void;
  /** By number, at most so many. */
  readonly all: (most: number) => readonly MessageFlags[];
}

interface Known {
  uid: string | undefined;
  flags: readonly string[] | undefined;
}

export function createMessages(): Messages {
  let numbers = createSequenceMap();
  /** By slot, which stays while numbers fall. */
  let messages = new Map<number, Known>();
  let slotsOfUids = new Map<number, number>();

  function takeData({ name, number, data }: DataResponse): void {
    if (data.kind === "vanished" && !data.earlier) vanish(data.uids);
    const slot = number === undefined ? undefined : numbers.slotOf(number);
    if (slot === undefined) return;
    if (name === "EXPUNGE") remove(slot);
    else if (data.kind === "fetch" && name === "FETCH") {
      const known = messages.get(slot) ?? { uid: undefined, flags: undefined };
      for (const { name: item, value } of data.items) {
        if (item === "UID" && value.kind === "number") {
          known.uid = value.value;
          slotsOfUids.set(Number(value.value), slot);
        }
        if (item === "FLAGS" && value.kind === "flags") known.flags = value.flags;
      }
      messages.set(slot, known);
    }
  }

  /** All behind it move down by one. */
  function remove(slot: number): void {
    numbers.remove(slot);
    messages.delete(slot);
  }

  function vanish(uids: UidSet): void {
    for (const { from, to } of uids) {
      const [low, high] = [Number(from), Number(to)];
      if (high - low < slotsOfUids.size) for (let uid = low; uid <= high; uid++) removeUid(uid);
      else for (const uid of [...slotsOfUids.keys()]) if (uid >= low && uid <= high) removeUid(uid);
    }
  }

  function removeUid(uid: number): void {
    const slot = slotsOfUids.get(uid);
    slotsOfUids.delete(uid);
    if (slot !== undefined) remove(slot);
  }

  function shown(slot: number, { uid, flags }: Known): readonly MessageFlags[] {
    const number = numbers.numberOf(slot);
    return number === undefined || flags === undefined ? [] : [{ number, uid, flags }];
  }

  return {
    take: (observation) => {
      if (observation.kind === "state") {
        numbers = createSequenceMap();
        messages = new Map();
        slotsOfUids = new Map();
      } else if (observation.kind === "response" && observation.response.kind === "data")
        takeData(observation.response);
    },
    all: (most) =>
      [...messages]
        .flatMap(([slot, known]) => shown(slot, known))
        .sort((one, other) => one.number - other.number)
        .slice(0, most),
  };
}
