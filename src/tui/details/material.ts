/** What the details of a row are made of, and what comes of it. */
import type { Micros } from "../../core/base/time.ts";
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
import type { Subject } from "../../core/text/explain.ts";
import type { Line } from "../view/style.ts";
import type { DecodedMail } from "./mail.ts";

/** What stands in the dialogue of an exchange. */
export type DialogueEntry =
  | RequestObservation
  | ResponseObservation
  | PushObservation
  | DefectObservation
  | StateObservation
  | NoticeObservation;

/** Everything known of one exchange, read back at full depth, in the order of what happened. */
export interface ExchangeMaterial {
  readonly kind: "exchange";
  /** As it is now: over, or still in flight. */
  readonly exchange: Exchange;
  /**
   * Requests of the exchange; responses attributed to it, possibly its own, or come during it; pushes, defects and changes of
   * state during it. Only ever grows at its end while the exchange is in flight: folds are named by the places in it.
   */
  readonly dialogue: readonly DialogueEntry[];
  /** Observations left out because there were too many. */
  readonly leftOut: number;
  /** The id by which observations of `dialogue` name it. */
  readonly id: ExchangeId;
  /** What was known of the connection when it ended. */
  readonly connection: ConnectionSnapshot | undefined;
  /** Mails of `dialogue` that were decoded so far, by the fold of their literal; see {@link mailsWanted}. */
  readonly mails: ReadonlyMap<string, DecodedMail>;
}

/** A row that is no exchange. */
export interface EventMaterial {
  readonly kind: "event";
  readonly observation: Observation;
  /** For a push: the response with its frame. */
  readonly response: ResponseObservation | undefined;
  readonly connection: ConnectionSnapshot | undefined;
  readonly mails: ReadonlyMap<string, DecodedMail>;
}

export type Material = ExchangeMaterial | EventMaterial;

export const TABS = ["dialogue", "structure", "timings", "words"] as const;
export type Tab = (typeof TABS)[number];

/** A line of the details. Lines with a fold open and close what belongs beneath them. */
export interface DetailLine {
  readonly line: Line;
  /** Names the fold within the document; the same for the same thing each time. */
  readonly fold?: string;
  /** For a fold: whether it is open. */
  readonly open?: boolean;
  /** For the fold of a range: how many items it holds, each of a line at least. */
  readonly items?: number;
  /** What can be explained of the line, the most telling first. */
  readonly about?: readonly Subject[];
}

export interface DetailOptions {
  readonly columns: number;
  /** Folds that are not as they stand at first, by name: one that begins shut is open, and the other way round. */
  readonly toggled: ReadonlySet<string>;
  /** Shows no content of mail and no names: for a shared screen. */
  readonly hidden: boolean;
  /** When something happened, as the screen writes it elsewhere. */
  readonly clock: (atMicros: Micros) => string;
  /** What a person wrote beside the row. */
  readonly comment?: string | undefined;
  /** Decodes the encoded words of a header (RFC 2047 §2); gives the text back as it is until the decoder is there. */
  readonly decodeWords: (text: string) => string;
}
