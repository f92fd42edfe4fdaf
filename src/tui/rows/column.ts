/** A column of numbers that grows without being copied: a million rows cost what their numbers take, and no pause. */

/** Numbers a chunk. */
const CHUNK = 65_536;

type Numbers = Float64Array | Float32Array | Uint32Array | Uint8Array;

export interface Column {
  /** 0 where nothing was set. */
  readonly get: (row: number) => number;
  readonly set: (row: number, value: number) => void;
}

export function createColumn(type: new (length: number) => Numbers): Column {
  const chunks: Numbers[] = [];
  return {
    get: (row) => chunks[row >>> 16]?.[row & (CHUNK - 1)] ?? 0,
    set: (row, value) => {
      const at = row >>> 16;
      let chunk = chunks[at];
      if (chunk === undefined) {
        chunk = new type(CHUNK);
        chunks[at] = chunk;
      }
      chunk[row & (CHUNK - 1)] = value;
    },
  };
}
