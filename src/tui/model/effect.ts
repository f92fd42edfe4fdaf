/** What `update` asks of the world; whoever runs the screen does it, and tells what came of it as an event. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Exchange } from "../../core/exchange/exchange.ts";
import type { WantedMail } from "../details/literals.ts";
import type { DecodedMail } from "../details/mail.ts";
import type { Material } from "../details/material.ts";
import type { RowNumber } from "../rows/row.ts";
import type { Input, KeyInput, Size } from "../terminal-types.ts";
import type { MessageFlags, Share } from "./state.ts";

export type Effect =
  /** Reads back what a row is about; a newer one takes its place. */
  | { readonly kind: "recall"; readonly row: RowNumber }
  | { readonly kind: "decode"; readonly mails: readonly WantedMail[] }
  | { readonly kind: "recallSession"; readonly connection: ConnectionId; readonly atMicros: Micros }
  /** The filter or the picked connections have changed: decides anew which rows are shown. */
  | { readonly kind: "choose"; readonly filterChanged: boolean }
  | { readonly kind: "copy"; readonly row: RowNumber; readonly as: "transcript" | "json" }
  | { readonly kind: "save"; readonly path: string }
  | { readonly kind: "record"; readonly path: string | undefined }
  | { readonly kind: "note"; readonly row: RowNumber }
  /** What these keys waited for is there: they are to be typed now. */
  | { readonly kind: "type"; readonly keys: readonly KeyInput[] }
  /** More folds are to be opened, once others had their turn. */
  | { readonly kind: "unfold" }
  | { readonly kind: "suspend" }
  | { readonly kind: "quit" };

/** A mark, a comment or both, at a row. */
export interface RowNote {
  readonly row: RowNumber;
  readonly marked: boolean;
  readonly comment: string | undefined;
}

/** What happened, to the model. */
export type Happening =
  | { readonly kind: "input"; readonly input: Input }
  | { readonly kind: "resize"; readonly size: Size }
  /** Rows began or changed, or others are shown now; notes that were kept have found some of them, and so many match. */
  | { readonly kind: "rows"; readonly notes?: readonly RowNote[]; readonly matches?: number | undefined }
  | { readonly kind: "recalled"; readonly row: RowNumber; readonly material: Material }
  /** The exchange that is looked into goes on: it stands so now. */
  | { readonly kind: "progress"; readonly row: RowNumber; readonly exchange: Exchange }
  | { readonly kind: "decoded"; readonly mails: ReadonlyMap<string, DecodedMail> }
  | { readonly kind: "unfold" }
  | { readonly kind: "recallFailed"; readonly row: RowNumber; readonly reason: string }
  | {
      readonly kind: "session";
      readonly connection: ConnectionId;
      readonly snapshot: ConnectionSnapshot | undefined;
      readonly messages: readonly MessageFlags[];
    }
  | { readonly kind: "sessionFailed"; readonly connection: ConnectionId; readonly reason: string }
  | { readonly kind: "searched"; readonly share: number | undefined; readonly matches: number }
  | { readonly kind: "reading"; readonly share: Share | undefined }
  /** What was answered at a prompt could not be done. */
  | {
      readonly kind: "refused";
      readonly prompt: "saveAs" | "recordTo";
      readonly text: string;
      readonly reason: string;
    }
  | { readonly kind: "recording"; readonly path: string | undefined }
  /** With `names`, of hosts, files or people. */
  | { readonly kind: "said"; readonly text: string; readonly bad: boolean; readonly names?: boolean };

/** A state and what is to be done. */
export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}
