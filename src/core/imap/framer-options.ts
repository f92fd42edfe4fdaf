/** What a framer does, what it asks of its owner, and what it tells it. */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { Frame } from "./frame.ts";
import type { Announced, Segment } from "./segment.ts";

/** A frame of which the end is yet to come. */
export interface UnderWay {
  readonly startMicros: Micros;
  readonly octets: number;
}

export interface Framer {
  /** Takes octets; returns how many were consumed: all, or up to the frame at which `onFrame` said stop. */
  readonly push: (bytes: Uint8Array, atMicros: Micros) => number;
  /** A continuation request answered the last announced literal. */
  readonly continued: (atMicros: Micros) => void;
  /** The literal that was announced last was refused: its frame ends here, and `push` within `onAnnounced`. */
  readonly refuse: () => void;
  /** The octets have ended; gives the frame that is cut off, if there is one. */
  readonly finish: () => void;
  /** Whether the next octet begins a frame. */
  readonly atBorder: () => boolean;
  /** What has come of the frame that is being received; `undefined` between frames. */
  readonly underWay: () => UnderWay | undefined;
  /** Whether a synchronizing literal was announced of which no octet has come: the client still waits, or should. */
  readonly awaitsContinuation: () => boolean;
}

export interface FramerOptions {
  readonly from: Sender;
  /** Octets of each literal to keep as its head; 0 where nobody looks at them. */
  readonly literalHeadOctets: number;
  /** Whether the first line of a frame may open literals; called only for lines that end like a literal header. */
  readonly opensLiterals: (firstLine: Uint8Array) => boolean;
  /** Called with each complete line that announces a literal. */
  readonly onAnnounced: (announced: Announced) => void;
  /** Called with each frame; false stops the framer behind it (the transport changes there). */
  readonly onFrame: (frame: Frame) => boolean;
  /**
   * Where whole units end that follow each other from `start` on and that nobody asks for: no frames are made of them. Their
   * octets were all read at one time, but for a unit that a read cut off, which is given by itself.
   */
  readonly passes?:
    | ((bytes: Uint8Array, start: number, startMicros: Micros, endMicros: Micros) => number)
    | undefined;
  /** Called before anything else with each run of a line or literal, in order, for those who follow octet by octet. */
  readonly onSegment?: ((segment: Segment) => void) | undefined;
}
