/**
 * Lines that were written once and are wanted again: those of an item of a long list, as long as every fold among them is as it
 * was. So a key costs what it changes, however much is open.
 */
import type { DetailLine } from "./material.ts";

/** An item as it was written: its lines, and its folds with whether each was toggled. */
export interface KeptItem {
  readonly lines: readonly DetailLine[];
  readonly folds: ReadonlyMap<string, boolean>;
}

/** Of one document; whoever changes anything but its folds begins with new ones. */
export interface KeptLines {
  readonly of: (name: string, toggled: ReadonlySet<string>, write: () => KeptItem) => KeptItem;
}

export function createKeptLines(): KeptLines {
  const items = new Map<string, KeptItem>();
  return {
    of: (name, toggled, write) => {
      const known = items.get(name);
      if (known !== undefined && isAsItWas(known, toggled)) return known;
      const written = write();
      items.set(name, written);
      return written;
    },
  };
}

function isAsItWas({ folds }: KeptItem, toggled: ReadonlySet<string>): boolean {
  for (const [fold, was] of folds) if (toggled.has(fold) !== was) return false;
  return true;
}
