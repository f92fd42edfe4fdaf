/** What each action does (action.ts says what it is called, and which keys it has). */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Tab } from "../details/material.ts";
import { TABS } from "../details/material.ts";
import type { RowNumber } from "../rows/row.ts";
import type { ActionName } from "./action.ts";
import { captureName } from "./capture-name.ts";
import type { Step } from "./effect.ts";
import { cursorPosition, cursorRow, type Facts } from "./facts.ts";
import { findFrom, findSlowest, isDefect, isFailure } from "./find.ts";
import { turnAll } from "./folds.ts";
import { turnLanes } from "./lanes.ts";
import { isMovement, type MovementName, move, settleTable, toPosition, toRow } from "./move.ts";
import { explainThis, openDetails, openPage, openSession, withTab } from "./pages.ts";
import { askFor } from "./prompting.ts";
import type { State } from "./state.ts";
import { bad, only, said } from "./step.ts";

export function doAction(state: State, facts: Facts, action: ActionName): Step<State> {
  const goesOn = action === "slowest" ? state : { ...state, slowest: [] };
  return isMovement(action) ? only(move(goesOn, facts, action)) : DOES[action](goesOn, facts);
}

type Does = (state: State, facts: Facts) => Step<State>;

const DOES: Readonly<Record<Exclude<ActionName, MovementName>, Does>> = {
  previousRow: (state, facts) => only(stepRow(state, facts, -1)),
  nextRow: (state, facts) => only(stepRow(state, facts, 1)),

  open: (state, facts) => openDetails(state, facts, state.details.tab),
  toggle: (state, facts) => {
    const fold = facts.detailLines()[state.details.cursor]?.fold;
    if (fold === undefined) return only(state);
    const toggled = flipped(state.details.toggled, fold);
    return only({ ...state, details: { ...state.details, toggled, unfolding: false } });
  },
  toggleAll: turnAll,
  nextTab: (state) => only(withTab(state, tabFrom(state.details.tab, 1))),
  previousTab: (state) => only(withTab(state, tabFrom(state.details.tab, -1))),
  dialogue: (state, facts) => openDetails(state, facts, "dialogue"),
  structure: (state, facts) => openDetails(state, facts, "structure"),
  timings: (state, facts) => openDetails(state, facts, "timings"),
  words: (state, facts) => openDetails(state, facts, "words"),
  explain: explainThis,
  connections: (state) =>
    only(
      state.place === "connections" ? { ...state, place: "exchanges" } : { ...state, place: "connections" },
    ),
  lanes: (state, facts) => only(turnLanes(state, facts)),
  session: openSession,
  help: (state) => only(openPage(state, "help")),
  hide: (state) =>
    only(said({ ...state, hidden: !state.hidden }, state.hidden ? "content is shown" : "content is hidden")),

  filter: (state, facts) =>
    only(askFor(state, facts, "filter", state.hidden ? "" : (state.filter?.text ?? ""))),
  matchesOnly: (state) => {
    if (state.filter === undefined) return only(said(state, "there is no filter: / asks for one"));
    const filter = { ...state.filter, only: !state.filter.only };
    return { state: { ...state, filter }, effects: [{ kind: "choose", filterChanged: false }] };
  },
  nextMatch: (state, facts) => goToMatch(state, facts, 1),
  previousMatch: (state, facts) => goToMatch(state, facts, -1),
  nextFailure: (state, facts) =>
    goTo(state, facts, 1, isFailure(facts.rows), "no further NO, BAD or lost command"),
  previousFailure: (state, facts) => goTo(state, facts, -1, isFailure(facts.rows), "none before"),
  nextDefect: (state, facts) => goTo(state, facts, 1, isDefect(facts.rows), "no further defect"),
  previousDefect: (state, facts) => goTo(state, facts, -1, isDefect(facts.rows), "no defect before"),
  slowest: (state, facts) => {
    const again = findSlowest(state, facts, state.slowest);
    // Once all were shown it begins anew.
    const row = again ?? findSlowest(state, facts, []);
    if (row === undefined) return only(said(state, "no exchange is over yet"));
    const slowest = again === undefined ? [row] : [...state.slowest, row];
    return only({ ...toRow(state, facts, row), slowest });
  },
  goToTag: (state, facts) => only(askFor(state, facts, "tag")),
  goToTime: (state, facts) => only(askFor(state, facts, "time")),
  pick: (state, facts) => {
    const id = facts.connections.all()[state.connectionCursor]?.id;
    return id === undefined ? only(state) : choose(state, flipped(state.picked ?? new Set(), id));
  },
  pickOnly: (state, facts) => {
    const id = facts.connections.all()[state.connectionCursor]?.id;
    return id === undefined ? only(state) : choose({ ...state, place: "exchanges" }, new Set([id]));
  },
  pickAll: (state) => choose(state, undefined),
  pickThis: (state, facts) => {
    const row = cursorRow(state, facts);
    return row === undefined ? only(state) : choose(state, new Set([facts.rows.connection(row)]));
  },

  follow: (state, facts) =>
    only(settleTable({ ...state, following: !state.following, pausedAt: undefined }, facts)),
  pause: (state, facts) => {
    if (state.pausedAt !== undefined) return only(settleTable(letGo(state), facts));
    const { following } = state;
    const pausedAt = facts.rows.count() - 1;
    return only({ ...state, pausedAt, following: false, followsAfterPause: following });
  },
  mark: (state, facts) => {
    const row = cursorRow(state, facts);
    if (row === undefined) return only(state);
    return { state: { ...state, marks: flipped(state.marks, row) }, effects: [{ kind: "note", row }] };
  },
  nextMark: (state, facts) => {
    const isMarked = (row: RowNumber): boolean => state.marks.has(row) || state.comments.has(row);
    return goTo(state, facts, 1, isMarked, "no further mark");
  },
  comment: (state, facts) => {
    const row = cursorRow(state, facts);
    if (row === undefined) return only(state);
    const comment = state.comments.get(row);
    if (comment !== undefined && state.hidden)
      return only(said(state, "there is a comment, which is hidden: H shows it"));
    return only(askFor(state, facts, "comment", comment ?? ""));
  },
  copyTranscript: (state, facts) => copy(state, facts, "transcript"),
  copyJson: (state, facts) => copy(state, facts, "json"),
  save: (state, facts) => {
    const not = whyNotSaved(state, facts);
    return only(not === undefined ? askFor(state, facts, "saveAs", captureName(facts)) : said(state, not));
  },
  record: (state, facts) => {
    const { recording, mayRecord } = state;
    if (!mayRecord) return only(bad(state, whyNotRecorded(recording)));
    return recording === undefined
      ? only(askFor(state, facts, "recordTo", captureName(facts)))
      : { state, effects: [{ kind: "record", path: undefined }] };
  },

  back,
  suspend: (state) => ({ state, effects: [{ kind: "suspend" }] }),
  quit: (state) => ({ state, effects: [{ kind: "quit" }] }),
};

