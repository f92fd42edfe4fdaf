/** A line that is typed: text, caret, undo, what was killed, and the lines typed before. A value and its reducer. */
import type { KeyInput, PasteInput } from "../terminal-types.ts";
import { before, behind, boundary, oneLine, termBefore, wordBefore, wordBehind } from "./clusters.ts";

interface Moment {
  readonly text: string;
  /** Code units before the caret. */
  readonly caret: number;
}

export interface LineEditor extends Moment {
  /** What undo goes back to, the latest last. */
  readonly past: readonly Moment[];
  /** Whether the last thing was a typed character: the next one is undone together with it. */
  readonly typing: boolean;
  /** What was killed last, for C-y. */
  readonly killed: string;
  /** Lines typed before, the oldest first. */
  readonly history: readonly string[];
  /** The line of the history that is shown; its length stands for the line that is being typed. */
  readonly recalled: number;
  /** The line that was being typed, while one of the history is shown. */
  readonly draft: string;
}

/** Code units of a line; what is pasted beyond it is left out. */
export const LINE_MOST = 4096;
const UNDO_MOST = 200;
const HISTORY_MOST = 100;

type Change = (editor: LineEditor) => LineEditor;

interface EditorKeys {
  readonly keys: readonly string[];
  /** What they do, for the help. */
  readonly words: string;
  readonly change: Change;
}

/** The keys, as a table: what emacs and readline have, and the ordinary ones. */
export const EDITOR_KEYS: readonly EditorKeys[] = [
  { keys: ["left", "C-b"], words: "a character back", change: move(before) },
  { keys: ["right", "C-f"], words: "a character on", change: move(behind) },
  { keys: ["C-left", "M-left", "M-b"], words: "a word back", change: move(wordBefore) },
  { keys: ["C-right", "M-right", "M-f"], words: "a word on", change: move(wordBehind) },
  { keys: ["home", "C-a"], words: "to the beginning", change: move(() => 0) },
  { keys: ["end", "C-e"], words: "to the end", change: move((text) => text.length) },
  { keys: ["backspace"], words: "delete the character before", change: erase(before) },
  { keys: ["delete", "C-d"], words: "delete the character under the caret", change: erase(behind) },
  { keys: ["M-backspace"], words: "kill the word before", change: kill(wordBefore) },
  { keys: ["M-d", "C-delete"], words: "kill the word behind", change: kill(wordBehind) },
  { keys: ["C-w"], words: "kill back to a space", change: kill(termBefore) },
  { keys: ["C-u"], words: "kill back to the beginning", change: kill(() => 0) },
  { keys: ["C-k"], words: "kill up to the end", change: kill((text) => text.length) },
  {
    keys: ["C-y"],
    words: "put back what was killed",
    change: (editor) => insertText(editor, editor.killed),
  },
  { keys: ["C-_", "C-z"], words: "undo", change: undo },
  {
    keys: ["up", "C-p"],
    words: "the line typed before",
    change: (editor) => recall(editor, editor.recalled - 1),
  },
  {
    keys: ["down", "C-n"],
    words: "the line typed after",
    change: (editor) => recall(editor, editor.recalled + 1),
  },
];

const CHANGES: ReadonlyMap<string, Change> = new Map(
  EDITOR_KEYS.flatMap(({ keys, change }) => keys.map((key) => [key, change] as const)),
);

/** An editor with a text in it and the caret behind it. */
export function createLineEditor(text = "", history: readonly string[] = []): LineEditor {
  const line = oneLine(text, LINE_MOST);
  return {
    text: line,
    caret: line.length,
    past: [],
    typing: false,
    killed: "",
    history,
    recalled: history.length,
    draft: "",
  };
}

/** What a key or a paste makes of it; the same value where it does nothing. */
export function editLine(editor: LineEditor, input: KeyInput | PasteInput): LineEditor {
  if (input.kind === "paste") return insertText(editor, input.text);
  const change = CHANGES.get(input.name);
  if (change !== undefined) return change(editor);
  return input.text === undefined ? editor : typeText(editor, input.text);
}

/** Puts a text at the caret, on one line. One undo takes it away again. */
export function insertText(editor: LineEditor, written: string): LineEditor {
  return replaceText(editor, editor.caret, editor.caret, written);
}

/** Puts a text in the place of another; the caret stands behind it. One undo brings the other back. */
export function replaceText(editor: LineEditor, from: number, to: number, written: string): LineEditor {
  const { text } = editor;
  const line = oneLine(written, Math.max(0, LINE_MOST - (text.length - (to - from))));
  if (line === "" && from === to) return editor;
  const inserted = text.slice(0, from) + line + text.slice(to);
  return { ...keep(editor), text: inserted, caret: caretIn(inserted, from + line.length), typing: false };
}

/** Puts the caret before a code unit, or where the cluster that it is in begins. */
export function moveCaret(editor: LineEditor, place: number): LineEditor {
  const caret = boundary(editor.text, place);
  return caret === editor.caret && !editor.typing ? editor : { ...editor, caret, typing: false };
}

/** The history with a line more; a line that was there already moves to the end. */
export function remember(history: readonly string[], line: string): readonly string[] {
  if (line.trim() === "") return history;
  return [...history.filter((each) => each !== line), line].slice(-HISTORY_MOST);
}

/** A typed character: those of a word are undone together. */
function typeText(editor: LineEditor, written: string): LineEditor {
  const inserted = insertText(editor, written);
  if (inserted === editor) return editor;
  const past = editor.typing && written !== " " ? editor.past : inserted.past;
  return { ...inserted, past, typing: true };
}

function move(target: (text: string, caret: number) => number): Change {
  return (editor) => moveCaret(editor, target(editor.text, editor.caret));
}

function erase(target: (text: string, caret: number) => number): Change {
  return (editor) => {
    const { text, caret } = editor;
    const [from, to] = ordered(caret, target(text, caret));
    return replaceText(editor, from, to, "");
  };
}

function kill(target: (text: string, caret: number) => number): Change {
  return (editor) => {
    const { text, caret } = editor;
    const [from, to] = ordered(caret, target(text, caret));
    return from === to ? editor : { ...replaceText(editor, from, to, ""), killed: text.slice(from, to) };
  };
}

function undo(editor: LineEditor): LineEditor {
  const last = editor.past.at(-1);
  return last === undefined ? editor : { ...editor, ...last, past: editor.past.slice(0, -1), typing: false };
}

/** Shows another line of the history; behind the last of them is the one that was being typed. */
function recall(editor: LineEditor, wanted: number): LineEditor {
  const { history, recalled, text } = editor;
  if (wanted < 0 || wanted > history.length) return editor;
  const draft = recalled === history.length ? text : editor.draft;
  const line = history[wanted] ?? draft;
  return { ...keep(editor), text: line, caret: line.length, recalled: wanted, draft, typing: false };
}

/** The editor with what it shows now as what undo goes back to. */
function keep(editor: LineEditor): LineEditor {
  const { text, caret, past } = editor;
  return { ...editor, past: [...past, { text, caret }].slice(-UNDO_MOST) };
}

/** What is put before marks may take them up: the caret stands behind them then. */
function caretIn(text: string, place: number): number {
  const start = boundary(text, place);
  return start === place ? place : behind(text, start);
}

function ordered(a: number, b: number): readonly [from: number, to: number] {
  return a < b ? [a, b] : [b, a];
}
