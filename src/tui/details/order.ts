/**
 * The order in which a dialogue is read. A command is told of when all of it has come, after the `+` that its literals waited for;
 * it is read line by line, with each `+` where it was said.
 */
import type { Micros } from "../../core/base/time.ts";
import type { TranscriptRow } from "../../core/text/transcript.ts";
import type { Framed } from "./literals.ts";
import type { DialogueEntry } from "./material.ts";

/** An entry by its place in the dialogue, or some of its rows. */
export interface Unit {
  readonly place: number;
  readonly entry: DialogueEntry;
  /** Of a command that is read in pieces: the row that stands here, and which one it is. */
  readonly row?: { readonly row: TranscriptRow; readonly number: number };
}

export function readingOrder(
  dialogue: readonly DialogueEntry[],
  rowsOf: (framed: Framed) => readonly TranscriptRow[],
): readonly Unit[] {
  const units: Unit[] = [];
  dialogue.forEach((entry, place) => {
    if (entry.kind === "push" && isTwin(dialogue[place - 1], entry)) return;
    if (entry.kind !== "request" || entry.frame.literals.length === 0) {
      units.push({ place, entry });
      return;
    }
    const during: Unit[] = [];
    for (
      let last = units.at(-1);
      last !== undefined && begin(last.entry) >= entry.frame.startMicros;
      last = units.at(-1)
    ) {
      during.unshift(last);
      units.pop();
    }
    rowsOf(entry).forEach((row, number) => {
      while (number > 0 && during[0] !== undefined && begin(during[0].entry) <= row.atMicros) {
        units.push(...during.splice(0, 1));
      }
      units.push({ place, entry, row: { row, number } });
    });
    units.push(...during);
  });
  return units;
}

/** A push is told of twice, as a response and as a push; the first has its octets. */
function isTwin(before: DialogueEntry | undefined, entry: DialogueEntry): boolean {
  return before?.kind === "response" && entry.kind === "push" && before.response === entry.response;
}

function begin(entry: DialogueEntry): Micros {
  return entry.kind === "request" || entry.kind === "response" ? entry.frame.startMicros : entry.atMicros;
}
