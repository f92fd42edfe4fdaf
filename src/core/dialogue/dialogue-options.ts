/** What a dialogue is made with, and what is left of one for another to go on with. */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { Segment } from "../imap/segment.ts";
import type { CommandOrdinal, DialogueEvent } from "./event.ts";
import type { SavedPhase } from "./phase.ts";

export interface DialogueOptions {
  readonly emit: (event: DialogueEvent) => void;
  /** The octets begin in the middle of a connection. */
  readonly midway?: boolean;
  /** Goes on from here. */
  readonly saved?: SavedDialogue | undefined;
  /** Octets of each literal to keep; the default is LIMITS.literalHeadOctets. */
  readonly literalHeadOctets?: number;
  /**
   * Where whole FETCH responses end that follow each other from `start` on and of which no frames are wanted; `start` where
   * there are none. Asked between two units of the server; the octets were read from `startMicros` to `endMicros`.
   */
  readonly passes?: (bytes: Uint8Array, start: number, startMicros: Micros, endMicros: Micros) => number;
  /** Follows the octets of both directions run by run, each before the dialogue has taken it into account. */
  readonly onSegment?: (from: Sender, segment: Segment) => void;
}

export interface SavedDialogue {
  readonly phase: SavedPhase;
  readonly lastOrdinal: CommandOrdinal;
}
