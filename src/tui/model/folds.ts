/**
 * Opens and closes all folds of a view. What is opened may be very much, so it is opened from the top in turns, each of so many
 * lines as a key may take to be answered.
 */
import type { DetailLine } from "../details/material.ts";
import type { Step } from "./effect.ts";
import type { Facts } from "./facts.ts";
import { settleDetails } from "./move.ts";
import type { State } from "./state.ts";
import { only, said } from "./step.ts";

/** So many lines may come to stand there by one key. */
const LINES = 5000;
/** Lines that come in one turn, or somewhat more. */
const LINES_OF_TURN = 300;
/** That a fold is thought to hold until some were opened, where it does not say. */
const LINES_OF_FOLD = 20;
/** How often the lines are made in one turn to see what has come to light. */
const LOOKS_OF_TURN = 4;

const MORE = "there is more than is opened at once: Enter opens a fold, Z closes all";

/** Opens all that are shut, as far as there is room; where none is shut, there is no room, or it is still opening, shuts all. */
export function turnAll(state: State, facts: Facts): Step<State> {
  const lines = facts.detailLines(state);
  const opens = !state.details.unfolding && lines.length < LINES && shutIn(lines).length > 0;
  if (opens) return unfold(state, facts);
  const open = lines.filter((line) => line.open === true);
  const shut = withTurned({ ...state, details: { ...state.details, unfolding: false } }, open);
  return only(kept(shut, facts, lines, placeAbove));
}

/** Opens some of those that are shut, with those that come to light by it; what is left waits for the next turn. */
export function unfold(state: State, facts: Facts): Step<State> {
  const before = facts.detailLines(state);
  const end = Math.min(LINES, before.length + LINES_OF_TURN);
  let turned = state;
  let lines = before;
  let shut = shutIn(lines);
  let linesEach = LINES_OF_FOLD;
  for (let looks = 0; looks < LOOKS_OF_TURN && shut.length > 0 && lines.length < end; looks++) {
    const some = upTo(end - lines.length, shut, linesEach);
    turned = withTurned(turned, some);
    const more = facts.detailLines(turned);
    // Those that follow may hold more than these did.
    linesEach = Math.max((more.length - lines.length) / some.length, linesEach / 2, 1);
    lines = more;
    shut = shutIn(lines);
  }
  const unfolding = shut.length > 0 && lines.length < LINES;
  const opened = kept({ ...turned, details: { ...turned.details, unfolding } }, facts, before, placeBelow);
  if (unfolding) return { state: opened, effects: [{ kind: "unfold" }] };
  return only(shut.length === 0 ? opened : said(opened, MORE));
}

function shutIn(lines: readonly DetailLine[]): readonly DetailLine[] {
  return lines.filter((line) => line.open === false);
}

/** The first of some folds, as many as so many lines come of; one at least. */
function upTo(room: number, shut: readonly DetailLine[], linesEach: number): readonly DetailLine[] {
  let left = room;
  const end = shut.findIndex(({ items = linesEach }) => {
    left -= items;
    return left <= 0;
  });
  return end === -1 ? shut : shut.slice(0, end + 1);
}

function withTurned(state: State, folds: readonly DetailLine[]): State {
  const toggled = new Set(state.details.toggled);
  for (const { fold } of folds) if (fold !== undefined && !toggled.delete(fold)) toggled.add(fold);
  return { ...state, details: { ...state.details, toggled } };
}

/** Where a line stands among other ones. */
type Place = (at: number, before: readonly DetailLine[], after: readonly DetailLine[]) => number;

/** The cursor stays on its line, and that where it is on the screen. */
function kept(state: State, facts: Facts, before: readonly DetailLine[], place: Place): State {
  const { cursor, top } = state.details;
  const at = place(cursor, before, facts.detailLines(state));
  return settleDetails(
    { ...state, details: { ...state.details, cursor: at, top: at - (cursor - top) } },
    facts,
  );
}

/** Where only folds were opened: a line stands as far before the next fold, or the end, as it stood. */
function placeBelow(at: number, before: readonly DetailLine[], after: readonly DetailLine[]): number {
  const fold = before.slice(at).find((line) => line.fold !== undefined)?.fold;
  if (fold === undefined) return after.length - (before.length - at);
  const next = before.findIndex((line, i) => i >= at && line.fold === fold);
  return after.findIndex((line) => line.fold === fold) - (next - at);
}

/** Where all folds were shut: the nearest above it that is still to be seen, if it stood in one. */
function placeAbove(at: number, before: readonly DetailLine[], after: readonly DetailLine[]): number {
  const left = new Map(after.flatMap(({ fold }, i) => (fold === undefined ? [] : [[fold, i] as const])));
  for (let above = at; above >= 0; above--) {
    const fold = before[above]?.fold;
    const found = fold === undefined ? undefined : left.get(fold);
    if (found !== undefined) return found;
  }
  return at;
}
