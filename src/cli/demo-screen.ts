/** The demo on the whole screen: played as if it happened now, and kept in a spool as what a proxy sees. */
import { createObserver } from "../core/observe.ts";
import { createSpool } from "../files/spool.ts";
import { createPast } from "../library/past.ts";
import { dateOf } from "./capture-show.ts";
import { createNoteKeeper } from "./note-keeper.ts";
import { play } from "./play.ts";
import { createScreenShow, type ScreenShow } from "./screen-show.ts";
import type { ShowOptions } from "./show-options.ts";
import { untilAborted } from "./until-aborted.ts";

const END = "That was all of it. Look around: Enter looks inside, ? helps, q quits.";

export async function demoOnScreen(
  path: string,
  options: ShowOptions,
  stopped: AbortController,
): Promise<void> {
  let show: ScreenShow | undefined;
  let lastMicros = 0;
  let lastCame = performance.now();
  let playing = true;
  const spool = createSpool();
  const observer = createObserver({ depth: "skim", emit: (observation) => show?.print(observation) });
  const keeper = createNoteKeeper({
    onNotice: (notice) => show?.notice(notice),
    say: (text) => show?.say(text),
  });
  try {
    await play(
      path,
      {
        onHeader: ({ createdAt, redacted }) => {
          show = createScreenShow(options, {
            past: createPast(spool),
            startedAt: dateOf(createdAt),
            nowMicros: () => lastMicros + (playing ? (performance.now() - lastCame) * 1000 : 0),
            live: true,
            redacted: () => redacted,
            ...{ note: keeper.put, quit: () => stopped.abort() },
          });
          show.open("demo, played as it happened", { look: observer.look });
        },
        onEvent: (event) => {
          lastMicros = event.atMicros;
          lastCame = performance.now();
          spool.append(event);
          observer.take(event);
        },
        onProblem: ({ line, message }) => {
          show?.notice({ level: "warning", text: `line ${line} of the capture: ${message}` });
        },
      },
      { paced: true, signal: stopped.signal },
    );
    playing = false;
    observer.finish();
    spool.end();
    if (!stopped.signal.aborted) show?.say(END);
    await untilAborted(stopped.signal);
  } finally {
    await show?.finish();
    await spool.close();
  }
}
