/** Joins notes and rows: those that are kept find their rows as these are read, and those that are made name theirs. */
import type { Note } from "../../core/notes.ts";
import type { RowNote } from "../model/effect.ts";
import type { RowNumber, Rows } from "../rows/row.ts";

export interface Notes {
  /** Looks whether a note waits for a row that has just begun. */
  readonly offer: (row: RowNumber) => void;
  /** The notes that have found their rows since this was asked last. */
  readonly found: () => readonly RowNote[];
  /** The note of a row. */
  readonly noteOf: (given: RowNote) => Note;
}

/** Rows of one moment come together; so many are looked at. */
const BEFORE = 64;

export function createNotes(rows: Rows, kept: readonly Note[]): Notes {
  /** Those without a row yet, by their times. */
  const waiting = new Map<number, Note[]>();
  for (const note of kept) {
    const others = waiting.get(note.atMicros);
    if (others === undefined) waiting.set(note.atMicros, [note]);
    else others.push(note);
  }
  let found: RowNote[] = [];

  /** Which of several rows that have the same name, from 1. */
  function nthOf(number: RowNumber): number {
    const { kind, label } = rows.row(number);
    let nth = 1;
    for (let before = number - 1; before >= Math.max(0, number - BEFORE); before--) {
      if (rows.at(before) !== rows.at(number) || rows.kind(before) !== kind) continue;
      if (rows.connection(before) === rows.connection(number) && rows.row(before).label === label) nth++;
    }
    return nth;
  }

  return {
    offer: (number) => {
      if (waiting.size === 0) return;
      const moment = Math.round(rows.at(number));
      const notes = waiting.get(moment);
      if (notes === undefined) return;
      const { connection, kind, label } = rows.row(number);
      const nth = nthOf(number);
      const at = notes.findIndex(
        (each) =>
          each.connection === connection && each.kind === kind && each.label === label && each.nth === nth,
      );
      const [note] = at === -1 ? [] : notes.splice(at, 1);
      if (note === undefined) return;
      if (notes.length === 0) waiting.delete(moment);
      found.push({ row: number, marked: note.marked, comment: note.comment });
    },
    found: () => {
      const now = found;
      found = [];
      return now;
    },
    noteOf: ({ row, marked, comment }) => {
      const { connection, atMicros, kind, label } = rows.row(row);
      return { connection, atMicros, kind, label, nth: nthOf(row), marked, comment };
    },
  };
}
