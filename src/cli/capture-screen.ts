/** A capture on the whole screen: its first rows at once, while the rest is still being read. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { CaptureHeader } from "../core/capture/format.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import { createCheckpointStore } from "../core/observer/checkpoint-store.ts";
import { openCaptureLog } from "../files/capture-log.ts";
import { createPast } from "../library/past.ts";
import { dateOf } from "./capture-show.ts";
import { createScreenShow, type ScreenShow } from "./screen-show.ts";
import { depthOf } from "./show-options.ts";
import type { ViewCommandOptions } from "./view-command.ts";

/** How often one is told how much has been read. */
const READING_MS = 250;

export async function viewOnScreen(
  path: string,
  options: ViewCommandOptions,
  stopped: AbortController,
): Promise<void> {
  const { follow, spoolMax } = options;
  let show: ScreenShow | undefined;
  let header: CaptureHeader | undefined;
  let lastMicros = 0;
  const checkpoints = createCheckpointStore();
  const emit = (observation: Observation): void => show?.print(observation);
  const observer = createObserver({ depth: depthOf(options), checkpoints, emit });
  const { log, done } = await openCaptureLog(
    path,
    {
      onHeader: (read) => {
        header = read;
        show = createScreenShow(options, {
          past: createPast(log, checkpoints),
          startedAt: dateOf(read.createdAt),
          nowMicros: () => lastMicros,
          live: follow,
          redacted: () => header?.redacted ?? [],
          quit: () => stopped.abort(),
        });
        show.open(basename(path));
      },
      onEvent: (event) => {
        lastMicros = Math.max(lastMicros, event.atMicros);
        observer.take(event);
      },
      onProblem: ({ line, message }) => {
        show?.notice({ level: "warning", text: `line ${line} of the capture: ${message}` });
      },
    },
    { follow, signal: stopped.signal, spool: { mostOctets: spoolMax } },
  );
  const octets = await sizeOf(path);
  const telling = setInterval(() => show?.reading(follow ? undefined : log.index.end() / octets), READING_MS);
  try {
    await done;
    observer.finish();
    clearInterval(telling);
    show?.reading(undefined);
    await untilAborted(stopped.signal);
  } finally {
    clearInterval(telling);
    await show?.finish();
    await log.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  return Math.max(1, size);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