function stepRow(state: State, facts: Facts, step: 1 | -1): State {
  return { ...toPosition(state, facts, cursorPosition(state, facts) + step), following: false };
}

function back(state: State, facts: Facts): Step<State> {
  switch (state.place) {
    case "help":
    case "session":
    case "explanation":
      return only({
        ...state,
        place: state.beneath.at(-1) ?? "exchanges",
        beneath: state.beneath.slice(0, -1),
      });
    case "connections":
      return only({ ...state, place: "exchanges" });
    case "details":
      return only(toPosition({ ...state, place: "exchanges" }, facts, cursorPosition(state, facts)));
    case "exchanges":
      if (state.filter === undefined && state.picked === undefined)
        return only(settleTable({ ...letGo(state), lanes: undefined }, facts));
      return {
        state: { ...state, filter: undefined, picked: undefined },
        effects: [{ kind: "choose", filterChanged: state.filter !== undefined }],
      };
  }
}

/** The table goes on as it was when it was held still. */
function letGo(state: State): State {
  if (state.pausedAt === undefined) return state;
  return { ...state, pausedAt: undefined, following: state.followsAfterPause };
}

/** What is marked is known; what is shown may be still coming to light. */
function whyNotSaved(state: State, { list }: Facts): string | undefined {
  const { marks, reading, filter } = state;
  if (marks.size > 0) return undefined;
  if (reading !== undefined) return "it is still being read: mark what to save (m), or wait";
  if (filter?.searching !== undefined)
    return "the filter is still looked through: mark what to save (m), or wait";
  return list.length() === 0
    ? "there is nothing to save: nothing is marked, and nothing is shown"
    : undefined;
}

function whyNotRecorded(recording: string | undefined): string {
  return recording === undefined
    ? "there is nothing to record: this is a capture"
    : `it is recorded already, to ${recording}, as long as the proxy runs`;
}

function goTo(
  state: State,
  facts: Facts,
  step: 1 | -1,
  is: (row: RowNumber) => boolean,
  otherwise: string,
): Step<State> {
  const row = findFrom(state, facts, step, is);
  return only(row === undefined ? said(state, otherwise) : toRow(state, facts, row));
}

function goToMatch(state: State, facts: Facts, step: 1 | -1): Step<State> {
  const { matched } = facts;
  if (matched === undefined) return only(said(state, "there is no filter: / asks for one"));
  return goTo(state, facts, step, matched.has, step === 1 ? "no further match" : "no match before");
}

function choose(state: State, picked: ReadonlySet<ConnectionId> | undefined): Step<State> {
  const none = picked === undefined || picked.size === 0;
  return {
    state: { ...state, picked: none ? undefined : picked },
    effects: [{ kind: "choose", filterChanged: false }],
  };
}

function copy(state: State, facts: Facts, as: "transcript" | "json"): Step<State> {
  const row = cursorRow(state, facts);
  return row === undefined ? only(state) : { state, effects: [{ kind: "copy", row, as }] };
}

function tabFrom(tab: Tab, step: number): Tab {
  return TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab;
}

function flipped<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const changed = new Set(set);
  if (!changed.delete(member)) changed.add(member);
  return changed;
}
