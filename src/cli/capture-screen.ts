/** A capture on the whole screen: its first rows at once, while the rest is still being read. */
import { basename } from "node:path";
import type { CaptureHeader } from "../core/capture/format.ts";
import type { Note } from "../core/notes.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import { createCheckpointStore } from "../core/observer/checkpoint-store.ts";
import { openCaptureLog } from "../files/capture-log.ts";
import { loadNotes, notesPath } from "../files/notes-file.ts";
import { createPast } from "../library/past.ts";
import { dateOf } from "./capture-show.ts";
import { createNoteKeeper } from "./note-keeper.ts";
import type { ScreenGiven } from "./screen-keys.ts";
import { createScreenShow, type ScreenShow } from "./screen-show.ts";
import { depthOf } from "./show-options.ts";
import { untilAborted } from "./until-aborted.ts";
import type { ViewCommandOptions } from "./view-command.ts";

/** How often one is told how much has been read. */
const READING_MS = 250;

export async function viewOnScreen(
  path: string,
  options: ViewCommandOptions,
  { keys, stopped }: ScreenGiven,
): Promise<void> {
  const { follow, spoolMax } = options;
  let show: ScreenShow | undefined;
  let header: CaptureHeader | undefined;
  let lastMicros = 0;
  const checkpoints = createCheckpointStore();
  const emit = (observation: Observation): void => show?.print(observation);
  const observer = createObserver({ depth: depthOf(options), checkpoints, emit });
  const keeper = createNoteKeeper({
    onNotice: (notice) => show?.notice(notice),
    say: (text) => show?.say(text),
  });
  const { notes, problems } = await notesBeside(path);
  if (path !== "-") keeper.keepBeside(path, 0);
  const { log, size, done } = await openCaptureLog(
    path,
    {
      onHeader: (read) => {
        header = read;
        show = createScreenShow(options, {
          keys,
          past: createPast(log, checkpoints),
          startedAt: dateOf(read.createdAt),
          nowMicros: () => lastMicros,
          live: follow,
          redacted: () => header?.redacted ?? [],
          ...{ notes, note: keeper.put, quit: () => stopped.abort() },
        });
        const { look, underWay } = observer;
        show.open(path === "-" ? "standard input" : basename(path), { look, underWay });
        if (!follow) show.reading("unknown");
        for (const text of problems) show.notice({ level: "warning", text });
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
  const share = (): number | "unknown" =>
    size === undefined ? "unknown" : Math.min(1, log.index.end() / Math.max(1, size));
  const telling = setInterval(() => show?.reading(follow ? undefined : share()), READING_MS);
  try {
    await done;
    observer.finish();
    clearInterval(telling);
    show?.reading(undefined);
    await untilAborted(stopped.signal);
  } finally {
    clearInterval(telling);
    await show?.finish();
    keys.close();
    await keeper.close();
    await log.close();
  }
}

/** What is kept beside a capture, and what is wrong with it; the capture is shown in any case. */
async function notesBeside(
  capture: string,
): Promise<{ readonly notes: readonly Note[]; readonly problems: readonly string[] }> {
  if (capture === "-") return { notes: [], problems: [] };
  const path = notesPath(capture);
  try {
    const { notes, problems } = await loadNotes(path);
    const [first] = problems;
    if (first === undefined) return { notes, problems: [] };
    const more = problems.length === 1 ? "" : `, and ${problems.length - 1} more lines`;
    const text = `line ${first.line} of ${path}: ${first.message}${more}; what cannot be read is kept as it is`;
    return { notes, problems: [text] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { notes: [], problems: [`the notes in ${path} cannot be read: ${reason}`] };
  }
}
