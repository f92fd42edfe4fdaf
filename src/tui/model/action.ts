/**
 * Everything that a person can do, as one table: an action, its keys, where it applies, and what the help says of it. The
 * help screen, the hints at the bottom and docs/keys.md are made from it.
 */

/** Where the keys go. */
export type Place = "exchanges" | "details" | "connections" | "session" | "help" | "explanation";

export interface ActionRow {
  readonly name: string;
  readonly keys: readonly string[];
  readonly places: readonly Place[];
  readonly help: string;
  readonly group: Group;
  /** A word for the line of hints, where it is worth one. */
  readonly hint?: string;
}

export const GROUPS = ["Move", "Look", "Find", "Act", "Leave"] as const;
export type Group = (typeof GROUPS)[number];

const TABLE: readonly Place[] = ["exchanges"];
const LISTS: readonly Place[] = ["exchanges", "connections"];
const ROWS: readonly Place[] = ["exchanges", "details"];
const SCROLLING: readonly Place[] = ["exchanges", "details", "connections", "session", "help", "explanation"];
const ALL = SCROLLING;

export const ACTIONS = [
  action("up", "Move", ["k", "up"], SCROLLING, "one line up"),
  action("down", "Move", ["j", "down"], SCROLLING, "one line down"),
  action("pageUp", "Move", ["pageup", "C-b"], SCROLLING, "a page up"),
  action("pageDown", "Move", ["pagedown", "C-f"], SCROLLING, "a page down"),
  action("halfUp", "Move", ["C-u"], SCROLLING, "half a page up"),
  action("halfDown", "Move", ["C-d"], SCROLLING, "half a page down"),
  action("first", "Move", ["g", "home"], SCROLLING, "the first line"),
  action("last", "Move", ["G", "end"], SCROLLING, "the last line; in the table, follow what comes"),
  action("previousRow", "Move", ["K", "["], ["details"], "the exchange before"),
  action("nextRow", "Move", ["J", "]"], ["details"], "the exchange after", "next"),

  action("open", "Look", ["enter", "l", "right"], TABLE, "look inside", "open"),
  action("toggle", "Look", ["enter", "z"], ["details"], "open or close a fold", "fold"),
  action("toggleAll", "Look", ["Z"], ["details"], "open or close all folds"),
  action("nextTab", "Look", ["tab"], ["details"], "the next view of it", "view"),
  action("previousTab", "Look", ["S-tab"], ["details"], "the view before"),
  action("dialogue", "Look", ["1"], ROWS, "the dialogue: C: and S: with times"),
  action("structure", "Look", ["2"], ROWS, "the structure: what was parsed, as a tree"),
  action("timings", "Look", ["3"], ROWS, "the timings: where the time went"),
  action("words", "Look", ["4"], ROWS, "the words: all of it explained"),
  action(
    "explain",
    "Look",
    ["i"],
    ["exchanges", "details", "session"],
    "explain what is selected in plain words, with its RFC",
    "explain",
  ),
  action("connections", "Look", ["c"], ALL, "the connections", "connections"),
  action("lanes", "Look", ["|", "L"], LISTS, "the connections side by side, or one table", "side by side"),
  action(
    "session",
    "Look",
    ["s"],
    ["exchanges", "details", "connections"],
    "the state of the session at that moment",
    "session",
  ),
  action("help", "Look", ["?", "f1"], ALL, "this help", "help"),
  action("hide", "Look", ["H"], ALL, "hide names, hosts and all content, for a shared screen"),

  action("filter", "Find", ["/"], ROWS, "a filter: cmd:fetch status:no wait>500ms … (Tab completes)", "find"),
  action(
    "matchesOnly",
    "Find",
    ["x"],
    TABLE,
    "only what matches, or everything with matches marked",
    "matches only",
  ),
  action("nextMatch", "Find", ["n"], ROWS, "the next match"),
  action("previousMatch", "Find", ["N"], ROWS, "the match before"),
  action("nextFailure", "Find", ["e"], ROWS, "the next NO, BAD or lost command", "NO/BAD"),
  action("previousFailure", "Find", ["E"], ROWS, "the NO, BAD or lost command before"),
  action("nextDefect", "Find", ["d"], ROWS, "the next defect"),
  action("previousDefect", "Find", ["D"], ROWS, "the defect before"),
  action("slowest", "Find", ["w"], ROWS, "the slowest exchange (not IDLE); again: the next slowest", "slow"),
  action("goToTag", "Find", ["t"], ROWS, "go to a tag"),
  action("goToTime", "Find", ["@"], ROWS, "go to a time: 14:03:05 or +12.5"),
  action("pick", "Find", ["space"], ["connections"], "pick it, one or several", "pick"),
  action("pickOnly", "Find", ["enter"], ["connections"], "show this one only", "show it"),
  action("pickAll", "Find", ["a"], LISTS, "show all connections"),
  action("pickThis", "Find", ["o"], TABLE, "only the connection of this row"),

  action("follow", "Act", ["f"], TABLE, "follow what comes, or stay", "follow"),
  action("pause", "Act", ["p"], TABLE, "hold the table still; what comes is kept"),
  action("mark", "Act", ["m"], ROWS, "mark, or unmark", "mark"),
  action("nextMark", "Act", ["'"], ROWS, "the next mark"),
  action("comment", "Act", [";"], ROWS, "write a comment beside it", "comment"),
  action("copyTranscript", "Act", ["y"], ROWS, "copy it as a transcript", "copy"),
  action("copyJson", "Act", ["Y"], ROWS, "copy it as JSON"),
  action("save", "Act", ["S"], ROWS, "save what is marked, else shown, with what leads there", "save"),
  action("record", "Act", ["R"], ALL, "start or stop recording", "record"),

  action("back", "Leave", ["escape", "h", "left"], ALL, "back; in the table, show everything", "back"),
  action("suspend", "Leave", ["C-z"], ALL, "back to the shell for a while"),
  action("quit", "Leave", ["q", "C-c"], ALL, "quit", "quit"),
];

export type ActionName = (typeof ACTIONS)[number]["name"];

function action<const Name extends string>(
  name: Name,
  group: Group,
  keys: readonly string[],
  places: readonly Place[],
  help: string,
  hint?: string,
): ActionRow & { readonly name: Name } {
  return { name, group, keys, places, help, ...(hint === undefined ? {} : { hint }) };
}

/** The action of a key in a place. */
export function actionOf(key: string, place: Place): ActionName | undefined {
  return ACTIONS.find(({ keys, places }) => keys.includes(key) && places.includes(place))?.name;
}
