/** A command as a tree: what it asks for, by the grammar of its kind, and its arguments as they stood. */
import type { Command, CommandDetail, NumberSet } from "../../core/imap/command.ts";
import type { Mailbox } from "../../core/imap/response.ts";
import type { Topic } from "../../core/text/explain.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatSet } from "../../core/text/token.ts";
import { type Branch, content, leaf } from "./branch.ts";
import { DOTS, hiddenWord } from "./hide.ts";
import { tokenBranches } from "./token-branches.ts";

type Details = { readonly [Kind in CommandDetail["kind"]]: Extract<CommandDetail, { readonly kind: Kind }> };
type Rows = {
  readonly [Kind in keyof Details]: (detail: Details[Kind], hidden: boolean) => readonly Branch[];
};

const ROWS: Rows = {
  login: ({ user }) => [
    content("user", user ?? "(not readable)"),
    leaf("password", "masked", { style: "faint" }),
  ],
  authenticate: ({ mechanism, initialResponse }) => [
    content("mechanism", mechanism),
    leaf("first response", initialResponse ? "with the command, masked" : "not with the command"),
  ],
  mailbox: ({ mailbox, target, parameters }, hidden) => [
    named("mailbox", mailbox),
    ...(target === undefined ? [] : [named("new name", target)]),
    ...wordList("parameters", parameters, "capability", hidden),
  ],
  list: ({ reference, patterns, selection, returns }, hidden) => [
    named("reference", reference),
    ...patterns.map((pattern) => named("pattern", pattern)),
    ...wordList("selection", selection, "capability", hidden),
    ...wordList("returns", returns, "item", hidden),
  ],
  status: ({ mailbox, items }, hidden) => [
    named("mailbox", mailbox),
    ...wordList("items", items, "item", hidden),
  ],
  fetch: ({ set, items, modifiers }, hidden) => [
    setLeaf(set),
    ...wordList("items", items, "item", hidden),
    ...wordList("modifiers", modifiers, "capability", hidden),
  ],
  store: ({ set, item, silent, flags, modifiers }, hidden) => [
    setLeaf(set),
    leaf("change", hidden ? DOTS : item),
    leaf("answer", silent ? "not wanted" : "wanted"),
    ...wordList("flags", flags, "flag", hidden),
    ...wordList("modifiers", modifiers, "capability", hidden),
  ],
  copy: ({ set, mailbox }) => [setLeaf(set), named("to", mailbox)],
  search: ({ returns, charset, keys }, hidden) => [
    ...(returns === undefined ? [] : wordList("returns", returns, "capability", hidden)),
    ...(charset === undefined ? [] : [content("charset", charset)]),
    {
      label: "keys",
      text: groupDigits(keys.length),
      opened: true,
      children: () => tokenBranches(keys, hidden),
    },
  ],
  append: ({ mailbox, messageOctets, flags }, hidden) => [
    named("mailbox", mailbox),
    ...messageOctets.map((octets) => leaf("message", `{${groupDigits(octets)}}`, { style: "literal" })),
    ...wordList("flags", flags, "flag", hidden),
  ],
  expunge: ({ set }) => (set === undefined ? [] : [setLeaf(set)]),
  enable: ({ capabilities }, hidden) => wordList("capabilities", capabilities, "capability", hidden),
  notify: ({ set, statusIndicator }) => [
    leaf("sets", set ? "events to be told of" : "none any more"),
    leaf("status first", statusIndicator ? "yes" : "no"),
  ],
  other: () => [],
};

/** Kinds that leave arguments to be read as they stood. */
const PARTLY_TYPED: ReadonlySet<CommandDetail["kind"]> = new Set(["mailbox", "other"]);

export function commandBranches(command: Command, hidden: boolean): readonly Branch[] {
  const { detail, arguments: tokens } = command;
  const typed = rowsOf(detail.kind, detail, hidden);
  const shownAsTokens: readonly Branch[] =
    // Where words of people stand is known of typed arguments only.
    tokens.length === 0 || hidden
      ? []
      : [
          {
            label: "arguments as they stood",
            text: groupDigits(tokens.length),
            style: "faint",
            opened: PARTLY_TYPED.has(detail.kind) && typed.length < tokens.length,
            children: () => tokenBranches(tokens, false),
          },
        ];
  return [
    leaf("tag", command.tag, { about: [{ topic: "notion", name: "tag" }] }),
    ...typed,
    ...shownAsTokens,
  ];
}

function rowsOf<Kind extends keyof Details>(
  kind: Kind,
  detail: Details[Kind],
  hidden: boolean,
): readonly Branch[] {
  return ROWS[kind](detail, hidden);
}

export function named(label: string, mailbox: Mailbox): Branch {
  return content(label, mailbox.name === "" ? '""' : mailbox.name);
}

function setLeaf(set: NumberSet): Branch {
  if (set === undefined) return leaf("messages", "(not readable)");
  if (set === "$") return leaf("messages", "$, the result of the search before");
  return leaf("messages", formatSet(set));
}

/** Words of the protocol on one line; opened, each with its explanation at hand. Nothing where there are none. */
export function wordList(
  label: string,
  words: readonly string[],
  topic: Topic,
  hidden: boolean,
): readonly Branch[] {
  if (words.length === 0) return [];
  const shown = (word: string): string => (hidden ? hiddenWord(word) : word);
  const few = words.slice(0, 12).map(shown).join(" ");
  return [
    {
      label,
      text: words.length > 12 ? `${few} … (${groupDigits(words.length)})` : few,
      about: words.slice(0, 12).map((name) => ({ topic, name })),
      children: () => words.map((word) => leaf(shown(word), "", { about: [{ topic, name: word }] })),
    },
  ];
}
