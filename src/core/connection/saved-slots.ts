/**
 * A column by slot as a plain value, in chunks. A chunk that says what it said when the column was saved last is shared with
 * that: so one of a large mailbox can be saved often.
 */

/** Chunks by number; none where nothing is in it. */
export type SavedSlots<T> = readonly (SavedChunk<T> | undefined)[];
type SavedChunk<T> = readonly (T | undefined)[];

const CHUNK = 256;
/** Where so few slots of a column are in use, they are looked for instead of walking all. */
const SPARSE = 8;

export function saveSlots<T>(
  column: readonly (T | undefined)[],
  used: number,
  before: SavedSlots<T> = [],
): SavedSlots<T> {
  const saved: (SavedChunk<T> | undefined)[] = [];
  const save = (number: number): void => {
    const old = before[number];
    const start = number * CHUNK;
    saved[number] = old !== undefined && says(column, start, old) ? old : chunkAt(column, start);
  };
  if (SPARSE * used >= column.length) {
    for (let number = 0; number * CHUNK < column.length; number++) save(number);
  } else {
    const occupied = new Set<number>();
    for (const slot in column) occupied.add(Math.floor(Number(slot) / CHUNK));
    for (const number of occupied) save(number);
  }
  return saved;
}

function says<T>(column: readonly (T | undefined)[], start: number, chunk: SavedChunk<T>): boolean {
  for (let i = 0; i < CHUNK; i++) if (!isSame(column[start + i], chunk[i])) return false;
  return true;
}

/** Lists are the same where their items are. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item, i) => item === other[i]);
}

function chunkAt<T>(column: readonly (T | undefined)[], start: number): SavedChunk<T> | undefined {
  const chunk = column.slice(start, start + CHUNK);
  return chunk.some((value) => value !== undefined) ? chunk : undefined;
}

export function restoredSlots<T>(saved: SavedSlots<T>): (T | undefined)[] {
  const column: (T | undefined)[] = [];
  saved.forEach((chunk, number) => {
    chunk?.forEach((value, i) => {
      if (value !== undefined) column[number * CHUNK + i] = value;
    });
  });
  return column;
}

/** Slots that are not shared with what was saved before, and a place for each chunk. */
export function slotsOf<T>(saved: SavedSlots<T>, before: SavedSlots<T> = []): number {
  let slots = saved.length;
  saved.forEach((chunk, number) => {
    if (chunk !== undefined && chunk !== before[number]) slots += CHUNK;
  });
  return slots;
}
