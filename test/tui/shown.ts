/** A whole screen on an emulated terminal, over events in memory: keys in, what a person sees out. */
import { setTimeout as pause } from "node:timers/promises";
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
  readonly type: (keys: string) => Promise<void>;
  readonly text: () => string;
  readonly quits: () => number;
  readonly saved: { path: string; rows: readonly Row[] }[];
  readonly observe: (events: readonly WireEvent[]) => Promise<void>;
}

export interface ShownOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly live?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Longer than the pause between two frames. */
const FRAMES_MS = 120;

export async function shown(events: readonly WireEvent[], options: ShownOptions = {}): Promise<Shown> {
  const { columns = 80, rows = 24, live = false } = options;
  const emulator = createEmulator(columns, rows);
  const saved: { path: string; rows: readonly Row[] }[] = [];
  const all: WireEvent[] = [];
  let quits = 0;
  const screen = openScreen({
    openTerminal: (handlers) =>
      openTerminal({ ...emulator, ...handlers, environment: options.environment ?? emulator.environment }),
    past: pastOfEvents(all),
    title: "imap.example.org",
    clock: (at) => `+${(at / 1e6).toFixed(3)}`.padStart(12),
    startedAt: new Date(2026, 10, 29),
    nowMicros: () => all.at(-1)?.atMicros ?? 0,
    live,
    toText: (observations, as) => `${as}: ${observations.length} observations`,
    save: async (path, chosen) => {
      saved.push({ path, rows: chosen });
      return `saved ${chosen.length} rows to ${path}`;
    },
    quit: () => {
      quits++;
    },
  });
  const observer = createObserver({ emit: screen.observe, depth: "skim" });

  async function settle(): Promise<void> {
    await pause(FRAMES_MS);
    await emulator.settled();
  }

  async function observe(more: readonly WireEvent[]): Promise<void> {
    for (const event of more) {
      all.push(event);
      observer.take(event);
    }
    await settle();
  }

  await observe(events);
  return {
    screen,
    emulator,
    type: async (keys) => {
      emulator.type(keys);
      await settle();
    },
    text: emulator.text,
    quits: () => quits,
    saved,
    observe,
  };
}
