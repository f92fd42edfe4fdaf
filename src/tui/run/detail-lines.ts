/** The lines of the details for the state as it is, made once for what they are made of. */

import { detailLines } from "../details/detail-lines.ts";
import type { DetailLine } from "../details/material.ts";
import type { State } from "../model/state.ts";

export interface DetailLines {
  readonly lines: () => readonly DetailLine[];
  readonly folds: () => readonly (string | undefined)[];
}

export function createDetailLines(state: () => State): DetailLines {
  let madeOf: readonly unknown[] = [];
  let made: readonly DetailLine[] = [];

  function lines(): readonly DetailLine[] {
    const { details, hidden, size } = state();
    const { material, tab, open } = details;
    const parts = [material, tab, open, hidden, size.columns];
    if (parts.every((part, i) => part === madeOf[i]) && parts.length === madeOf.length) return made;
    madeOf = parts;
    made =
      material === undefined
        ? [{ line: [{ text: "reading back …", style: "faint" }] }]
        : detailLines(material, tab, { columns: size.columns - 2, open, hidden });
    return made;
  }

  return { lines, folds: () => lines().map(({ fold }) => fold) };
}
