/** The prompt as a part of the screen: what is asked for, and what becomes of the answer. */
import type { Micros } from "../../core/base/time.ts";
import { NOTHING_SEEN, type Seen } from "../../core/query/field-values.ts";
import type { Input } from "../terminal-types.ts";
import type { Effect, Happening, Step } from "./effect.ts";
import { cursorRow, type Facts } from "./facts.ts";
import { go } from "./going.ts";
import type { TimeTarget } from "./jump-target.ts";
import { clickPrompt, openPrompt, updatePrompt } from "./prompt.ts";
import type { PromptKind, PromptValue } from "./prompt-kinds.ts";
import type { State } from "./state.ts";
import { bad, only } from "./step.ts";

/** Lines that are remembered of each kind of prompt. */
const HISTORY = 100;

/** While content is hidden, what was typed before does not come to light either. */
export function askFor(state: State, facts: Facts, kind: PromptKind, text = ""): State {
  const history = state.hidden ? [] : (state.history.get(kind) ?? []);
  return { ...state, prompt: openPrompt(kind, seenIn(state, facts), { text, history }) };
}

/** What was answered could not be done: asks again, with what was typed. */
export function askAgain(
  state: State,
  facts: Facts,
  { prompt: kind, text, reason }: Extract<Happening, { kind: "refused" }>,
): State {
  // Whoever types something else by now is not disturbed.
  if (state.prompt !== undefined) return bad(state, reason);
  const history = state.history.get(kind) ?? [];
  const error = { column: 1, message: reason };
  return { ...state, prompt: openPrompt(kind, seenIn(state, facts), { text, history, error }) };
}

/** Takes everything that is typed while a prompt is open, and clicks on it; elsewhere the mouse has no part in it. */
export function takePromptInput(state: State, input: Input, facts: Facts): Step<State> {
  const { prompt } = state;
  if (prompt === undefined) return only(state);
  if (input.kind !== "key" && input.kind !== "paste") {
    const target = input.kind === "click" ? facts.promptAt(prompt, state.size, input.x, input.y) : undefined;
    if (target === undefined) return only(state);
    return only({ ...state, prompt: clickPrompt(prompt, target, seenIn(state, facts)) });
  }
  const result = updatePrompt(prompt, input, seenIn(state, facts));
  switch (result.kind) {
    case "open":
      return { state: { ...state, prompt: result.prompt }, effects: [] };
    case "cancelled":
      return { state: { ...state, prompt: undefined }, effects: [] };
    case "accepted": {
      const { kind } = prompt;
      const lines = [...(state.history.get(kind) ?? []).filter((line) => line !== result.text), result.text];
      const history = new Map(state.history).set(kind, lines.slice(-HISTORY));
      return answered({ ...state, prompt: undefined, history }, facts, result.value, result.text);
    }
  }
}

/** What completions may offer: no names of mailboxes and users while content is hidden. */
function seenIn({ hidden }: State, facts: Facts): Seen {
  return hidden ? NOTHING_SEEN : facts.seen();
}

function answered(state: State, facts: Facts, value: PromptValue, text: string): Step<State> {
  switch (value.kind) {
    case "filter":
      return withFilter(state, text);
    case "tag":
      return only(go(state, facts, { kind: "tag", tag: value.tag, from: 0 }));
    case "time":
      return only(go(state, facts, { kind: "time", atMicros: momentOf(value.target, facts) }));
    case "comment": {
      const row = cursorRow(state, facts);
      if (row === undefined) return only(state);
      const comments = new Map(state.comments);
      if (value.comment === "") comments.delete(row);
      else comments.set(row, value.comment);
      return { state: { ...state, comments }, effects: [{ kind: "note", row }] };
    }
    case "saveAs":
      return { state, effects: [{ kind: "save", path: value.path }] };
    case "recordTo":
      return { state, effects: [{ kind: "record", path: value.path }] };
  }
}

function withFilter(state: State, text: string): Step<State> {
  const effect: Effect = { kind: "choose", filterChanged: true };
  if (text.trim() === "") return { state: { ...state, filter: undefined }, effects: [effect] };
  const filter = { text, only: state.filter?.only ?? true, searching: 0, matches: 0 };
  return { state: { ...state, filter }, effects: [effect] };
}

/** A time of day is that of the day on which the capture began, or of the next one where it had passed by then. */
function momentOf(target: TimeTarget, { startedAt }: Facts): Micros {
  if (target.kind === "offset" || startedAt === undefined) return target.micros;
  const midnight = new Date(startedAt);
  midnight.setHours(0, 0, 0, 0);
  const since = (midnight.getTime() - startedAt.getTime()) * 1000 + target.micros;
  return since < 0 ? since + DAY_MICROS : since;
}

const DAY_MICROS = 24 * 3600 * 1_000_000;
