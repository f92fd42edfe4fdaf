/** What the screen needs of a terminal, and what a terminal tells: blessed stays behind it (terminal.ts). */
import type { Frame } from "./view/frame.ts";

/** Names as a person reads them: `j`, `G`, `/`, `C-c`, `enter`, `escape`, `up`, `pagedown`, `S-tab`, `f1`, `space`. */
export interface KeyInput {
  readonly kind: "key";
  readonly name: string;
  /** What it writes, where it writes something: one character, wide and astral ones whole. */
  readonly text: string | undefined;
}

/** Pasted text: never a command. */
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
  /** Puts a text on the clipboard of the terminal (OSC 52). */
  readonly copy: (text: string) => void;
  /** Leaves the terminal as it was found. May be called again. */
  readonly close: () => void;
}

export interface TerminalHandlers {
  readonly onInput: (input: Input) => void;
  readonly onResize: (size: Size) => void;
  /** There was room again, or the first frame may be drawn. */
  readonly onReady: () => void;
}
