/**
 * What imapscope should reach, as ratios to peers or as limits. A goal that cannot be judged, because its peer was left out,
 * is neither passed nor missed.
 */
import { REFERENCE } from "./contenders.mjs";

const MITMPROXY = "mitmproxy, recording";
const FULL = "imapscope";
const BARE = "imapscope, no recording";

/** At most or at least so many times another's figure, or, without `to`, so much. */
const atMost = (row, key, limit, to, who = FULL) => ({
  row,
  key,
  limit,
  to,
  who,
  holds: (x) => x <= limit,
  sign: "≤",
});
const atLeast = (row, key, limit, to, who = FULL) => ({
  row,
  key,
  limit,
  to,
  who,
  holds: (x) => x >= limit,
  sign: "≥",
});

const GOALS = [
  atMost("download", "cpu", 1.8, REFERENCE),
  atLeast("download", "rate", 0.6, REFERENCE),
  atLeast("download", "rate", 2, MITMPROXY),
  atMost("download", "cpu", 1.4, REFERENCE, BARE),
  atMost("envelopes", "cpu", 2.5, REFERENCE),
  atLeast("envelopes", "rate", 0.4, REFERENCE),
  atLeast("envelopes", "rate", 1.5, MITMPROXY),
  atMost("envelopes", "cpu", 2, REFERENCE, BARE),
  atMost("round trip", "p50", 1.2, REFERENCE),
  atMost("dribble", "p50", 400),
  atMost("connections", "cpu", 1.7, REFERENCE),
  atMost("idle", "memory", 80),
  atMost("push", "took", 100),
  atMost("memory", "memory", 300),
];

/**
 * @param {import("./results.mjs").Results} results
 * @returns those that can be judged, each with its value and whether it is reached
 */
export function judged(results) {
  return GOALS.flatMap((goal) => {
    const { row, key, who, to, limit, sign } = goal;
    const value = to === undefined ? results.median(row, who, key) : results.ratio(row, who, key, to);
    if (value === undefined) return [];
    // Figures of an analysis that gave up are no figures of an analysis.
    const gaveUp = results.remarks(row, who).length > 0;
    const times = to === undefined ? "" : ` × ${to}'s`;
    const text = `${who}: ${row}, ${results.unit(row, key)} ${sign} ${limit}${times}`;
    return [{ text, value, passed: goal.holds(value) && !gaveUp, gaveUp }];
  });
}
