/**
 * Which rows are shown, in order: all of them, or those of some connections, or those that match a filter. Positions are
 * places in this list; rows keep their numbers.
 */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { RowNumber, Rows } from "./row.ts";

export interface RowList {
  readonly length: () => number;
  readonly at: (position: number) => RowNumber | undefined;
  /** The position of a row, or of the first behind it where it is not shown. */
  readonly positionOf: (row: RowNumber) => number;
  readonly has: (row: RowNumber) => boolean;
}

/** Says of a row whether it is shown. */
export type Shows = (row: RowNumber) => boolean;

export interface ChangingRowList extends RowList {
  /** A row began, or what decides about it has changed. */
  readonly offer: (row: RowNumber) => void;
  /** Decides about all rows anew; without a test, all are shown. */
  readonly choose: (shows: Shows | undefined) => void;
}

export function createRowList(rows: Rows): ChangingRowList {
  let shows: Shows | undefined;
  let numbers = new Uint32Array(1024);
  let length = 0;

  function positionOf(row: RowNumber): number {
    if (shows === undefined) return Math.min(row, rows.count());
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[middle] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function insert(position: number, row: RowNumber): void {
    append(row);
    if (position === length - 1) return;
    numbers.copyWithin(position + 1, position, length - 1);
    numbers[position] = row;
  }

  function append(row: RowNumber): void {
    if (length === numbers.length) {
      const grown = new Uint32Array(length * 2);
      grown.set(numbers);
      numbers = grown;
    }
    numbers[length++] = row;
  }

  return {
    length: () => (shows === undefined ? rows.count() : length),
    at: (position) => {
      if (position < 0) return undefined;
      if (shows === undefined) return position < rows.count() ? position : undefined;
      return position < length ? numbers[position] : undefined;
    },
    positionOf,
    has: (row) =>
      shows === undefined ? row < rows.count() : numbers[positionOf(row)] === row && positionOf(row) < length,
    offer: (row) => {
      if (shows === undefined) return;
      const position = positionOf(row);
      const listed = position < length && numbers[position] === row;
      const wanted = shows(row);
      if (wanted && !listed) insert(position, row);
      if (!wanted && listed) {
        numbers.copyWithin(position, position + 1, length);
        length--;
      }
    },
    choose: (test) => {
      shows = test;
      length = 0;
      if (test === undefined) return;
      const count = rows.count();
      for (let row = 0; row < count; row++) if (test(row)) append(row);
    },
  };
}

/** A growing set of rows, a bit each. */
export interface RowSet {
  readonly has: (row: RowNumber) => boolean;
  readonly set: (row: RowNumber, on: boolean) => void;
}

export function createRowSet(): RowSet {
  let bits = new Uint8Array(1024);
  return {
    has: (row) => ((bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0,
    set: (row, on) => {
      const octet = row >>> 3;
      if (octet >= bits.length) {
        const grown = new Uint8Array(Math.max(octet + 1, bits.length * 2));
        grown.set(bits);
        bits = grown;
      }
      const bit = 1 << (row & 7);
      bits[octet] = on ? (bits[octet] ?? 0) | bit : (bits[octet] ?? 0) & ~bit;
    },
  };
}

/** What decides which rows are shown: picked connections, and what matches, where there is a filter. */
export function showsOf(
  rows: Rows,
  picked: ReadonlySet<ConnectionId> | undefined,
  matched: RowSet | undefined,
): Shows | undefined {
  if (picked === undefined) return matched?.has;
  const isPicked = (row: RowNumber): boolean => picked.has(rows.connection(row));
  return matched === undefined ? isPicked : (row) => isPicked(row) && matched.has(row);
}
