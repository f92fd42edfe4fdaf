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

export interface Drawing {
  /** What a person does is answered at once; what comes in is drawn when it is time for a frame. */
  readonly soon: (when?: "now" | "in time") => void;
  /** The terminal takes frames again. */
  readonly ready: () => void;
  readonly stop: () => void;
}

/** Puts drawing off and joins it; while the terminal is behind nothing is drawn, until it says that it is ready. */
export function createDrawing(draw: () => void, isBehind: () => boolean): Drawing {
  const pace = createPace();
  let due: NodeJS.Timeout | undefined;
  let waits = false;
  let stopped = false;

  function soon(when: "now" | "in time" = "in time"): void {
    if (waits || stopped) return;
    if (due !== undefined) {
      if (when === "in time") return;
      clearTimeout(due);
    }
    due = setTimeout(run, when === "now" ? 0 : pace.dueIn(performance.now()));
  }

  function run(): void {
    due = undefined;
    if (stopped) return;
    waits = isBehind();
    if (waits) return;
    const began = performance.now();
    draw();
    pace.drawn(began, performance.now());
  }

  return {
    soon,
    ready: () => {
      waits = false;
      soon();
    },
    stop: () => {
      stopped = true;
      clearTimeout(due);
    },
  };
}
