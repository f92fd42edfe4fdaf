/**
 * The model: what happens and the state give the next state, and what is to be done. Pure: it reads rows and never changes
 * them, and knows no terminal, file or clock.
 */

import { mailsWanted } from "../details/literals.ts";
import type { Material } from "../details/material.ts";
import { actionOf } from "./action.ts";
import { doAction } from "./do-action.ts";
import type { Effect, Happening, RowNote, Step } from "./effect.ts";
import { cursorRow, type Facts } from "./facts.ts";
import { unfold } from "./folds.ts";
import { goOn } from "./going.ts";
import { settleLanes } from "./lanes.ts";
import { takeMouse } from "./mouse.ts";
import { settleDetails, settleTable } from "./move.ts";
import { askAgain, takePromptInput } from "./prompting.ts";
import type { State } from "./state.ts";
import { only } from "./step.ts";
import { isReadingBack, mustWait, withTypedAhead } from "./typed-ahead.ts";

export function update(state: State, happening: Happening, facts: Facts): Step<State> {
  return withWaitingKeys(withDetails(withLanes(take(state, happening, facts), facts), facts));
}

/** Who comes in sight gets a lane. */
function withLanes(step: Step<State>, facts: Facts): Step<State> {
  const { state, effects } = step;
  return state.lanes === undefined ? step : { state: settleLanes(state, facts), effects };
}

/** Keys that waited are typed once what they waited for is there. */
function withWaitingKeys(step: Step<State>): Step<State> {
  const { state, effects } = step;
  const { typedAhead: keys } = state;
  if (keys.length === 0 || isReadingBack(state)) return step;
  return { state: { ...state, typedAhead: [] }, effects: [...effects, { kind: "type", keys }] };
}

function take(state: State, happening: Happening, facts: Facts): Step<State> {
  switch (happening.kind) {
    case "input":
      return takeInput(state, happening, facts);
    case "resize":
      return only(settleDetails(settleTable({ ...state, size: happening.size }, facts), facts));
    case "rows": {
      const { notes = [], matches = state.filter?.matches ?? 0 } = happening;
      const filter = state.filter && { ...state.filter, matches };
      return only(goOn(settleTable(withNotes({ ...state, filter }, notes), facts), facts));
    }
    case "recalled": {
      const { row, material } = happening;
      if (row !== state.details.row) return only(state);
      const { reading, material: before } = state.details;
      // What is read back again only grows at its end: mails that were decoded stand where they stood.
      const mails =
        reading || before === undefined ? material.mails : new Map([...before.mails, ...material.mails]);
      return only(withMaterial(state, { ...material, mails }, facts));
    }
    case "progress": {
      const { row, exchange } = happening;
      const { material } = state.details;
      if (row !== state.details.row || state.details.reading || material?.kind !== "exchange")
        return only(state);
      return only(withMaterial(state, { ...material, exchange }, facts));
    }
    case "decoded": {
      const { material } = state.details;
      if (material === undefined) return only(state);
      const mails = new Map([...material.mails, ...happening.mails]);
      const details = { ...state.details, material: { ...material, mails } };
      return only(settleDetails({ ...state, details }, facts));
    }
    case "unfold":
      return state.place === "details" && state.details.unfolding ? unfold(state, facts) : only(state);
    case "recallFailed": {
      const { row, reason } = happening;
      // What is there stays where it cannot be read back again.
      if (row !== state.details.row || !state.details.reading) return only(state);
      const details = { ...state.details, reading: false, material: undefined, failure: reason };
      return only({ ...state, details });
    }
    case "session": {
      const { connection, snapshot, messages } = happening;
      if (state.session?.connection !== connection) return only(state);
      return only({ ...state, session: { ...state.session, snapshot, messages, loading: false } });
    }
    case "sessionFailed": {
      const { connection, reason } = happening;
      if (state.session?.connection !== connection) return only(state);
      return only({
        ...state,
        session: { ...state.session, loading: false },
        message: { text: reason, bad: true, names: true },
      });
    }
    case "searched": {
      const { share, matches } = happening;
      const filter = state.filter && { ...state.filter, searching: share, matches };
      return only(goOn(settleTable({ ...state, filter }, facts), facts));
    }
    case "reading":
      return only(goOn({ ...state, reading: happening.share }, facts));
    case "refused":
      return only(askAgain(state, facts, happening));
    case "recording":
      return only({ ...state, recording: happening.path });
    case "said": {
      const { kind: _, ...message } = happening;
      return only({ ...state, message });
    }
  }
}

function withMaterial(state: State, material: Material, facts: Facts): State {
  const details = { ...state.details, reading: false, material, failure: undefined };
  return settleDetails({ ...state, details }, facts);
}

function withNotes(state: State, notes: readonly RowNote[]): State {
  if (notes.length === 0) return state;
  const marks = new Set(state.marks);
  const comments = new Map(state.comments);
  for (const { row, marked, comment } of notes) {
    if (marked) marks.add(row);
    if (comment !== undefined) comments.set(row, comment);
  }
  return { ...state, marks, comments };
}

function takeInput(
  before: State,
  { input }: Extract<Happening, { kind: "input" }>,
  facts: Facts,
): Step<State> {
  if (input.kind === "key" && mustWait(before, input)) return only(withTypedAhead(before, input));
  // A way out forgets what waited.
  const typedAhead = input.kind === "key" ? [] : before.typedAhead;
  const state = { ...before, message: undefined, goingTo: undefined, typedAhead };
  if (state.prompt !== undefined) return takePromptInput(state, input, facts);
  if (input.kind === "paste") return only(state);
  if (input.kind !== "key") return takeMouse(state, input, facts);
  const action = actionOf(input.name, state.place);
  return action === undefined ? only(before) : doAction(state, facts, action);
}

/** What is shown of the details must be of the row at the cursor: a new one is read back, and mails are decoded as they open. */
function withDetails(step: Step<State>, facts: Facts): Step<State> {
  const { state, effects } = step;
  if (state.place !== "details") return step;
  const { details } = state;
  const row = cursorRow(state, facts);
  if (row !== undefined && row !== details.row && !effects.some(isRecall)) {
    const emptied = { ...details, row, top: 0, cursor: 0, toggled: new Set<string>(), unfolding: false };
    return {
      state: { ...state, details: { ...emptied, reading: true, failure: undefined } },
      effects: [...effects, { kind: "recall", row }],
    };
  }
  const { material, toggled } = details;
  const mails = material === undefined ? [] : mailsWanted(material, toggled);
  return mails.length === 0 ? step : { state, effects: [...effects, { kind: "decode", mails }] };
}

function isRecall({ kind }: Effect): boolean {
  return kind === "recall";
}
