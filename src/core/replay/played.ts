/** What became of each command that a client sent to a replay: the facts of which its report is made. */
import type { Micros } from "../base/time.ts";
import type { Mismatch } from "./mismatch.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";

export interface Played {
  /** Numbers the connections of the replay from 1. */
  readonly client: number;
  /** On the clock of the replay. */
  readonly atMicros: Micros;
  readonly request: Request;
  readonly outcome: Outcome;
}

export type Outcome =
  /** Answered as recorded; `repeated` where the exchange had been used before on this connection. */
  | {
      readonly kind: "recorded";
      readonly step: Step;
      readonly repeated: boolean;
      readonly altered: readonly string[];
    }
  /** Answered although nobody had recorded it; `how` says of what the answer was made. */
  | {
      readonly kind: "synthesised";
      readonly how: string;
      /** The exchange that asked for all of this and more. */
      readonly step?: Step | undefined;
      /** Why the recorded exchange that comes nearest was not what was asked for. */
      readonly mismatch?: Mismatch | undefined;
    }
  /** Refused, because the capture has no answer. */
  | { readonly kind: "miss"; readonly mismatch: Mismatch }
  /** Refused, because it is no command, or cannot be had in its place; `why` is a sentence. */
  | { readonly kind: "refused"; readonly why: string };
