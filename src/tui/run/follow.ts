/**
 * Keeps the details of an exchange that is in flight true. How it stands is asked of the observer on each tick, and told when it
 * is over. Its dialogue is read back again then, at once; and before that where something has come since, but so seldom that it
 * takes a small share of the time, however much there is to be read.
 */
import type { Exchange } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import type { Happening } from "../model/effect.ts";
import type { State } from "../model/state.ts";
import type { RowNumber, Rows } from "../rows/row.ts";

export interface Follow {
  /** Takes everything that is observed, with the row that it began or changed. */
  readonly take: (observation: Observation, row: RowNumber | undefined) => void;
  /** What is looked at may have changed. */
  readonly look: () => void;
  /** Time has passed. */
  readonly tick: () => void;
}

export interface FollowOptions {
  readonly rows: Pick<Rows, "status" | "connection" | "underWay">;
  readonly state: () => State;
  readonly happen: (happening: Happening) => void;
  /** Settles when a row is read back, or will not be. */
  readonly readBack: (row: RowNumber) => Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  readonly nowMs?: () => number;
}

/** What is read back again rests for so long, */
const REST_MS = 1000;
/** and for so many times what it took, as new lines do of which the figures changed. */
const REST_FACTOR = 20;

export function createFollow({
  rows,
  state,
  happen,
  readBack,
  nowMs = () => performance.now(),
}: FollowOptions): Follow {
  /** The row that is looked at, and the figures that were told of it. */
  let followed: RowNumber | undefined;
  let told = "";
  /** Something has come since it was read back. */
  let news = false;
  let reading = false;
  /** The row that was read back because it was over. */
  let ended: RowNumber | undefined;
  /** What is read back for the first time, and since when. */
  let first: { readonly row: RowNumber; readonly beganMs: number } | undefined;
  let tellAtMs = 0;
  let readAtMs = 0;

  /** The row that is looked at, where it was in flight when it was read back. */
  function running(): RowNumber | undefined {
    const { place, details } = state();
    const { row, material } = details;
    if (place !== "details" || row === undefined) return undefined;
    if (details.reading) {
      if (first?.row !== row) first = { row, beganMs: nowMs() };
      return undefined;
    }
    if (material?.kind !== "exchange" || material.exchange.end !== "inFlight") return undefined;
    if (followed !== row) {
      [followed, told, news] = [row, "", false];
      tellAtMs = 0;
      readAtMs = restedAt(first?.row === row ? first.beganMs : nowMs(), REST_MS);
    }
    return row;
  }

  function look(): void {
    const row = running();
    // Once: what is no longer kept in full does not show its end.
    if (row === undefined || rows.status(row) === "open" || ended === row) return;
    ended = row;
    void readBack(row);
  }

  function tick(): void {
    look();
    const row = running();
    if (row === undefined || rows.status(row) !== "open") return;
    tell(row);
    if (news && !reading && nowMs() >= readAtMs && mayShowMore()) void readAgain(row);
  }

  /** Where lines are left out already, none would come of it. */
  function mayShowMore(): boolean {
    const { material } = state().details;
    return material?.kind === "exchange" && material.leftOut === 0;
  }

  function tell(row: RowNumber): void {
    const began = nowMs();
    const exchange = began < tellAtMs ? undefined : rows.underWay(row);
    const figures = exchange && figuresOf(exchange);
    if (exchange === undefined || figures === undefined || figures === told) return;
    told = figures;
    news = true;
    happen({ kind: "progress", row, exchange });
    tellAtMs = restedAt(began, 0);
  }

  async function readAgain(row: RowNumber): Promise<void> {
    const began = nowMs();
    reading = true;
    news = false;
    await readBack(row);
    reading = false;
    readAtMs = restedAt(began, REST_MS);
  }

  function restedAt(began: number, leastMs: number): number {
    const now = nowMs();
    return now + Math.max(leastMs, REST_FACTOR * (now - began));
  }

  return {
    take: (observation, changed) => {
      const { row } = state().details;
      if (row === undefined) return;
      if (rows.connection(row) === observation.connection) news = true;
      if (row !== changed || running() === undefined || observation.kind !== "exchange") return;
      look();
      happen({ kind: "progress", row, exchange: observation.exchange });
    },
    look,
    tick,
  };
}

/** What of a picture changes while an exchange goes on; its lists are those of every picture of it. */
function figuresOf({ octets, attributed, timings, defects }: Exchange): string {
  const { certain, likely, ambiguous } = attributed;
  const { sentEndMicros, firstResponseMicros, continuationMicros, idleMicros } = timings;
  return [
    ...[octets.clientToServer, octets.serverToClient, certain, likely, ambiguous],
    ...[sentEndMicros, firstResponseMicros, continuationMicros.length, idleMicros, defects.length],
  ].join();
}
