/** What a recording is told, and what it does for who records. */
import type { WireEvent } from "../core/wire/event.ts";
import type { Blocks } from "./blocks.ts";

export interface RecordingOptions {
  /** Octets of the file that are there already. */
  readonly startOctets: number;
  /** Text that is to be written before all records. */
  readonly preface?: string | undefined;
  /** What octets wait in; a block is written at once. */
  readonly blocks: Blocks;
  /** Octets that may wait to be written. */
  readonly queueOctets: number;
  /** Slows the relay rather than leave anything out. */
  readonly complete: boolean;
  /** Writes no raw octets. */
  readonly plainOnly: boolean;
  /** Told once, with what was thrown, when a write has failed and the recording is over. */
  readonly onFailure: (cause: unknown) => void;
}

export interface Recording {
  /**
   * Records an event: copies what it needs, never throws, never waits. False only with `complete`, where the queue is over
   * its bound: the event is taken all the same, and the caller waits for `drained` before it reads more.
   */
  readonly append: (event: WireEvent) => boolean;
  /** Resolves when the queue is at most half full, or the recording over. Never rejects. */
  readonly drained: () => Promise<void>;
  /** Octets of the file, those that wait to be written included. */
  readonly octets: () => number;
  /** Octets that were left out because the disk did not keep up. */
  readonly omittedOctets: () => number;
  /** Writes what waits, waits for the device, and closes the file. Never rejects: a failure is told as any other. */
  readonly close: () => Promise<void>;
  /** Writes what waits at once, as well as it can, for a process that is about to end. Never throws. */
  readonly closeSync: () => void;
}
