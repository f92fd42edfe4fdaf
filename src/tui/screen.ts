/**
 * The screen: observations come in, frames go out, and keys in between. One way round: what happens goes through `update`,
 * which gives a new state and what is to be done; `view` makes a frame of the state and the rows. Drawing is put off and
 * joined, so that what comes in costs a row each and no more, and a terminal that stalls costs nothing.
 */
import type { Micros } from "../core/base/time.ts";
import type { Note } from "../core/notes.ts";
import type { Observation } from "../core/observation.ts";
import type { Observer } from "../core/observe.ts";
import { parseFilter } from "../core/query/parse.ts";
import type { Happening } from "./model/effect.ts";
import type { Facts } from "./model/facts.ts";
import { initialState, type Page, type Share, type State } from "./model/state.ts";
import { update } from "./model/update.ts";
import type { Past } from "./past.ts";
import { createConnectionTable } from "./rows/connection-table.ts";
import { createRowList, showsOf } from "./rows/row-list.ts";
import { createRowStore } from "./rows/row-store.ts";
import { createDetailLines, explanationLines } from "./run/detail-lines.ts";
import { createDrawing } from "./run/drawing.ts";
import { createEffects, type ScreenEffects, wordsOf } from "./run/effects.ts";
import { createFollow } from "./run/follow.ts";
import { createMailReader } from "./run/mail-reader.ts";
import { createNotes } from "./run/notes.ts";
import { readsDialogue, type Search, startSearch } from "./run/search.ts";
import { createSeen } from "./run/seen.ts";
import type { Terminal, TerminalHandlers } from "./terminal-types.ts";
import { helpLines } from "./view/help.ts";
import { promptAt } from "./view/prompt.ts";
import { sessionLines } from "./view/session.ts";
import type { Line } from "./view/style.ts";
import { view } from "./view/view.ts";

export interface ScreenOptions extends ScreenEffects {
  readonly openTerminal: (handlers: TerminalHandlers) => Terminal;
  readonly past: Past;
  /** To be called with how deep what comes must be looked at for what is shown. */
  readonly look?: ((depth: "full" | "skim") => void) | undefined;
  /** How an exchange stands that is in flight. */
  readonly underWay?: Observer["underWay"] | undefined;
  /** How far what is observed is behind what happens; never, by default. */
  readonly behindMicros?: (() => Micros) | undefined;
  /** What is looked at: the upstream, or the name of the capture. */
  readonly title: string;
  /** Times as people read them, in 12 cells. */
  readonly clock: (at: Micros) => string;
  readonly startedAt: Date | undefined;
  readonly nowMicros: () => Micros;
  /** Whether time passes: what is in flight ticks. */
  readonly live: boolean;
  /** To begin with. */
  readonly filter?: string | undefined;
  readonly recording?: string | undefined;
  /** Marks and comments that were kept of what is shown. */
  readonly notes?: readonly Note[] | undefined;
}

export interface Screen {
  /** Takes every observation, in order. */
  readonly observe: (observation: Observation) => void;
  /** How much of a capture has been read; `undefined` once it is all. */
  readonly reading: (share: Share | undefined) => void;
  /** Shows a sentence in the last line, until the next key. */
  readonly say: (text: string, bad: boolean) => void;
  /** Leaves the terminal as it was found. */
  readonly close: () => void;
}

const TICK_MS = 250;
/** How often it is told how far a search is. */
const SEARCHED_MS = 200;

