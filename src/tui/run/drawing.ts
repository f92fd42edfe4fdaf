/** When the screen is drawn: at once for what a person does, in time for what comes, and not while the terminal is behind. */
import { createPace } from "../pace.ts";

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
