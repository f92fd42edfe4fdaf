/** Lists that each connection has, and that stay short in most of them, or grow by one and one. */

/** An array that is written to behind its end reserves 17 places; so many are worth to be copied instead. */
const FEW = 16;

/** Writes to a place of a list, or right behind its end; gives the list, or, while it is short, a new one of exactly its size. */
export function written<T>(list: T[], at: number, value: T): T[] {
  if (at < list.length || at >= FEW) {
    list[at] = value;
    return list;
  }
  return list.concat([value]);
}

/**
 * Writes to a place of a list. Most are written in a row, for which `push` is the quickest way as long as all lists are of one
 * kind to the engine: let one of numbers begin with an `undefined` at place 0, too.
 */
export function put<T>(list: T[], at: number, value: T): void {
  if (at === list.length) list.push(value);
  else list[at] = value;
}
