/** Lists that each connection has, and that stay short in most of them. */

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
