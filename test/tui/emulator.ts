/**
 * A terminal without a terminal: streams for openTerminal, and behind them an emulator whose screen can be read, as text and
 * cell by cell. For all tests of the screen.
 */
import { PassThrough, Writable } from "node:stream";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import unicode11 from "@xterm/addon-unicode11";
import headless from "@xterm/headless";
import { openTerminal } from "../../src/tui/terminal.ts";
import type {
  Input,
  Size,
  Terminal,
  TerminalHandlers,
  TerminalSink,
  TerminalSource,
} from "../../src/tui/terminal-types.ts";

export interface Emulator {
  readonly input: TerminalSource;
  readonly output: TerminalSink;
  /** What the environment of a usual terminal says. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Types keys, as the octets that a terminal sends for them. */
  readonly type: (keys: string) => void;
  /** Changes the size, and waits until it has been told. */
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** Waits until all that was written is on the screen. */
  readonly settled: () => Promise<void>;
  /** The screen as lines, without blanks at their ends. */
  readonly text: () => string;
  /** What stands in a cell: "" behind a wide character. */
  readonly character: (x: number, y: number) => string;
  /** `bold inverse ink:114 paper:236`, "" for plain. */
  readonly style: (x: number, y: number) => string;
  /** Everything that was written so far, as it came. */
  readonly written: () => string;
  /** Private modes that are on, and what else a terminal remembers. */
  readonly modes: () => readonly string[];
  readonly isRaw: () => boolean;
  /** No longer takes what is written, until it is called again with `false`. */
  readonly stall: (stalled: boolean) => void;
}

export function createEmulator(columns = 80, rows = 24): Emulator {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  // A terminal that was just made shows its cursor.
  const modes = new Set(["?25"]);
  for (const [final, on] of [
    ["h", true],
    ["l", false],
  ] as const) {
    terminal.parser.registerCsiHandler({ prefix: "?", final }, (numbers) => {
      for (const number of numbers) {
        if (on) modes.add(`?${number}`);
        else modes.delete(`?${number}`);
      }
      return false;
    });
  }
  let title = "";
  terminal.onTitleChange((now) => {
    title = now;
  });
  let bells = 0;
  terminal.onBell(() => bells++);

  let raw = false;
  const input = Object.assign(new PassThrough(), {
    isRaw: false,
    setRawMode: (on: boolean) => {
      raw = on;
      input.isRaw = on;
    },
  });
  const written: string[] = [];
  let stalled: (() => void)[] | undefined;
  const output = Object.assign(
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written.push(chunk.toString());
        const take = () => terminal.write(chunk, () => done());
        if (stalled === undefined) take();
        else stalled.push(take);
      },
    }),
    { columns, rows },
  );

  async function settled(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      await turn();
      await new Promise<void>((resolve) => terminal.write("", resolve));
      quiet = output.writableLength === 0 ? quiet + 1 : 0;
    }
  }

  function cellAt(x: number, y: number) {
    const buffer = terminal.buffer.active;
    return buffer.getLine(buffer.baseY + y)?.getCell(x);
  }

  return {
    input,
    output,
    environment: { TERM: "xterm-256color", COLORFGBG: "15;0" },
    type: (keys) => {
      input.write(keys);
    },
    resize: async (toColumns, toRows) => {
      terminal.resize(toColumns, toRows);
      Object.assign(output, { columns: toColumns, rows: toRows });
      output.emit("resize");
      await pause(80);
      await settled();
    },
    settled,
    text: () => {
      const buffer = terminal.buffer.active;
      const lines = Array.from({ length: terminal.rows }, (_, y) =>
        (buffer.getLine(buffer.baseY + y)?.translateToString(true) ?? "").trimEnd(),
      );
      return lines.join("\n");
    },
    character: (x, y) => {
      const cell = cellAt(x, y);
      return cell?.getWidth() === 0 ? "" : cell?.getChars() || " ";
    },
    style: (x, y) => {
      const cell = cellAt(x, y);
      if (cell === undefined) return "";
      return [
        cell.isBold() ? "bold" : "",
        cell.isDim() ? "dim" : "",
        cell.isItalic() ? "italic" : "",
        cell.isUnderline() ? "underline" : "",
        cell.isBlink() ? "blink" : "",
        cell.isInverse() ? "inverse" : "",
        cell.isInvisible() ? "invisible" : "",
        cell.isFgDefault() ? "" : `ink:${cell.getFgColor()}`,
        cell.isBgDefault() ? "" : `paper:${cell.getBgColor()}`,
      ]
        .filter((word) => word !== "")
        .join(" ");
    },
    written: () => written.join(""),
    modes: () => [
      ...[...modes].sort(),
      terminal.buffer.active.type,
      `title:${title}`,
      `bells:${bells}`,
      `insert:${terminal.modes.insertMode}`,
      `origin:${terminal.modes.originMode}`,
      `keypad:${terminal.modes.applicationKeypadMode}`,
    ],
    isRaw: () => raw,
    stall: (stop) => {
      const waiting = stalled ?? [];
      stalled = stop ? waiting : undefined;
      if (!stop) for (const take of waiting) take();
    },
  };
}

export interface OpenEmulator extends Emulator {
  readonly terminal: Terminal;
  /** What was told so far. */
  readonly told: {
    readonly inputs: Input[];
    readonly sizes: Size[];
    ready: number;
    lost: number;
  };
}

/** An emulator with the terminal opened on it. */
export function openEmulator(
  options: Partial<TerminalHandlers> & {
    readonly columns?: number;
    readonly rows?: number;
    readonly environment?: Emulator["environment"];
    readonly mouse?: boolean;
  } = {},
): OpenEmulator {
  const emulator = createEmulator(options.columns, options.rows);
  const told: OpenEmulator["told"] = { inputs: [], sizes: [], ready: 0, lost: 0 };
  const terminal = openTerminal({
    input: emulator.input,
    output: emulator.output,
    environment: options.environment ?? emulator.environment,
    mouse: options.mouse ?? true,
    onInput: (input) => {
      told.inputs.push(input);
      options.onInput?.(input);
    },
    onResize: (size) => {
      told.sizes.push(size);
      options.onResize?.(size);
    },
    onReady: () => {
      told.ready++;
      options.onReady?.();
    },
    onLost: () => {
      told.lost++;
      options.onLost?.();
    },
  });
  return { ...emulator, terminal, told };
}
