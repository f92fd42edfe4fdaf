/**
 * Keys that are typed ahead: as long as what they are about is being read back they wait, and are taken in their order
 * when it is there. What asks nothing of it is done at once, unless something waits already.
 */
import type { KeyInput } from "../terminal-types.ts";
import { type ActionName, actionOf } from "./action.ts";
import { isMovement } from "./move.ts";
import type { State } from "./state.ts";

/** Keys that may wait; more is no typing. */
const MOST = 200;

/** What is about the lines that are being read back; so is every movement. */
const OF_LINES: ReadonlySet<ActionName> = new Set<ActionName>(["toggle", "toggleAll", "explain"]);

/** The ways out, which forget what waits. */
const OUT: ReadonlySet<string> = new Set(["escape", "C-c", "C-z"]);

/** Whether what has the keys is being read back. */
export function isReadingBack({ place, details, session }: State): boolean {
  return place === "details" ? details.reading : place === "session" && session?.loading === true;
}

export function mustWait(state: State, { name }: KeyInput): boolean {
  if (!isReadingBack(state) || state.prompt !== undefined || OUT.has(name)) return false;
  if (state.typedAhead.length > 0) return true;
  const action = actionOf(name, state.place);
  return action !== undefined && (isMovement(action) || OF_LINES.has(action));
}

export function withTypedAhead(state: State, key: KeyInput): State {
  return state.typedAhead.length >= MOST ? state : { ...state, typedAhead: [...state.typedAhead, key] };
}