export function openScreen(options: ScreenOptions): Screen {
  const { past, nowMicros } = options;
  const rows = createRowStore(options.underWay);
  const list = createRowList(rows);
  const connections = createConnectionTable();
  const seen = createSeen(rows, connections);
  const notes = createNotes(rows, options.notes ?? []);
  const drawing = createDrawing(draw, () => terminal.isBehind());
  let search: Search | undefined;
  let telling: NodeJS.Timeout | undefined;
  let rowsChanged = false;
  let closed = false;

  const terminal = options.openTerminal({
    onInput: (input) => happen({ kind: "input", input }),
    onResize: (size) => happen({ kind: "resize", size }),
    onReady: drawing.ready,
    onLost: options.quit,
  });
  let state: State = initialState(terminal.size(), { ...options, mayRecord: options.record !== undefined });

  const mails = createMailReader(() => {
    if (state.place === "details") drawing.soon();
  });
  const details = createDetailLines(() => state, { clock: options.clock, mails });
  const facts: Facts = {
    rows,
    list,
    get matched() {
      return search?.matched;
    },
    connections,
    detailLines: details,
    pageLines: (place) => pageLines(place).length,
    promptAt,
    seen: seen.values,
    nowMicros,
    behindMicros: options.behindMicros ?? (() => 0),
    startedAt: options.startedAt,
  };
  const effects = createEffects({
    ...{ options, past, rows, list, notes, terminal, happen, nowMicros, clock: options.clock },
    mailReader: mails.load,
    state: () => state,
    choose: (filterChanged) => {
      if (filterChanged) beginSearch();
      choose();
    },
  });

  const following = createFollow({
    ...{ rows, happen, state: () => state },
    readBack: async (row) => effects({ kind: "recall", row }),
  });

  function happen(happening: Happening): void {
    if (closed) return;
    take(happening);
    following.look();
    drawing.soon("now");
  }

  function take(happening: Happening): void {
    const step = update(state, happening, facts);
    state = step.state;
    for (const effect of step.effects) void effects(effect);
  }

  function beginSearch(): void {
    search?.stop();
    search = undefined;
    const text = state.filter?.text;
    const filter = text === undefined ? undefined : parseFilter(text).filter;
    options.look?.(filter !== undefined && readsDialogue(filter) ? "full" : "skim");
    if (filter === undefined) return;
    const started = startSearch(filter, { rows, past, userOf: connections.userOf }, (row) => {
      list.offer(row);
      telling ??= setTimeout(tellSearched, SEARCHED_MS);
    });
    search = started;
    const finish = (): void => {
      if (search === started) tellSearched();
    };
    started.done.then(finish, (error: unknown) => {
      finish();
      if (search === started) say(`what came before cannot be searched: ${wordsOf(error)}`, true);
    });
  }

  /** Decides anew which rows are shown: all of them, so it is not for every match. */
  function choose(): void {
    list.choose(showsOf(rows, state.picked, state.filter?.only === true ? search?.matched : undefined));
    tellSearched();
  }

  function tellSearched(): void {
    clearTimeout(telling);
    telling = undefined;
    happen({ kind: "searched", share: search?.share(), matches: search?.matches() ?? 0 });
  }

  function draw(): void {
    if (rowsChanged) {
      rowsChanged = false;
      take({ kind: "rows", notes: notes.found(), matches: search?.matches() });
    }
    terminal.draw(
      view(state, facts, {
        title: options.title,
        clock: options.clock,
        detailLines: details,
        pageLines,
      }),
    );
  }

  function pageLines(page: Page): readonly Line[] {
    const columns = state.size.columns - 2;
    switch (page) {
      case "help":
        return helpLines();
      case "session": {
        const when = state.session === undefined ? "" : options.clock(state.session.atMicros);
        return sessionLines(state.session, { columns, when, hidden: state.hidden });
      }
      case "explanation":
        return explanationLines(state, { clock: options.clock, mails });
    }
  }

  function say(text: string, bad: boolean): void {
    happen({ kind: "said", text, bad, names: true });
  }

  const ticking = setInterval(() => {
    if (!options.live || (rows.inFlight() === 0 && connections.open() === 0)) return;
    following.tick();
    drawing.soon();
  }, TICK_MS);
  if (state.filter !== undefined) {
    beginSearch();
    choose();
  }
  drawing.soon();

  return {
    observe: (observation) => {
      const row = rows.add(observation);
      connections.add(observation);
      seen.add(observation);
      search?.take(observation, row);
      following.take(observation, row);
      if (row === undefined) return;
      list.offer(row);
      if (observation.kind !== "exchange") notes.offer(row);
      rowsChanged = true;
      drawing.soon();
    },
    reading: (share) => happen({ kind: "reading", share }),
    say,
    close: () => {
      if (closed) return;
      closed = true;
      search?.stop();
      clearInterval(ticking);
      drawing.stop();
      clearTimeout(telling);
      terminal.close();
    },
  };
}
