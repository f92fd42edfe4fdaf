/** Where records of a script lie until one is asked for again: in memory here, in a file where whoever loads a script has one. */

export interface Shelf {
  /** Takes octets, which must not change afterwards; gives the place where they lie. */
  readonly put: (octets: Uint8Array) => number;
  /** The octets that were put there. @throws the system's error */
  readonly get: (place: number) => Uint8Array;
}

export function createShelf(): Shelf {
  const kept: Uint8Array[] = [];
  return {
    put: (octets) => kept.push(octets) - 1,
    get: (place) => kept[place] ?? new Uint8Array(0),
  };
}
