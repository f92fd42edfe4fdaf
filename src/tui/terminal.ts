/**
 * The terminal: the only file that knows blessed, and it uses little of it: what switches a terminal to its second screen and
 * back, and the sequences of colours. Frames are painted (paint.ts) and input is read (input/decode.ts) without it. It gets a
 * stream of our own instead of the terminal, so that it leaves nothing on stdin and stdout, and none of its handlers, which
 * would end the process: who exits, and with which code, is decided by the command line.
 */
import { Duplex } from "node:stream";
import blessed from "blessed";
import { clipboardSequence } from "./clipboard.ts";
import { createInputReader } from "./input/reader.ts";
import { createPainter } from "./paint.ts";
import type { Size, Terminal, TerminalOptions, TerminalSink } from "./terminal-types.ts";
import { backgroundOf, createTheme, depthOf } from "./view/theme.ts";

/** What its types leave out. */
declare module "blessed" {
  interface BlessedProgram {
    isAlt: boolean;
  }
  namespace Widgets {
    interface Screen {
      codeAttr(attribute: number): string;
      enter(): void;
      leave(): void;
    }
  }
}

/** Octets that wait for the terminal, above which frames are left out. */
const BEHIND = 65_536;
/** Sizes come in bursts while a window is dragged. */
const RESIZE_MS = 50;
/** Where the shell does not stop us, as no shell is there. */
const SUSPENDED_MS = 200;

/** Clicks and the wheel, with numbers beyond column 223; no motion. */
const MOUSE = ["?1000", "?1006"];
const PASTES = "?2004";
/** No style, the whole screen scrolls. */
const RESET = "\x1b[m\x1b[r";
/** Events for which blessed installs handlers, all of which end the process or wait for its end. */
const PROCESS_EVENTS = ["uncaughtException", "SIGTERM", "SIGINT", "SIGQUIT", "exit"];

