/** What the screen needs of a terminal, and what a terminal tells: blessed stays behind it (terminal.ts). */
import type { Frame } from "./view/frame.ts";
import type { Background } from "./view/theme.ts";

/**
 * Names as a person reads them: `j`, `G`, `/`, `C-c`, `enter`, `escape`, `up`, `pagedown`, `S-tab`, `f1`, `space`. Modifiers
 * in this order: `C-M-S-up`, where M is Alt.
 */
export interface KeyInput {
  readonly kind: "key";
  readonly name: string;
  /** What it writes, where it writes something: one character, wide and astral ones whole. */
  readonly text: string | undefined;
}

/** Pasted text: never a command. Line ends are LF, and other controls than those and tabs are gone; a long one is cut. */
export interface PasteInput {
  readonly kind: "paste";
  readonly text: string;
}

export interface MouseInput {
  readonly kind: "click" | "wheelUp" | "wheelDown";
  /** Cells from 0. */
  readonly x: number;
  readonly y: number;
}

export type Input = KeyInput | PasteInput | MouseInput;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface Terminal {
  readonly size: () => Size;
  /** Paints what has changed since the last frame. While the terminal does not take what it got, this does nothing. */
  readonly draw: (frame: Frame) => void;
  /** Whether the terminal has not yet taken the frames before: a frame drawn now would be left out. */
  readonly isBehind: () => boolean;
  /** Puts a text on the clipboard of the terminal (OSC 52); gives whether it was short enough to be asked for. */
  readonly copy: (text: string) => boolean;
  /** Gives the terminal back to the shell (C-z), until the process is continued. */
  readonly suspend: () => void;
  /** Leaves the terminal as it was found. May be called again. */
  readonly close: () => void;
}

export interface TerminalHandlers {
  readonly onInput: (input: Input) => void;
  readonly onResize: (size: Size) => void;
  /** A frame should be drawn: the first one, or there is room again, or the process was continued. */
  readonly onReady: () => void;
  /** The terminal has gone: nothing comes from it any more. */
  readonly onLost: () => void;
}

/** `process.stdin`, or what stands for it. */
export interface TerminalSource extends NodeJS.ReadableStream {
  readonly isRaw?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** `process.stdout`, or what stands for it. */
export interface TerminalSink extends NodeJS.WritableStream {
  readonly columns?: number;
  readonly rows?: number;
  readonly writableLength: number;
  readonly _handle?: { setBlocking?(blocking: boolean): unknown } | null;
}

export interface TerminalOptions extends TerminalHandlers {
  readonly input: TerminalSource;
  readonly output: TerminalSink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is behind the text, where the user says so; else the environment may. */
  readonly background?: Background | undefined;
  /** Whether the mouse is ours; it then selects text only with Shift. */
  readonly mouse?: boolean | undefined;
}
