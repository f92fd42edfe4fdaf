/**
 * Shows observations on the whole screen of a terminal. Opened when there is something to look at; what comes before waits.
 * While it is open, messages stand in its last line; afterwards they are told again, since nobody may have read them.
 */
import type { Note } from "../core/notes.ts";
import type { Observation } from "../core/observation.ts";
import type { Observer } from "../core/observe.ts";
import type { Depth } from "../core/observer/context.ts";
import type { Past } from "../library/past.ts";
import { saveSlice } from "../library/save-slice.ts";
import type { Notice } from "../net/notice.ts";
import { createClock } from "../print/clock.ts";
import { formatJson } from "../print/json-printer.ts";
import { formatReport } from "../print/report.ts";
import { createTally } from "../print/tally.ts";
import type { Share } from "../tui/model/state.ts";
import { openScreen, type Screen } from "../tui/screen.ts";
import { openTerminal } from "../tui/terminal.ts";
import type { Background } from "../tui/view/theme.ts";
import { saveNotes } from "./note-keeper.ts";
import type { ScreenKeys } from "./screen-keys.ts";
import type { Show } from "./show.ts";
import type { ShowOptions } from "./show-options.ts";
import { tellNotice } from "./tell.ts";

export interface ScreenSettings {
  /** Given up with the terminal. */
  readonly keys: ScreenKeys;
  readonly past: Past;
  readonly startedAt: Date | undefined;
  readonly nowMicros: () => number;
  /** Whether time passes. */
  readonly live: boolean;
  /** What is masked in what is seen: `["credentials"]`, or nothing. */
  readonly redacted: () => readonly string[];
  readonly record?: ((path: string | undefined) => Promise<string | undefined>) | undefined;
  /** Marks and comments that were kept. */
  readonly notes?: readonly Note[] | undefined;
  /** Keeps one. */
  readonly note: (note: Note) => void;
  readonly quit: () => void;
}

export interface Opening {
  /** What is recorded to. */
  readonly recording?: string | undefined;
  /** Sets how deep the observer looks at what comes. */
  readonly look?: (depth: Depth) => void;
  /** How an exchange stands that is in flight. */
  readonly underWay?: Observer["underWay"];
  /** How far what is shown is behind what happens. */
  readonly behindMicros?: () => number;
}

export interface ScreenShow extends Show {
  /** Takes the terminal; what was observed before is shown first. */
  readonly open: (title: string, opening?: Opening) => void;
  /** How much of a capture has been read; `undefined` once it is all. */
  readonly reading: (share: Share | undefined) => void;
  readonly notice: (notice: Notice) => void;
  /** Says something for the moment, on the screen only. */
  readonly say: (text: string) => void;
  /** Gives the terminal back at once, for a process that is about to die. */
  readonly giveBack: () => void;
}

const NOTHING_SAVED =
  "nothing was saved: connections and TLS are saved along with exchanges and pushes, of which none is chosen";

/** Notices that are told again at the end. */
const NOTICES_KEPT = 100;

export function createScreenShow(options: ShowOptions, settings: ScreenSettings): ScreenShow {
  const { past, startedAt, nowMicros, live, record, quit, notes, note } = settings;
  const tally = createTally();
  const notices: Notice[] = [];
  let waiting: Observation[] = [];
  let screen: Screen | undefined;

  function open(title: string, { recording, look, underWay, behindMicros }: Opening = {}): void {
    const background = process.env["IMAPSCOPE_BACKGROUND"];
    screen = openScreen({
      openTerminal: (handlers) =>
        openTerminal({
          ...handlers,
          input: settings.keys.input,
          output: process.stdout,
          environment: process.env,
          ...(isBackground(background) ? { background } : {}),
        }),
      ...{
        past,
        title,
        startedAt,
        nowMicros,
        live,
        record,
        quit,
        recording,
        look,
        underWay,
        behindMicros,
        notes,
        note,
      },
      toText: (observations, as) => toText(observations, as, startedAt),
      clock: createClock(startedAt),
      filter: options.filter,
      save: async (path, { whole, isWanted, count }, chosenNotes) => {
        const wishes =
          whole === undefined ? { matches: isWanted } : { connections: whole === "all" ? undefined : whole };
        const facts = { startedAt, redacted: settings.redacted() };
        const connections = await saveSlice(path, past, wishes, facts);
        if (connections === 0) return NOTHING_SAVED;
        await saveNotes(path, chosenNotes);
        const what = `${count} ${count === 1 ? "row" : "rows"} of ${connections} ${connections === 1 ? "connection" : "connections"}`;
        const way = whole === undefined ? " with what leads there" : "";
        return `saved ${what}${way} to ${path}; it holds mail: mind whom you give it to`;
      },
    });
    for (const observation of waiting) screen.observe(observation);
    waiting = [];
  }

  function giveBack(): void {
    screen?.close();
    screen = undefined;
    settings.keys.close();
  }

  return {
    open,
    print: (observation) => {
      tally.count(observation);
      if (screen === undefined) waiting.push(observation);
      else screen.observe(observation);
    },
    tick: () => {},
    room: () => Promise.resolve(),
    reading: (share) => screen?.reading(share),
    notice: (notice) => {
      if (screen === undefined) {
        tellNotice(notice);
        return;
      }
      if (notices.length < NOTICES_KEPT) notices.push(notice);
      screen.say(notice.text, notice.level !== "info");
    },
    say: (text) => screen?.say(text, false),
    giveBack,
    finish: async () => {
      giveBack();
      for (const notice of notices) tellNotice(notice);
      process.stdout.write(
        tally
          .summary()
          .map((line) => `${line}\n`)
          .join(""),
      );
    },
  };
}

function isBackground(text: string | undefined): text is Background {
  return text === "dark" || text === "light";
}

/** An exchange or what else was seen, for a report. */
function toText(
  observations: readonly Observation[],
  as: "transcript" | "json",
  startedAt: Date | undefined,
): string {
  if (as === "json") {
    const parts: string[] = [];
    for (const observation of observations) {
      const json = formatJson(observation);
      if (json !== undefined) parts.push(`${json}\n`);
    }
    return parts.join("");
  }
  return formatReport(observations, startedAt);
}
