/** What is opened over or beneath the table: the details, and the pages that cover the screen. */
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Subject } from "../../core/text/explain.ts";
import type { Tab } from "../details/material.ts";
import type { RowNumber } from "../rows/row.ts";
import type { Effect, Step } from "./effect.ts";
import { cursorPosition, cursorRow, type Facts } from "./facts.ts";
import { toPosition } from "./move.ts";
import type { Page, State } from "./state.ts";
import { only, said } from "./step.ts";

export function openDetails(state: State, facts: Facts, tab: Tab): Step<State> {
  if (cursorRow(state, facts) === undefined) return only(said(state, "there is nothing to look into yet"));
  const opened = withTab({ ...state, place: "details", following: false }, tab);
  // The table may have become shorter.
  return only(toPosition(opened, facts, cursorPosition(opened, facts)));
}

export function withTab(state: State, tab: Tab): State {
  if (state.details.tab === tab) return state;
  return { ...state, details: { ...state.details, tab, top: 0, cursor: 0, unfolding: false } };
}

export function openSession(state: State, facts: Facts): Step<State> {
  const row = cursorRow(state, facts);
  const picked = facts.connections.all()[state.connectionCursor];
  const ofTable = row === undefined ? undefined : facts.rows.connection(row);
  const connection = state.place === "connections" ? picked?.id : ofTable;
  if (connection === undefined) return only(said(state, "there is no connection yet"));
  const atMicros =
    row === undefined || state.place === "connections" ? facts.nowMicros() : momentOf(facts, row);
  const session = { connection, atMicros, snapshot: undefined, messages: [], loading: true };
  const effect: Effect = { kind: "recallSession", connection, atMicros };
  return { state: { ...openPage(state, "session"), session }, effects: [effect] };
}

/** When what a row tells of was over. */
function momentOf({ rows, nowMicros }: Facts, row: RowNumber): number {
  const { exchange, atMicros } = rows.row(row);
  return exchange === undefined ? atMicros : (exchange.endMicros ?? nowMicros());
}

/** What the cursor is on: a line of the details, or all that a session shows; of a row of the table, all of it. */
export function explainThis(state: State, facts: Facts): Step<State> {
  if (state.place === "exchanges") return openDetails(state, facts, "words");
  const snapshot = state.session?.snapshot;
  const explained =
    state.place === "session"
      ? snapshot === undefined
        ? []
        : sessionSubjects(snapshot)
      : (facts.detailLines()[state.details.cursor]?.about ?? []);
  if (explained.length > 0) return only({ ...openPage(state, "explanation"), explained });
  return state.place === "session" ? only(state) : only(withTab(state, "words"));
}

/** Its state, what the server can do, what is enabled, and the flags of the mailbox. */
function sessionSubjects({
  state,
  capabilities = [],
  enabled,
  mailbox,
}: ConnectionSnapshot): readonly Subject[] {
  const flags = new Set([...(mailbox?.flags ?? []), ...(mailbox?.permanentFlags ?? [])]);
  return [
    { topic: "state", name: state },
    ...[...new Set([...enabled, ...capabilities])].map((name) => ({ topic: "capability", name }) as const),
    ...[...flags].map((name) => ({ topic: "flag", name }) as const),
  ];
}

/** A page over what is there: `back` uncovers it. */
export function openPage(state: State, place: Page): State {
  if (state.place === place) return state;
  return {
    ...state,
    place,
    beneath: [...state.beneath, state.place],
    scroll: { ...state.scroll, [place]: 0 },
  };
}
