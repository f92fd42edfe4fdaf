/** The mouse: the wheel moves, and a click puts the cursor where it is; where the cursor is already, a click is Enter. */
import type { MouseInput } from "../terminal-types.ts";
import { doAction } from "./do-action.ts";
import type { Step } from "./effect.ts";
import { cursorPosition, type Facts, shownLength } from "./facts.ts";
import { connectionRows, connectionsTop, layoutOf } from "./layout.ts";
import { move, toPosition } from "./move.ts";
import type { State } from "./state.ts";
import { only } from "./step.ts";

/** Lines that a turn of the wheel moves. */
const WHEEL_LINES = 3;

export function takeMouse(state: State, input: MouseInput, facts: Facts): Step<State> {
  if (input.kind === "click") return click(state, input, facts);
  const name = input.kind === "wheelUp" ? "up" : "down";
  let moved = state;
  for (let i = 0; i < WHEEL_LINES; i++) moved = move(moved, facts, name);
  return only(moved);
}

function click(state: State, { y }: MouseInput, facts: Facts): Step<State> {
  const { table, details, page } = layoutOf(state.size, state.place);
  switch (state.place) {
    case "connections":
      return clickConnection(state, facts, y - page.y - 1);
    case "exchanges":
    case "details": {
      const row = y - table.y - 1;
      if (row >= 0 && row < table.rows - 1) return clickRow(state, facts, row);
      const line = y - details.y - 1;
      return line < 0 || line >= details.rows - 1 ? only(state) : clickLine(state, facts, line);
    }
    default:
      return only(state);
  }
}

function clickConnection(state: State, facts: Facts, line: number): Step<State> {
  const { length } = facts.connections.all();
  const top = connectionsTop(state.size, state.connectionCursor, length);
  const connectionCursor = top + line;
  if (line < 0 || line >= Math.min(connectionRows(state.size), length - top)) return only(state);
  return connectionCursor === state.connectionCursor
    ? doAction(state, facts, "pickOnly")
    : only({ ...state, connectionCursor });
}

function clickRow(state: State, facts: Facts, row: number): Step<State> {
  if (state.top + row >= shownLength(state, facts)) return only(state);
  const moved = { ...toPosition(state, facts, state.top + row), following: false };
  const wasThere = cursorPosition(state, facts) === cursorPosition(moved, facts);
  return wasThere && state.place === "exchanges" ? doAction(moved, facts, "open") : only(moved);
}

function clickLine(state: State, facts: Facts, line: number): Step<State> {
  const cursor = Math.max(0, Math.min(state.details.top + line, facts.detailLines().length - 1));
  return cursor === state.details.cursor
    ? doAction(state, facts, "toggle")
    : only({ ...state, details: { ...state.details, cursor } });
}
