/** When the next frame is due: thirty a second where they are cheap, and never so many that they take a tenth of a core. */

export interface Pace {
  /** The milliseconds from `now` to the next frame for what comes in. */
  readonly dueIn: (now: number) => number;
  /** A frame was drawn. */
  readonly drawn: (began: number, ended: number) => void;
}

/** Frames begin no closer together. */
const FRAME_MS = 33;
/** So many times what a frame takes lie between two. */
const REST_FACTOR = 10;
/**
 * So much slower a frame may be taken to have become at once. One that others kept from the processor says little about the
 * next: it counts only as they go on like that.
 */
const SLOWER = 1.5;

export function createPace(): Pace {
  let last = Number.NEGATIVE_INFINITY;
  let frameMs = 0;
  return {
    dueIn: (now) => Math.max(0, last + Math.max(FRAME_MS, frameMs * REST_FACTOR) - now),
    drawn: (began, ended) => {
      last = began;
      frameMs = Math.min(ended - began, 1 + frameMs * SLOWER);
    },
  };
}
