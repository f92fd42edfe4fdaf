/** Opens and closes all folds of a view at once. */
import type { Facts } from "./facts.ts";
import type { State } from "./state.ts";
import { said } from "./step.ts";

/** So many lines may come to stand there by one key, which is answered at once. */
const LINES = 5000;
/** That a fold opens at most, or nearly so. */
const LINES_OF_FOLD = 100;
/** Fewer folds than that are not worth making all lines anew. */
const FOLDS_LEAST = 10;

const MORE = "there is more than is opened at once: Enter opens a fold, Z closes all";

/**
 * Opens all that are shut, with those that come to light by it, as far as there is room. Where none is shut, or there is no
 * room, shuts all.
 */
export function turnAll(state: State, facts: Facts): State {
  let turned = state;
  for (;;) {
    const lines = facts.detailLines(turned);
    const shut = lines.flatMap(({ fold, open }) => (fold === undefined || open === true ? [] : [fold]));
    const room = Math.floor((LINES - lines.length) / LINES_OF_FOLD);
    if (shut.length === 0 || room < FOLDS_LEAST) {
      const open = lines.flatMap(({ fold, open }) => (fold !== undefined && open === true ? [fold] : []));
      if (turned === state) return withTurned(state, open);
      return shut.length === 0 ? turned : said(turned, MORE);
    }
    turned = withTurned(turned, shut.slice(0, room));
  }
}

function withTurned(state: State, folds: readonly string[]): State {
  const toggled = new Set(state.details.toggled);
  for (const fold of folds) if (!toggled.delete(fold)) toggled.add(fold);
  return { ...state, details: { ...state.details, toggled } };
}
