/** Drives the model without a screen: keys in, states and effects out. */

import type { Observation } from "../../../src/core/observation.ts";
import { NOTHING_SEEN } from "../../../src/core/query/field-values.ts";
import type { Effect, Happening } from "../../../src/tui/model/effect.ts";
import type { Facts } from "../../../src/tui/model/facts.ts";
import { cursorRow } from "../../../src/tui/model/facts.ts";
import { initialState, type State } from "../../../src/tui/model/state.ts";
import { update } from "../../../src/tui/model/update.ts";
import { createConnectionTable } from "../../../src/tui/rows/connection-table.ts";
import { createRowList, createRowSet, type RowSet } from "../../../src/tui/rows/row-list.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { promptAt } from "../../../src/tui/view/prompt.ts";
import { completed, opened, started, TIMINGS } from "../../observations.ts";

export interface Acting {
  readonly facts: Facts & { matched: RowSet | undefined };
  readonly list: ReturnType<typeof createRowList>;
  state: State;
  /** Of the last happening. */
  effects: readonly Effect[];
  readonly add: (...observations: Observation[]) => void;
  readonly happen: (happening: Happening) => void;
  /** Keys by name; a text in quotes is typed: `press("/", '"cmd:noop"', "enter")`. */
  readonly press: (...keys: string[]) => void;
  /** The tag, or the label, of the row at the cursor. */
  readonly at: () => string | undefined;
}

export function acting(rows = 24, columns = 80): Acting {
  const store = createRowStore();
  const list = createRowList(store);
  const connections = createConnectionTable();
  const facts: Acting["facts"] = {
    ...{ rows: store, list, connections, matched: undefined },
    detailLines: () => [],
    pageLines: () => 100,
    promptAt,
    seen: () => NOTHING_SEEN,
    nowMicros: () => 1e9,
    behindMicros: () => 0,
    startedAt: new Date(2026, 10, 29, 12, 0, 0),
  };
  const actor: Acting = {
    facts,
    list,
    state: initialState({ columns, rows }),
    effects: [],
    add: (...observations) => {
      for (const observation of observations) {
        connections.add(observation);
        const row = store.add(observation);
        if (row !== undefined) list.offer(row);
      }
      actor.happen({ kind: "rows" });
    },
    happen: (happening) => {
      const step = update(actor.state, happening, facts);
      actor.state = step.state;
      actor.effects = step.effects;
    },
    press: (...keys) => {
      for (const key of keys) {
        const typed = key.startsWith('"') ? [...key.slice(1, -1)] : [undefined];
        for (const text of typed) {
          const name = text === " " ? "space" : (text ?? key);
          const writes = text ?? (key.length === 1 ? key : undefined);
          actor.happen({ kind: "input", input: { kind: "key", name, text: writes } });
        }
      }
    },
    at: () => {
      const row = cursorRow(actor.state, facts);
      return row === undefined ? undefined : store.row(row).label;
    },
  };
  return actor;
}

/** As many exchanges as statuses, with tags a1, a2 …, a second apart; each takes as many milliseconds as its number. */
export function exchanges(...statuses: readonly ("OK" | "NO" | "BAD")[]): Observation[] {
  return statuses.flatMap((status, i) => {
    const sentMicros = (i + 1) * 1e6;
    const timings = { ...TIMINGS, sentMicros, completedMicros: sentMicros + (i + 1) * 1000 };
    const fields = { id: i + 1, tag: `a${i + 1}`, timings };
    return [started(fields), completed({ ...fields, status })];
  });
}

export function manyExchanges(count: number): Observation[] {
  return [opened(), ...exchanges(...Array.from({ length: count }, () => "OK" as const))];
}

export { createRowSet };
