/** All that the screen remembers besides the rows themselves. Plain and never changed in place: `update` makes a new one. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Subject } from "../../core/text/explain.ts";
import type { Material, Tab } from "../details/material.ts";
import type { RowNumber } from "../rows/row.ts";
import type { KeyInput, Size } from "../terminal-types.ts";
import type { Place } from "./action.ts";
import type { Destination } from "./going.ts";
import type { Prompt } from "./prompt.ts";
import type { PromptKind } from "./prompt-kinds.ts";

export interface State {
  readonly size: Size;
  /** What fills the screen; `details` stand beneath the table where there is room, else in its place. */
  readonly place: Place;
  /** What the pages cover, the topmost last. */
  readonly beneath: readonly Place[];
  readonly cursor: RowNumber | undefined;
  /** The position of the first row shown. */
  readonly top: number;
  /** The cursor stays at the last row. */
  readonly following: boolean;
  /** Rows that began after this one are not shown. */
  readonly pausedAt: RowNumber | undefined;
  /** Whether the table followed when it was held still, and so does again when it is let go. */
  readonly followsAfterPause: boolean;
  readonly details: Details;
  readonly scroll: Readonly<Record<Page, number>>;
  /** What the explanation is of. */
  readonly explained: readonly Subject[];
  readonly connectionCursor: number;
  /** `undefined` shows all. */
  readonly picked: ReadonlySet<ConnectionId> | undefined;
  /** While connections are seen side by side: those with a lane of their own, from the left. */
  readonly lanes: readonly ConnectionId[] | undefined;
  readonly filter: FilterState | undefined;
  readonly prompt: Prompt | undefined;
  /** Lines that were accepted at each kind of prompt, the oldest first. */
  readonly history: ReadonlyMap<PromptKind, readonly string[]>;
  readonly marks: ReadonlySet<RowNumber>;
  readonly comments: ReadonlyMap<RowNumber, string>;
  readonly hidden: boolean;
  readonly session: SessionState | undefined;
  readonly recording: string | undefined;
  /** Whether recording can begin and end here. */
  readonly mayRecord: boolean;
  /** Said once, until the next key. */
  readonly message: Message | undefined;
  /** How far the capture has been read; `undefined` where all is known, or where it is live. */
  readonly reading: Share | undefined;
  /** Where to go once that is read or looked through, unless something is typed before. */
  readonly goingTo: Destination | undefined;
  /** The rows that `slowest` has shown, so that it goes on with the next. */
  readonly slowest: readonly RowNumber[];
  /** Keys that wait for what is being read back. */
  readonly typedAhead: readonly KeyInput[];
}

/** From 0 to 1, where one can know. */
export type Share = number | "unknown";

/** What covers the screen, scrolls as a whole, and is left with `back`. */
export type Page = Extract<Place, "help" | "session" | "explanation">;

export interface Details {
  readonly tab: Tab;
  readonly top: number;
  readonly cursor: number;
  /** Folds that are not as they stand at first. */
  readonly toggled: ReadonlySet<string>;
  /** Whether all are being opened, in turns. */
  readonly unfolding: boolean;
  /** Which row is read back, or was. */
  readonly row: RowNumber | undefined;
  /** Whether that is under way; until then the material is that of the row before. */
  readonly reading: boolean;
  readonly material: Material | undefined;
  readonly failure: string | undefined;
}

export interface FilterState {
  readonly text: string;
  /** Hides what does not match; else matches are only marked. */
  readonly only: boolean;
  /** While what came before is looked through: how much of it, from 0 to 1. */
  readonly searching: number | undefined;
  readonly matches: number;
}

export interface SessionState {
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
  readonly snapshot: ConnectionSnapshot | undefined;
  readonly messages: readonly MessageFlags[];
  readonly loading: boolean;
}

export interface MessageFlags {
  readonly number: number;
  readonly uid: string | undefined;
  readonly flags: readonly string[];
}

export interface Message {
  readonly text: string;
  readonly bad: boolean;
  /** Whether it may name hosts, files or people: not for a shared screen. */
  readonly names?: boolean;
}

export interface Beginning {
  readonly filter?: string | undefined;
  readonly recording?: string | undefined;
  readonly mayRecord?: boolean;
}

export function initialState(
  size: Size,
  { filter: text, recording, mayRecord = false }: Beginning = {},
): State {
  const filter = text === undefined ? undefined : { text, only: true, searching: undefined, matches: 0 };
  return {
    size,
    ...{ place: "exchanges", beneath: [], cursor: undefined, top: 0, following: true },
    ...{
      pausedAt: undefined,
      followsAfterPause: false,
      scroll: { help: 0, session: 0, explanation: 0 },
      explained: [],
      connectionCursor: 0,
      picked: undefined,
      lanes: undefined,
    },
    details: {
      ...{ tab: "dialogue", top: 0, cursor: 0, toggled: new Set(), unfolding: false, row: undefined },
      ...{ reading: false, material: undefined, failure: undefined },
    },
    ...{
      filter,
      prompt: undefined,
      history: new Map(),
      marks: new Set(),
      comments: new Map(),
      hidden: false,
    },
    ...{ session: undefined, recording, mayRecord, message: undefined, reading: undefined },
    ...{ goingTo: undefined, slowest: [], typedAhead: [] },
  };
}
