/** The messages of the selected mailbox whose flags were told, folded from what the server said (RFC 9051 §7.4, §7.5). */

import type { DataResponse } from "../../core/imap/response.ts";
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
  /** By message sequence number. */
  let messages = new Map<number, Known>();

  function takeData({ name, number, data }: DataResponse): void {
    if (data.kind === "vanished" && !data.earlier) {
      for (const { from, to } of data.uids) vanish(Number(from), Number(to));
    } else if (number === undefined) return;
    else if (name === "EXPUNGE") expunge(number);
    else if (data.kind === "fetch" && name === "FETCH") {
      const known = messages.get(number) ?? { uid: undefined, flags: undefined };
      for (const { name: item, value } of data.items) {
        if (item === "UID" && value.kind === "number") known.uid = value.value;
        if (item === "FLAGS" && value.kind === "flags") known.flags = value.flags;
      }
      messages.set(number, known);
    }
  }

  /** All behind it move down by one. */
  function expunge(number: number): void {
    const moved = new Map<number, Known>();
    for (const [other, known] of messages) {
      if (other !== number) moved.set(other > number ? other - 1 : other, known);
    }
    messages = moved;
  }

  function vanish(from: number, to: number): void {
    const gone = [...messages].filter(([, { uid }]) => Number(uid) >= from && Number(uid) <= to);
    for (const [number] of gone.reverse()) expunge(number);
  }

  return {
    take: (observation) => {
      if (observation.kind === "state") messages = new Map();
      else if (observation.kind === "response" && observation.response.kind === "data")
        takeData(observation.response);
    },
    all: (most) =>
      [...messages]
        .filter(([, { flags }]) => flags !== undefined)
        .sort(([one], [other]) => one - other)
        .slice(0, most)
        .map(([number, { uid, flags }]) => ({ number, uid, flags: flags ?? [] })),
  };
}
