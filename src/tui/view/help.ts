/** The help, made from the table of actions. */
import { cellWidth, padEnd } from "../../core/text/cells.ts";
import { ACTIONS, type ActionName, type ActionRow, GROUPS, type Place } from "../model/action.ts";
import { EDITOR_KEYS } from "../model/line-editor.ts";
import { PROMPT_KEYS } from "../model/prompt.ts";
import type { State } from "../model/state.ts";
import { type Line, span } from "./style.ts";

const KEY_COLUMNS = 18;

const SIGNS: readonly (readonly [sign: string, words: string])[] = [
  ["~ x", "an exchange in flight; one that failed or was lost"],
  ["*", "a push: data that nobody asked for; the server's greeting"],
  ["> ^ +", "a change of state; TLS; a connection opened or closed"],
  ["! i", "a defect: octets that break an RFC; a notice of imapscope"],
  ["▒ ─ █ ┄", "the waterfall: sending, the server thinks, loading, idling"],
  ["◆ ›", "marked; matches the filter"],
  ["├ │", "side by side: an exchange; the line of an open connection"],
];

export function helpLines(): readonly Line[] {
  const actions: readonly ActionRow[] = ACTIONS;
  return [
    [span("Keys", "heading"), span("  the mouse works too: wheel and click", "faint")],
    ...GROUPS.flatMap((group) => [
      [],
      [span(group, "heading")],
      ...actions.filter((action) => action.group === group).map(actionLine),
    ]),
    [],
    [span("At a prompt", "heading")],
    ...[...PROMPT_KEYS, ...EDITOR_KEYS].map(({ keys, words }) => keyLine(keys, words)),
    [],
    [span("Signs", "heading")],
    ...SIGNS.map(([sign, words]): Line => [span(`  ${padEnd(sign, KEY_COLUMNS)}`, "accent"), span(words)]),
    [],
    [span("More: ", "faint"), span("docs/tui.md, docs/filter.md, docs/glossary.md", "plain")],
  ];
}

function keyLine(keys: readonly string[], words: string): Line {
  const named = keys.map(keyName).join(" ");
  return [span(`  ${padEnd(named, Math.max(KEY_COLUMNS, named.length + 1))}`, "accent"), span(words)];
}

function actionLine({ keys, help, places }: ActionRow): Line {
  const where = PLACE_WORDS.get(places.join(" "));
  return [...keyLine(keys, help), ...(where === undefined ? [] : [span(`  (${where})`, "faint")])];
}

/** Where an action applies, if not nearly everywhere. */
const PLACE_WORDS: ReadonlyMap<string, string> = new Map([
  ["details", "details"],
  ["connections", "connections"],
]);

const KEY_NAMES: ReadonlyMap<string, string> = new Map([
  ["up", "↑"],
  ["down", "↓"],
  ["left", "←"],
  ["right", "→"],
  ["pageup", "PgUp"],
  ["pagedown", "PgDn"],
  ["home", "Home"],
  ["end", "End"],
  ["enter", "Enter"],
  ["escape", "Esc"],
  ["tab", "Tab"],
  ["space", "Space"],
  ["backspace", "Backspace"],
  ["delete", "Del"],
  ["f1", "F1"],
]);

const MODIFIERS: ReadonlyMap<string, string> = new Map([
  ["C", "Ctrl"],
  ["M", "Alt"],
  ["S", "Shift"],
]);

/** A key as it stands on the keyboard. */
export function keyName(key: string): string {
  const [modifier = "", ...rest] = key.split("-");
  const words = rest.length === 0 ? undefined : MODIFIERS.get(modifier);
  const plain = rest.join("-");
  if (words === undefined) return KEY_NAMES.get(key) ?? key;
  return `${words}-${KEY_NAMES.get(plain) ?? plain.toUpperCase()}`;
}

/** Hints that stand last and are chosen first: who knows these finds the others. */
const HINTS_LAST: readonly string[] = ["back", "help", "quit"];

/** The hints of the places that have more of them than there is room for, most useful first. */
const HINTS_FIRST: Partial<Record<Place, readonly ActionName[]>> = {
  exchanges: [
    ...(["open", "filter", "slowest", "nextFailure", "explain", "connections", "session"] as const),
    ...(["copyTranscript", "mark", "comment", "save", "follow", "matchesOnly", "lanes", "record"] as const),
  ],
  details: [
    ...(["toggle", "nextTab", "nextRow", "explain", "copyTranscript", "session", "filter"] as const),
    ...(["slowest", "nextFailure", "mark", "comment", "save", "connections"] as const),
  ],
  connections: ["pick", "pickOnly", "lanes", "session"],
};

/** The last that were chosen: they stand on every frame, and seldom change. */
let chosen: (Hinted & { readonly columns: number; readonly hints: Line }) | undefined;

/** What decides which actions are worth a hint. */
type Hinted = Pick<State, "place" | "mayRecord">;

/** The hints of a place, most useful first: those that there is room for, each whole. */
export function hintsOf({ place, mayRecord }: Hinted, columns: number): Line {
  if (chosen?.place !== place || chosen.mayRecord !== mayRecord || chosen.columns !== columns)
    chosen = { place, mayRecord, columns, hints: chooseHints({ place, mayRecord }, columns) };
  return chosen.hints;
}

function chooseHints({ place, mayRecord }: Hinted, columns: number): Line {
  const actions: readonly ActionRow[] = ACTIONS;
  const first = HINTS_FIRST[place]?.flatMap((each) => actions.filter(({ name }) => name === each)) ?? [];
  const hinted = [...new Set([...first, ...actions])].filter(
    // Above the table is nothing that one would need the way back to.
    ({ name, hint, places }) =>
      hint !== undefined &&
      places.includes(place) &&
      (name !== "back" || place !== "exchanges") &&
      (name !== "record" || mayRecord),
  );
  const last = HINTS_LAST.flatMap((last) => hinted.filter(({ name }) => name === last)).map(hintOf);
  while (last.length > 2 && widthOf(last.flat()) > columns) last.shift();
  const hints: Line[] = [];
  let room = columns - widthOf(last.flat());
  for (const hint of hinted.filter(({ name }) => !HINTS_LAST.includes(name)).map(hintOf)) {
    room -= widthOf(hint);
    if (room < 0) break;
    hints.push(hint);
  }
  return [...hints, ...last].flat();
}

function hintOf({ keys, hint = "" }: ActionRow): Line {
  return [span(` ${keyName(keys[0] ?? "")}`, "accent"), span(` ${hint} `, "faint")];
}

function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + cellWidth(text), 0);
}
