/** The events of a capture, through the observer and the printers that the proxy uses. */
import type { CaptureHeader, CaptureProblem } from "../core/capture/format.ts";
import { createObserver } from "../core/observe.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { createShow, type Show } from "./show.ts";
import { depthOf, type ShowOptions } from "./show-options.ts";
import { tellNotice } from "./tell.ts";

export interface CaptureShow {
  /** Takes the header before any event. @throws ImapscopeError ERR_FILTER_INVALID */
  readonly onHeader: (header: CaptureHeader) => void;
  readonly onEvent: (event: WireEvent) => void;
  readonly onProblem: (problem: CaptureProblem) => void;
  /** Resolves when stdout can take more. */
  readonly room: () => Promise<void>;
  /** The capture ends: prints what belongs there. */
  readonly finish: () => Promise<void>;
}

export function createCaptureShow(options: ShowOptions, onGone: () => void): CaptureShow {
  let show: Show | undefined;
  const observer = createObserver({
    depth: depthOf(options),
    emit: (observation) => {
      show?.tick(observation.atMicros);
      show?.print(observation);
    },
  });
  return {
    onHeader: ({ createdAt }) => {
      show = createShow(options, { startedAt: dateOf(createdAt), onGone });
    },
    onEvent: observer.take,
    onProblem: ({ line, message }) => {
      tellNotice({ level: "warning", text: `line ${line} of the capture: ${message}` });
    },
    room: () => show?.room() ?? Promise.resolve(),
    finish: async () => {
      observer.finish();
      await show?.finish();
    },
  };
}

/** When time 0 was, where the header says it in a way that can be read. */
export function dateOf(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
