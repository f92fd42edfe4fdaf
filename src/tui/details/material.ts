/** What the details of a row are made of, and what comes of it. */
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Exchange, ExchangeId } from "../../core/exchange/exchange.ts";
import type {
  DefectObservation,
  NoticeObservation,
  Observation,
  PushObservation,
  RequestObservation,
  ResponseObservation,
  StateObservation,
} from "../../core/observation.ts";
import type { Line } from "../view/style.ts";

/** Everything known of one exchange, read back at full depth, in the order of what happened. */
export interface ExchangeMaterial {
  readonly kind: "exchange";
  /** As it is now: over, or still in flight. */
  readonly exchange: Exchange;
  /** Requests of the exchange; responses attributed to it or possibly its own; pushes, defects and changes of state during it. */
  readonly dialogue: readonly (
    | RequestObservation
    | ResponseObservation
    | PushObservation
    | DefectObservation
    | StateObservation
    | NoticeObservation
  )[];
  /** Observations left out because there were too many. */
  readonly leftOut: number;
  /** The id by which observations of `dialogue` name it. */
  readonly id: ExchangeId;
  /** What was known of the connection when it ended. */
  readonly connection: ConnectionSnapshot | undefined;
}

/** A row that is no exchange. */
export interface EventMaterial {
  readonly kind: "event";
  readonly observation: Observation;
  /** For a push: the response with its frame. */
  readonly response: ResponseObservation | undefined;
  readonly connection: ConnectionSnapshot | undefined;
}

export type Material = ExchangeMaterial | EventMaterial;

export const TABS = ["dialogue", "structure", "timings", "words"] as const;
export type Tab = (typeof TABS)[number];

/** A line of the details. Lines with a fold open and close what belongs beneath them. */
export interface DetailLine {
  readonly line: Line;
  /** Names the fold within the document; the same for the same thing each time. */
  readonly fold?: string;
}

export interface DetailOptions {
  readonly columns: number;
  /** Folds that are open, by name. */
  readonly open: ReadonlySet<string>;
  /** Shows no content of mail and no names: for a shared screen. */
  readonly hidden: boolean;
}
