/** Steps of the model that ask nothing of the world. */
import type { Step } from "./effect.ts";
import type { State } from "./state.ts";

export function only(state: State): Step<State> {
  return { state, effects: [] };
}

/** With a sentence in the last line, until the next key. */
export function said(state: State, text: string): State {
  return { ...state, message: { text, bad: false } };
}

/** With what went wrong there. */
export function bad(state: State, text: string): State {
  return { ...state, message: { text, bad: true } };
}
