/** A whole screen on an emulated terminal, over events in memory: keys in, what a person sees out. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createCaptureDecoder } from "../../src/core/capture/decode.ts";
import type { Note } from "../../src/core/notes.ts";
import { createObserver } from "../../src/core/observe.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { Row } from "../../src/tui/rows/row.ts";
import { openScreen, type Screen } from "../../src/tui/screen.ts";
import { openTerminal } from "../../src/tui/terminal.ts";
import { createEmulator, type Emulator } from "./emulator.ts";
import { pastOfEvents } from "./past-of-events.ts";

export interface Shown {
  readonly screen: Screen;
  readonly emulator: Emulator;
  /** Types keys, and waits until what comes of it is on the screen. */
  readonly type: (keys: string, wait?: "briefly") => Promise<void>;
  readonly text: () => string;
  readonly quits: () => number;
  readonly saved: { path: string; rows: readonly Row[] }[];
  /** With `quietly`, nothing but what is observed makes a frame. */
  readonly observe: (events: readonly WireEvent[], quietly?: "quietly") => Promise<void>;
}

export interface ShownOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly live?: boolean;
  readonly title?: string;
  /** To begin with. */
  readonly filter?: string;
  readonly toText?: () => string;
  readonly notes?: readonly Note[];
  readonly note?: (note: Note) => void;
  /** May refuse a path by throwing. */
  readonly save?: (path: string) => void;
  readonly record?: (path: string | undefined) => Promise<string | undefined>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Events of the capture that imapscope brings along. */
export function demoEvents(): WireEvent[] {
  const events: WireEvent[] = [];
  const decoder = createCaptureDecoder({
    onHeader: () => {},
    onEvent: (event) => events.push(event),
    onProblem: ({ message }) => assert.fail(message),
  });
  decoder.push(readFileSync(new URL("../../demo/session.imapcap", import.meta.url)));
  decoder.finish();
  return events;
}

/** Longer than the pause between two frames. */
const FRAMES_MS = 60;
const BUSY = /reading back|searching …|until it is decoded/;
const TRIES = 100;

export async function shown(events: readonly WireEvent[], options: ShownOptions = {}): Promise<Shown> {
  const { columns = 80, rows = 24, live = false } = options;
  const emulator = createEmulator(columns, rows);
  const saved: { path: string; rows: readonly Row[] }[] = [];
  const all: WireEvent[] = [];
  let quits = 0;
  const observer = createObserver({
    emit: (observation) => screen.observe(observation),
    depth: options.filter === undefined ? "skim" : "full",
  });
  const screen = openScreen({
    openTerminal: (handlers) =>
      openTerminal({ ...emulator, ...handlers, environment: options.environment ?? emulator.environment }),
    past: pastOfEvents(all, live),
    title: options.title ?? "imap.example.org",
    clock: (at) => `+${(at / 1e6).toFixed(3)}`.padStart(12),
    startedAt: new Date(2026, 10, 29),
    nowMicros: () => all.at(-1)?.atMicros ?? 0,
    ...{
      live,
      filter: options.filter,
      record: options.record,
      look: observer.look,
      underWay: observer.underWay,
    },
    ...{ notes: options.notes, note: options.note },
    toText: options.toText ?? ((observations, as) => `${as}: ${observations.length} observations`),
    save: async (path, chosen) => {
      if (options.save !== undefined) {
        options.save(path);
        return `saved to ${path}`;
      }
      const rows = [...chosen.rows];
      saved.push({ path, rows });
      return `saved ${rows.length} rows to ${path}`;
    },
    quit: () => {
      quits++;
    },
  });

  /** Until nothing changes any more; what is read back or searched may take longer than a frame. */
  async function settle(): Promise<void> {
    let before: string | undefined;
    for (let tries = 0; tries < TRIES; tries++) {
      await pause(FRAMES_MS);
      await emulator.settled();
      const now = emulator.text();
      if (now === before && !BUSY.test(now)) return;
      before = now;
    }
  }

  async function observe(more: readonly WireEvent[], quietly?: "quietly"): Promise<void> {
    for (const event of more) {
      all.push(event);
      observer.take(event);
    }
    // A frame at once, however long the last one took.
    if (quietly === undefined) screen.reading(undefined);
    await settle();
  }

  await observe(events);
  return {
    screen,
    emulator,
    type: async (keys, wait) => {
      emulator.type(keys);
      if (wait === undefined) await settle();
      else {
        // Longer than what tells Escape from a sequence.
        await pause(keys === "\x1b" ? 50 : 5);
        await emulator.settled();
      }
    },
    text: emulator.text,
    quits: () => quits,
    saved,
    observe,
  };
}
