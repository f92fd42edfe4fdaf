/** Opens and closes all folds of a view at once. */
import { groupDigits } from "../../core/text/octets.ts";
import type { Facts } from "./facts.ts";
import type { State } from "./state.ts";
import { said } from "./step.ts";

/** Folds that are opened at once: beneath each may stand a hundred lines, or a mail that is to be decoded. */
const MOST = 500;

/** Opens all that are shut, those that come to light by it too, or shuts all where none is. */
export function turnAll(state: State, facts: Facts): State {
  const toggled = new Set(state.details.toggled);
  let opened = 0;
  for (;;) {
    const folds = facts
      .detailLines(toggled)
      .flatMap(({ fold, open }) => (fold === undefined ? [] : [{ fold, open }]));
    const shut = folds.filter(({ open }) => open !== true);
    const turned = opened === 0 && shut.length === 0 ? folds : shut.slice(0, MOST - opened);
    if (turned.length === 0) break;
    for (const { fold } of turned) if (!toggled.delete(fold)) toggled.add(fold);
    if (shut.length === 0) break;
    opened += turned.length;
  }
  const turned = { ...state, details: { ...state.details, toggled } };
  return opened < MOST ? turned : said(turned, `${groupDigits(opened)} folds were opened; Z opens more`);
}
