/** Does what the model asks for, and tells it what came of that. Each kind of reading back goes on once: a newer one ends it. */
import type { Micros } from "../../core/base/time.ts";
import type { Note } from "../../core/notes.ts";
import type { Observation } from "../../core/observation.ts";
import type { WantedMail } from "../details/literals.ts";
import type { Material } from "../details/material.ts";
import type { MailReader } from "../details/read-mail.ts";
import type { Effect, Happening } from "../model/effect.ts";
import type { State } from "../model/state.ts";
import type { Past } from "../past.ts";
import type { RowNumber, Rows } from "../rows/row.ts";
import type { RowList } from "../rows/row-list.ts";
import type { Terminal } from "../terminal-types.ts";
import { type Chosen, chosenOf } from "./chosen.ts";
import { hiddenText } from "./detail-lines.ts";
import { createMessages } from "./messages.ts";
import type { Notes } from "./notes.ts";
import { recallRow } from "./recall.ts";

/** What the screen cannot do by itself. Each may be left out; then the person is told that it is not possible here. */
export interface ScreenEffects {
  /** What was seen of a row as text for a report. */
  readonly toText: (observations: readonly Observation[], as: "transcript" | "json") => string;
  /** Writes what was chosen to a new capture, with what leads there and the notes that are among it; gives what to say. */
  readonly save?: ((path: string, chosen: Chosen, notes: readonly Note[]) => Promise<string>) | undefined;
  /** Begins to record, or ends; gives the path that is recorded to, if any. */
  readonly record?: ((path: string | undefined) => Promise<string | undefined>) | undefined;
  /** Keeps marks and comments. */
  readonly note?: ((note: Note) => void) | undefined;
  readonly quit: () => void;
}

export interface EffectsOptions {
  readonly options: ScreenEffects;
  readonly past: Past;
  readonly rows: Rows;
  readonly list: RowList;
  readonly notes: Notes;
  readonly terminal: Terminal;
  readonly state: () => State;
  readonly happen: (happening: Happening) => void;
  readonly nowMicros: () => Micros;
  readonly clock: (at: Micros) => string;
  readonly mailReader: () => Promise<MailReader>;
  /** Decides anew which rows are shown. */
  readonly choose: (filterChanged: boolean) => void;
}

/** Messages that are listed of a mailbox. */
const MESSAGES_MOST = 10_000;

const COPIED = { transcript: "copied as a transcript", json: "copied as JSON" } as const;
const HIDDEN_COPIED = "copied, with its content hidden";

