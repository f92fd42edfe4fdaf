/** The figures of all rounds, and what is read of them: medians, and medians of ratios within a round. */
import { ROWS } from "./rows.mjs";

/** @typedef {ReturnType<typeof createResults>} Results */

export function createResults(rows = ROWS) {
  /** Figures by row, contender and key: one number a round. */
  const figures = new Map();
  const remarked = new Map();
  const at = (...words) => words.join("\n");

  function add(row, contender, round, sample) {
    for (const { key, of, ofProxy } of row.figures) {
      if (ofProxy && sample.cpuSeconds === undefined) continue;
      const place = at(row.name, contender, key);
      const values = figures.get(place) ?? new Map();
      values.set(round, of(sample));
      figures.set(place, values);
    }
  }

  const values = (row, contender, key) => figures.get(at(row, contender, key)) ?? new Map();

  return {
    rows,
    add,
    remark: (row, contender, text) => {
      const place = at(row, contender);
      remarked.set(place, new Set([...(remarked.get(place) ?? []), text]));
    },
    remarks: (row, contender) => [...(remarked.get(at(row, contender)) ?? [])],
    median: (row, contender, key) => median([...values(row, contender, key).values()]),
    /** Each round's own ratio first: what slowed a whole round slowed both. */
    ratio: (row, contender, key, to) => {
      const theirs = values(row, to, key);
      const ratios = [...values(row, contender, key)].map(([round, value]) => value / theirs.get(round));
      return median(ratios.filter(Number.isFinite));
    },
    unit: (row, key) =>
      rows.find(({ name }) => name === row)?.figures.find((figure) => figure.key === key)?.unit ?? "",
  };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return sorted.length === 0 ? undefined : (sorted[middle - 1] + sorted[middle]) / 2;
}
