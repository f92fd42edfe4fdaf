/** Neighbours of one kind as runs, so that ten thousand equal lines can stand as one. */
export interface Run {
  readonly first: number;
  readonly count: number;
}

/** Runs of at least `least` neighbours with the same key; what has no key, or too few of its kind about it, stands alone. */
export function runsOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
  least: number,
): readonly Run[] {
  const runs: Run[] = [];
  let first = 0;
  let key: string | undefined;
  const close = (end: number): void => {
    if (end - first >= least && key !== undefined) runs.push({ first, count: end - first });
    else for (let place = first; place < end; place++) runs.push({ first: place, count: 1 });
  };
  items.forEach((item, place) => {
    const next = keyOf(item);
    if (place > 0 && next !== undefined && next === key) return;
    close(place);
    first = place;
    key = next;
  });
  close(items.length);
  return runs;
}