/** Gives a promise where one may want to know when it is done. */
export function createEffects(given: EffectsOptions): (effect: Effect) => Promise<void> | undefined {
  const { options, past, rows, list, notes, terminal, happen, nowMicros } = given;
  const recalling = { row: new AbortController(), session: new AbortController() };
  /** Heads of mails that are or were decoded, so that none is twice. */
  const decoding = new WeakSet<Uint8Array>();

  /** A controller whose predecessor is told to stop. */
  function instead(what: keyof typeof recalling): AbortSignal {
    recalling[what].abort();
    recalling[what] = new AbortController();
    return recalling[what].signal;
  }

  async function recall(row: RowNumber): Promise<void> {
    const signal = instead("row");
    try {
      const material = await recallRow(row, rows, past, nowMicros(), signal);
      if (!signal.aborted) happen({ kind: "recalled", row, material });
    } catch (error) {
      if (!signal.aborted) happen({ kind: "recallFailed", row, reason: wordsOf(error) });
    }
  }

  async function decode(mails: readonly WantedMail[]): Promise<void> {
    const undecoded = mails.filter(({ head }) => !decoding.has(head));
    if (undecoded.length === 0) return;
    for (const { head } of undecoded) decoding.add(head);
    const reader = await given.mailReader();
    const decoded = await Promise.all(
      undecoded.map(async ({ fold, head }) => [fold, await reader.read(head)] as const),
    );
    happen({ kind: "decoded", mails: new Map(decoded) });
  }

  async function recallSession({
    connection,
    atMicros,
  }: Extract<Effect, { kind: "recallSession" }>): Promise<void> {
    const signal = instead("session");
    const messages = createMessages();
    try {
      const snapshot = await past.recall({ connection, untilMicros: atMicros, signal }, messages.take);
      if (signal.aborted) return;
      happen({ kind: "session", connection, snapshot, messages: messages.all(MESSAGES_MOST) });
    } catch (error) {
      if (!signal.aborted) happen({ kind: "sessionFailed", connection, reason: wordsOf(error) });
    }
  }

  async function copy(row: RowNumber, as: "transcript" | "json"): Promise<void> {
    const { hidden } = given.state();
    if (hidden && as === "json") return say("content is hidden, of which JSON is full: H shows it", true);
    try {
      const material = await recallRow(row, rows, past, nowMicros(), new AbortController().signal);
      const text = hidden ? hiddenText(material, given.clock) : options.toText(observationsOf(material), as);
      if (terminal.copy(text)) say(hidden ? HIDDEN_COPIED : COPIED[as]);
      else say("this is too long for the clipboard of a terminal: S saves it to a file", true);
    } catch (error) {
      fail(error);
    }
  }

  async function save(path: string): Promise<void> {
    if (options.save === undefined) return say("nothing can be saved here", true);
    try {
      const state = given.state();
      say(await options.save(path, chosenOf(rows, list, state), chosenNotes(state)));
    } catch (error) {
      happen({ kind: "refused", prompt: "saveAs", text: path, reason: wordsOf(error) });
    }
  }

  function noteOf({ marks, comments }: State, row: RowNumber): Note {
    return notes.noteOf({ row, marked: marks.has(row), comment: comments.get(row) });
  }

  function chosenNotes(state: State): readonly Note[] {
    const { marks, comments } = state;
    const chosen = marks.size > 0 ? [...marks] : [...comments.keys()].filter((row) => list.has(row));
    return chosen.map((row) => noteOf(state, row));
  }

  async function record(path: string | undefined): Promise<void> {
    try {
      const recording = await options.record?.(path);
      happen({ kind: "recording", path: recording });
      say(recording === undefined ? "recording ended" : `recording to ${recording}`);
    } catch (error) {
      if (path === undefined) fail(error);
      else happen({ kind: "refused", prompt: "recordTo", text: path, reason: wordsOf(error) });
    }
  }

  function say(text: string, bad = false): void {
    happen({ kind: "said", text, bad });
  }

  function fail(error: unknown): void {
    happen({ kind: "said", text: wordsOf(error), bad: true, names: true });
  }

  return (effect) => {
    switch (effect.kind) {
      case "recall":
        return recall(effect.row);
      case "decode":
        void decode(effect.mails);
        return undefined;
      case "recallSession":
        void recallSession(effect);
        return undefined;
      case "choose":
        given.choose(effect.filterChanged);
        return undefined;
      case "copy":
        void copy(effect.row, effect.as);
        return undefined;
      case "save":
        void save(effect.path);
        return undefined;
      case "record":
        void record(effect.path);
        return undefined;
      case "note": {
        options.note?.(noteOf(given.state(), effect.row));
        return undefined;
      }
      case "type":
        for (const input of effect.keys) happen({ kind: "input", input });
        return undefined;
      case "unfold":
        setImmediate(happen, { kind: "unfold" });
        return undefined;
      case "suspend":
        terminal.suspend();
        return undefined;
      case "quit":
        options.quit();
        return undefined;
    }
  };
}

/** In the order in which they were observed, the end of an exchange last. */
function observationsOf(material: Material): readonly Observation[] {
  if (material.kind === "event") return [material.observation];
  const { exchange, dialogue } = material;
  const atMicros = exchange.timings.completedMicros ?? exchange.timings.sentMicros;
  return [...dialogue, { kind: "exchange", connection: exchange.connection, atMicros, exchange }];
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
