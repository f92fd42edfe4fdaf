/** Options that may be given more than once. */

/** For options that are given once for each value, so that they do not take the upstream for another value. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
