/**
 * The terminal: the only file that knows blessed, and it uses little of it: the differences between two screens as few
 * octets, and what switches a terminal to its second screen and back. Input is read without it (input/decode.ts). It gets a
 * stream of our own instead of the terminal, so that it leaves nothing on stdin and stdout, and none of its handlers, which
 * would end the process: who exits, and with which code, is decided by the command line.
 */
import { Duplex } from "node:stream";
import blessed from "blessed";
import { clipboardSequence } from "./clipboard.ts";
import { createInputDecoder } from "./input/decode.ts";
import { paintFrame, type ScreenRow } from "./paint.ts";
import type { Input, Size, Terminal, TerminalOptions, TerminalSink } from "./terminal-types.ts";
import { backgroundOf, createTheme, depthOf } from "./view/theme.ts";

/** What its types leave out. */
declare module "blessed" {
  interface BlessedProgram {
    isAlt: boolean;
  }
  namespace Widgets {
    interface Screen {
      lines: ScreenRow[];
      olines: ScreenRow[];
      enter(): void;
      leave(): void;
    }
  }
}

/** Octets that wait for the terminal, above which frames are left out. */
const BEHIND = 65_536;
/** How long what follows Escape may take: longer than within one sequence, shorter than anybody notices. */
const ESCAPE_MS = 40;
/** How long a paste may pause. */
const PASTE_MS = 500;
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
  const decoder = createInputDecoder();
  const wasRaw = input.isRaw === true;
  let size = sizeOf(output);
  let state: "open" | "suspended" | "closed" = "open";
  let waitsForRoom = false;
  let lost = false;
  let inputTimer: NodeJS.Timeout | undefined;
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

  function enter(): void {
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

  function tell(inputs: readonly Input[]): void {
    for (const each of inputs) if (state === "open") options.onInput(each);
  }

  function onData(octets: Uint8Array | string): void {
    if (inputTimer !== undefined) clearTimeout(inputTimer);
    inputTimer = undefined;
    tell(decoder.write(typeof octets === "string" ? Buffer.from(octets) : octets));
    const pending = decoder.pending();
    if (pending === undefined || state !== "open") return;
    inputTimer = setTimeout(() => tell(decoder.flush()), pending === "paste" ? PASTE_MS : ESCAPE_MS);
  }

  function onResize(): void {
    resizeTimer ??= setTimeout(() => {
      resizeTimer = undefined;
      const now = sizeOf(output);
      if (state !== "open" || (now.columns === size.columns && now.rows === size.rows)) return;
      size = now;
      Object.assign(gate, now).emit("resize");
      options.onResize(now);
    }, RESIZE_MS);
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
    screen.program.flush();
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
    clearTimeout(inputTimer);
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
  screen.program.flush();
  enter();
  setImmediate(() => {
    if (state === "open") options.onReady();
  });

  return {
    size: () => size,
    isBehind: () => output.writableLength > BEHIND,
    draw: (frame) => {
      if (state !== "open" || frame.columns !== size.columns || frame.rows !== size.rows) return;
      waitsForRoom = output.writableLength > BEHIND;
      if (waitsForRoom) return;
      if (!paintFrame(frame, theme.attributes, screen.lines, screen.olines)) return;
      screen.draw(0, size.rows - 1);
      screen.program.flush();
    },
    copy: (text) => {
      const sequence = clipboardSequence(text, (environment["TMUX"] ?? "") !== "");
      if (sequence === undefined || state !== "open" || output.writableLength > BEHIND) return false;
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

function sizeOf({ columns, rows }: TerminalSink): Size {
  // A terminal without a size says 0.
  return { columns: columns || 80, rows: rows || 24 };
}

function createScreen(gate: Duplex, term: string): blessed.Widgets.Screen {
  const before = new Map(PROCESS_EVENTS.map((event) => [event, process.listeners(event as "exit")]));
  const { NCURSES_NO_UTF8_ACS: acs } = process.env;
  // Lines as the characters they are; tmux and others show letters for them otherwise.
  process.env["NCURSES_NO_UTF8_ACS"] = "1";
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
    if (acs === undefined) delete process.env["NCURSES_NO_UTF8_ACS"];
    else process.env["NCURSES_NO_UTF8_ACS"] = acs;
    for (const [event, listeners] of before) {
      for (const listener of process.listeners(event as "exit")) {
        if (!listeners.includes(listener)) process.removeListener(event, listener);
      }
    }
  }
}
