/**
 * Connections side by side: which of them have a lane of their own. Those that are picked have one; or else who is in sight,
 * and keeps it while it is open, unless others in sight need the room. Where more are in sight than there is room for, the
 * last lane is for all that have none.
 */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { Size } from "../terminal-types.ts";
import { cursorRow, type Facts, rowsInSight } from "./facts.ts";
import type { State } from "./state.ts";

/** Cells before the lanes: marks, and the time. */
export const LANES_FROM = 16;
/** A lane has the line of its connection and at least 25 cells of text beside it. */
const LANE_LEAST = 28;
/** Rows that are looked at above those in sight, for connections that have been quiet since. */
const LOOKED_ABOVE = 1000;

type Lanes = readonly ConnectionId[];

export function lanesThatFit({ columns }: Size): number {
  return Math.max(1, Math.floor((columns - LANES_FROM) / LANE_LEAST));
}

/** Shows connections side by side, those around the cursor to begin with; or one table again. */
export function turnLanes(state: State, facts: Facts): State {
  if (state.lanes !== undefined && state.place === "exchanges") return { ...state, lanes: undefined };
  const shown: State = { ...state, place: "exchanges" };
  return { ...shown, lanes: firstLanes(shown, facts) };
}

/** The lanes after rows came, went or moved, or others were picked. */
export function settleLanes(state: State, facts: Facts): State {
  const { lanes: before = [], picked } = state;
  const own = picked === undefined ? before : before.filter((id) => picked.has(id));
  const lanes = nextLanes(state, facts, own);
  const same = before.length === lanes.length && lanes.every((id, i) => id === before[i]);
  return same ? state : { ...state, lanes };
}

function nextLanes(state: State, facts: Facts, own: Lanes): Lanes {
  const { picked, size } = state;
  const fit = lanesThatFit(size);
  if (picked !== undefined && picked.size <= fit) return ascending(picked);
  const seen = connectionsInSight(state, facts);
  const coming = seen.filter((id) => !own.includes(id));
  const isOpen = openInSight(state, facts);
  if (seen.length > fit) {
    // Who is open stays although it is out of sight: many that take turns would not let lanes stand still.
    const staying = own.filter((id) => seen.includes(id) || isOpen(id));
    return [...staying, ...coming].slice(0, fit - 1);
  }
  const absent = own.filter((id) => !seen.includes(id));
  // Where nothing is in sight, as behind a page, nobody is over yet.
  const over = seen.length === 0 ? [] : absent.filter((id) => !isOpen(id));
  const surplus = own.length - over.length + coming.length - fit;
  const leaving = absent.filter((id) => !over.includes(id)).slice(0, Math.max(0, surplus));
  const gone = new Set([...over, ...leaving]);
  const lanes = own.flatMap((id) => (gone.has(id) ? coming.splice(0, 1) : [id]));
  return coming.reduce(withLane, lanes);
}

/** Before the first of a higher number, so that who goes and comes again has its place. */
function withLane(lanes: Lanes, id: ConnectionId): Lanes {
  const at = lanes.findIndex((other) => other > id);
  return at === -1 ? [...lanes, id] : [...lanes.slice(0, at), id, ...lanes.slice(at)];
}

/** Of those in sight the busiest, where there is no room for all; else all, and who has been quiet on a mailbox of theirs. */
function firstLanes(state: State, facts: Facts): Lanes {
  const { rows, list, connections } = facts;
  const fit = lanesThatFit(state.size);
  const seen = connectionsInSight(state, facts);
  if (seen.length > fit) return ascending(busiest(state, facts).slice(0, fit - 1));
  const isOpen = openInSight(state, facts);
  const moment = momentInSight(state, facts);
  const mailboxOf = (id: ConnectionId): string | undefined => {
    const selection = connections.selectionAt(id, moment);
    return selection?.stands === true && isOpen(id) ? selection.mailbox : undefined;
  };
  const mailboxes = new Set(seen.map(mailboxOf));
  const found = new Set(seen);
  for (let at = state.top - 1; at >= Math.max(0, state.top - LOOKED_ABOVE) && found.size < fit; at--) {
    const id = rows.connection(list.at(at) ?? 0);
    const mailbox = mailboxOf(id);
    if (mailbox !== undefined && mailboxes.has(mailbox)) found.add(id);
  }
  return ascending(found);
}

/** That at the cursor first. */
function busiest(state: State, facts: Facts): Lanes {
  const counts = new Map<ConnectionId, number>();
  const { connection } = facts.rows;
  for (const id of rowsInSight(state, facts).map(connection)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const cursor = cursorRow(state, facts);
  if (cursor !== undefined) counts.set(connection(cursor), Number.POSITIVE_INFINITY);
  return [...counts].sort(([, one], [, other]) => other - one).map(([id]) => id);
}

/** Each once, in the order in which they come. */
function connectionsInSight(state: State, facts: Facts): Lanes {
  return [...new Set(rowsInSight(state, facts).map(facts.rows.connection))];
}

/** Whether a connection was open at the last row in sight. */
function openInSight(state: State, facts: Facts): (id: ConnectionId) => boolean {
  const moment = momentInSight(state, facts);
  return (id) => facts.connections.isOpenAt(id, moment);
}

function momentInSight(state: State, facts: Facts): Micros {
  const last = rowsInSight(state, facts).at(-1);
  return last === undefined ? facts.nowMicros() : facts.rows.at(last);
}

function ascending(ids: Iterable<ConnectionId>): Lanes {
  return [...ids].sort((one, other) => one - other);
}
