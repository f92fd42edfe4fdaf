/** Opens and closes all folds of a view at once. */
import { groupDigits } from "../../core/text/octets.ts";
import type { Facts } from "./facts.ts";
import type { State } from "./state.ts";
import { said } from "./step.ts";

/** Folds that are opened at once: beneath each may stand a hundred lines, or a mail that is to be decoded. */
const MOST = 500;

/** Opens all that are shut, those that come to light by it too, or shuts all where none is. */
export function turnAll(state: State, facts: Facts): State {
  let turned = state;
  let opened = 0;
  for (;;) {
    const folds = facts
      .detailLines(turned)
      .flatMap(({ fold, open }) => (fold === undefined ? [] : [{ fold, open }]));
    const shut = folds.filter(({ open }) => open !== true);
    if (shut.length === 0) return opened === 0 ? withTurned(turned, folds) : turned;
    if (opened >= MOST) break;
    const some = shut.slice(0, MOST - opened);
    turned = withTurned(turned, some);
    opened += some.length;
  }
  return said(turned, `${groupDigits(opened)} folds were opened; Z opens more`);
}

function withTurned(state: State, folds: readonly { readonly fold: string }[]): State {
  const toggled = new Set(state.details.toggled);
  for (const { fold } of folds) if (!toggled.delete(fold)) toggled.add(fold);
  return { ...state, details: { ...state.details, toggled } };
}