export function openTerminal(options: TerminalOptions): Terminal {
  const { input, output, environment } = options;
  const theme = createTheme(depthOf(environment), options.background ?? backgroundOf(environment));
  const modes = [...(options.mouse === false ? [] : MOUSE), PASTES];
  const reader = createInputReader(options.onInput);
  const wasRaw = input.isRaw === true;
  let size = sizeOf(output);
  let state: "open" | "suspended" | "closed" = "open";
  let waitsForRoom = false;
  let lost = false;
  let resizeTimer: NodeJS.Timeout | undefined;

  // A terminal that takes nothing would stop the whole process, as Node writes to terminals synchronously.
  output._handle?.setBlocking?.(false);
  const gate = Object.assign(
    new Duplex({
      read: () => {},
      decodeStrings: false,
      write: (text: string, _encoding, done) => {
        output.write(text);
        done();
      },
    }),
    { isTTY: true, ...size },
  );
  const screen = createScreen(gate, environment["TERM"] ?? "");
  const painter = createPainter(Array.from(theme.attributes, (attribute) => screen.codeAttr(attribute)));

  function enter(): void {
    screen.program.flush();
    painter.forget();
    // Off first: libuv does nothing where it believes the terminal to be raw, whatever a shell has done to it since.
    input.setRawMode?.(false);
    input.setRawMode?.(true);
    output.write(modes.map((mode) => `\x1b[${mode}h`).join(""));
    input.resume();
  }

  function leave(): void {
    screen.program.flush();
    output.write(RESET + modes.map((mode) => `\x1b[${mode}l`).join(""));
    screen.leave();
    screen.program.flush();
    input.setRawMode?.(wasRaw);
    input.pause();
  }

  function onData(octets: Uint8Array | string): void {
    reader.write(typeof octets === "string" ? Buffer.from(octets) : octets);
  }

  function onResize(): void {
    resizeTimer ??= setTimeout(() => {
      resizeTimer = undefined;
      const now = sizeOf(output);
      if (state !== "open" || (now.columns === size.columns && now.rows === size.rows)) return;
      size = now;
      Object.assign(gate, now).emit("resize");
      painter.forget();
      options.onResize(now);
    }, RESIZE_MS);
  }

  function isBehind(): boolean {
    waitsForRoom ||= output.writableLength > BEHIND;
    return output.writableLength > BEHIND;
  }

  function onDrain(): void {
    if (!waitsForRoom || state !== "open") return;
    waitsForRoom = false;
    options.onReady();
  }

  /** After C-z, or after somebody else stopped us: the terminal may be in any state. */
  function onContinue(): void {
    if (state === "closed") return;
    state = "open";
    screen.program.isAlt = false;
    screen.enter();
    enter();
    onResize();
    options.onReady();
  }

  function onGone(): void {
    if (lost || state === "closed") return;
    lost = true;
    options.onLost();
  }

  function close(): void {
    if (state === "closed") return;
    const suspended = state === "suspended";
    state = "closed";
    reader.stop();
    clearTimeout(resizeTimer);
    for (const [event, listener] of inputEvents) input.removeListener(event, listener);
    for (const [event, listener] of outputEvents) output.removeListener(event, listener);
    process.removeListener("SIGCONT", onContinue);
    process.removeListener("exit", close);
    if (!suspended) leave();
    screen.destroy();
    // What is printed from now on is written at once again, and what still waits must not hold us up.
    const block = () => output._handle?.setBlocking?.(true);
    if (output.writableLength === 0) block();
    output.write("", () => {
      block();
      // Errors come after the callback.
      setImmediate(() => output.removeListener("error", onGone));
    });
    setImmediate(() => input.removeListener("error", onGone));
  }

  const inputEvents = [
    ["data", onData],
    ["end", onGone],
  ] as const;
  const outputEvents = [
    ["resize", onResize],
    ["drain", onDrain],
  ] as const;
  for (const [event, listener] of inputEvents) input.on(event, listener);
  for (const [event, listener] of outputEvents) output.on(event, listener);
  input.on("error", onGone);
  output.on("error", onGone);
  process.on("SIGCONT", onContinue);
  // For whoever exits without closing.
  process.on("exit", close);
  enter();
  setImmediate(() => {
    if (state === "open") options.onReady();
  });

  return {
    size: () => size,
    isBehind,
    draw: (frame) => {
      if (state !== "open" || lost || frame.columns !== size.columns || frame.rows !== size.rows) return;
      screen.program.flush();
      const text = isBehind() ? "" : painter.paint(frame);
      if (text !== "") output.write(text);
    },
    copy: (text) => {
      const sequence = clipboardSequence(text, (environment["TMUX"] ?? "") !== "");
      if (sequence === undefined || state !== "open" || isBehind()) return false;
      output.write(sequence);
      return true;
    },
    suspend: () => {
      if (state !== "open") return;
      leave();
      state = "suspended";
      // To all of the job, as the terminal itself would.
      process.kill(0, "SIGTSTP");
      setTimeout(() => {
        if (state === "suspended") onContinue();
      }, SUSPENDED_MS);
    },
    close,
  };
}

/** A terminal without a size says 0. */
function sizeOf({ columns, rows }: TerminalSink): Size {
  return { columns: columns || 80, rows: rows || 24 };
}

function createScreen(gate: Duplex, term: string): blessed.Widgets.Screen {
  const before = new Map(PROCESS_EVENTS.map((event) => [event, process.listeners(event as "exit")]));
  const restore = changeEnvironment({
    // Lines as the characters they are; tmux and others show letters for them otherwise.
    NCURSES_NO_UTF8_ACS: "1",
    // Or else it runs tmux and waits for its version.
    TMUX: undefined,
  });
  try {
    return blessed.screen({
      input: gate,
      output: gate,
      // blessed finds few terminals and falls back to eight colours; they all understand what xterm does.
      terminal: /^(linux|vt\d|dumb)/.test(term) ? term : "xterm-256color",
      forceUnicode: true,
      fullUnicode: false,
    });
  } finally {
    restore();
    for (const [event, listeners] of before) {
      for (const listener of process.listeners(event as "exit")) {
        if (!listeners.includes(listener)) process.removeListener(event, listener);
      }
    }
  }
}

/** Gives what changes it back. */
function changeEnvironment(changes: Readonly<Record<string, string | undefined>>): () => void {
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(changes)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
}
