/** The prompt at the bottom of the screen: a line that is typed, read while it is, and completed. A value and its reducer. */
import type { Completion } from "../../core/query/complete.ts";
import type { Seen } from "../../core/query/field-values.ts";
import type { FilterError } from "../../core/query/filter.ts";
import type { KeyInput, PasteInput } from "../terminal-types.ts";
import { createLineEditor, editLine, type LineEditor, moveCaret, replaceText } from "./line-editor.ts";
import { PROMPT_KINDS, type PromptKind, type PromptValue } from "./prompt-kinds.ts";

export interface Prompt {
  readonly kind: PromptKind;
  readonly editor: LineEditor;
  /** What is wrong with the line as it stands; nothing is said of an empty one until it was refused. */
  readonly error: FilterError | undefined;
  /** Enter was pressed on a line that cannot be read, and nothing has been typed since. */
  readonly refused: boolean;
  readonly completions: readonly Completion[];
  /** The completion that is in the line, by its number, while they are gone through. */
  readonly chosen: number | undefined;
  /** The line that the completions complete: that of the editor, or the one before the first was chosen. */
  readonly typed: LineEditor;
}

export type PromptResult =
  | { readonly kind: "open"; readonly prompt: Prompt }
  /** With the line as it was typed, for the history. */
  | { readonly kind: "accepted"; readonly value: PromptValue; readonly text: string }
  | { readonly kind: "cancelled" };

/** What stands in a cell of the prompt: a place of the line, in code units, or a completion, by its number. */
export type PromptTarget =
  | { readonly kind: "place"; readonly place: number }
  | { readonly kind: "completion"; readonly chosen: number };

interface Opening {
  readonly text?: string;
  readonly history?: readonly string[];
  /** Why this text was refused. */
  readonly error?: FilterError;
}

type Action = (prompt: Prompt, seen: Seen) => PromptResult;

interface PromptKeys {
  readonly keys: readonly string[];
  /** What they do, for the help. */
  readonly words: string;
  readonly action: Action;
}

/** The keys that are the prompt's own; all others are the editor's. */
export const PROMPT_KEYS: readonly PromptKeys[] = [
  { keys: ["enter"], words: "accept the line", action: accept },
  { keys: ["escape", "C-c", "C-g"], words: "cancel", action: () => ({ kind: "cancelled" }) },
  { keys: ["tab"], words: "the next completion", action: (prompt, seen) => choose(prompt, seen, 1) },
  { keys: ["S-tab"], words: "the completion before", action: (prompt, seen) => choose(prompt, seen, -1) },
];

const ACTIONS: ReadonlyMap<string, Action> = new Map(
  PROMPT_KEYS.flatMap(({ keys, action }) => keys.map((key) => [key, action] as const)),
);

/** A prompt with a text in it to begin with, what is wrong with that, and the lines that were accepted at it before. */
export function openPrompt(
  kind: PromptKind,
  seen: Seen,
  { text = "", history = [], error }: Opening = {},
): Prompt {
  const prompt = settle(kind, createLineEditor(text, history), seen);
  return error === undefined ? prompt : { ...prompt, error, refused: true };
}

/** What a key or a paste makes of it. */
export function updatePrompt(prompt: Prompt, input: KeyInput | PasteInput, seen: Seen): PromptResult {
  const action = input.kind === "key" ? ACTIONS.get(input.name) : undefined;
  if (action !== undefined) return action(prompt, seen);
  const editor = editLine(prompt.editor, input);
  if (editor === prompt.editor && prompt.chosen === undefined) return { kind: "open", prompt };
  return { kind: "open", prompt: settle(prompt.kind, editor, seen) };
}

/** What a click makes of it: the caret goes to a place, a completion is taken. */
export function clickPrompt(prompt: Prompt, target: PromptTarget, seen: Seen): Prompt {
  const { kind, editor, completions, typed } = prompt;
  if (target.kind === "place") return settle(kind, moveCaret(editor, target.place), seen);
  const completion = completions[target.chosen];
  if (completion === undefined) return prompt;
  return settle(kind, replaceText(typed, completion.from, completion.to, completion.insert), seen);
}

/** The prompt of a line that was typed: read anew, with the completions at its caret. */
function settle(kind: PromptKind, editor: LineEditor, seen: Seen): Prompt {
  const { text, caret } = editor;
  return {
    kind,
    editor,
    error: text.trim() === "" ? undefined : errorOf(kind, text),
    refused: false,
    completions: PROMPT_KINDS[kind].complete(text, caret, seen),
    chosen: undefined,
    typed: editor,
  };
}

function accept(prompt: Prompt, seen: Seen): PromptResult {
  const { kind, editor } = prompt;
  const { text } = editor;
  const value = PROMPT_KINDS[kind].read(text);
  if (!("message" in value)) return { kind: "accepted", value, text };
  const there = moveCaret(editor, PROMPT_KINDS[kind].mend(text, value));
  return { kind: "open", prompt: { ...settle(kind, there, seen), error: value, refused: true } };
}

/** Puts the next completion into the line in the place of what was typed; a single one is taken at once. */
function choose(prompt: Prompt, seen: Seen, step: 1 | -1): PromptResult {
  const { kind, completions, chosen, typed } = prompt;
  const count = completions.length;
  const from = chosen ?? (step === 1 ? -1 : count);
  const next = count === 0 ? undefined : (from + step + count) % count;
  const completion = next === undefined ? undefined : completions[next];
  if (completion === undefined) return { kind: "open", prompt };
  const editor = replaceText(typed, completion.from, completion.to, completion.insert);
  if (count === 1) return { kind: "open", prompt: settle(kind, editor, seen) };
  const error = errorOf(kind, editor.text);
  return { kind: "open", prompt: { ...prompt, editor, error, refused: false, chosen: next } };
}

function errorOf(kind: PromptKind, text: string): FilterError | undefined {
  const value = PROMPT_KINDS[kind].read(text);
  return "message" in value ? value : undefined;
}
