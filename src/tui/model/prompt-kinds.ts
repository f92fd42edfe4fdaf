/** What may be asked for at the prompt, as a table: its sign, how what is typed is read, and what completes it. */
import { type Completion, complete } from "../../core/query/complete.ts";
import type { Seen } from "../../core/query/field-values.ts";
import type { Filter, FilterError } from "../../core/query/filter.ts";
import { parseFilter } from "../../core/query/parse.ts";
import { parseTag, parseTime, type TimeTarget } from "./jump-target.ts";

/** What was typed, once it is accepted. */
export type PromptValue =
  | { readonly kind: "filter"; readonly filter: Filter }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "time"; readonly target: TimeTarget }
  /** Empty where the comment is to go. */
  | { readonly kind: "comment"; readonly comment: string }
  | { readonly kind: "saveAs"; readonly path: string }
  | { readonly kind: "recordTo"; readonly path: string };

export type PromptKind = PromptValue["kind"];

export interface PromptRow {
  /** Stands before the line. */
  readonly label: string;
  /** What to type, while there is nothing else to say. */
  readonly hint: string;
  readonly read: (text: string) => PromptValue | FilterError;
  readonly complete: (text: string, caret: number, seen: Seen) => readonly Completion[];
  /** Where the caret goes when the line was refused, in code units. */
  readonly mend: (text: string, error: FilterError) => number;
}

const KEYS = "Enter accepts, Esc cancels";
/** What is missing at the end of a filter, most often. */
const CLOSERS = ['"', ")", '")', "))"];

const nothing = (): readonly Completion[] => [];
const atPlace = (_: string, { column }: FilterError): number => column - 1;

export const PROMPT_KINDS: Readonly<Record<PromptKind, PromptRow>> = {
  filter: {
    label: "/",
    hint: `Tab completes, ${KEYS}: cmd:fetch status:no wait>500ms push`,
    read: (text) => {
      const { filter, error } = parseFilter(text);
      return filter === undefined ? error : { kind: "filter", filter };
    },
    complete,
    // What only lacks its end is mended there, and everything else where it is wrong.
    mend: (text, { column }) =>
      CLOSERS.some((closer) => parseFilter(text + closer).filter !== undefined) ? text.length : column - 1,
  },
  tag: {
    label: "Go to tag: ",
    hint: `Tab completes, ${KEYS}`,
    read: (text) => {
      const tag = parseTag(text);
      return typeof tag === "string" ? { kind: "tag", tag } : tag;
    },
    complete: completeTag,
    mend: atPlace,
  },
  time: {
    label: "Go to time: ",
    hint: `A time of day (14:03, 14:03:05.2) or one since the capture began (+12.5, +1m30s); ${KEYS}`,
    read: (text) => {
      const target = parseTime(text);
      return "message" in target ? target : { kind: "time", target };
    },
    complete: nothing,
    mend: atPlace,
  },
  comment: {
    label: "Comment: ",
    hint: `${KEYS}; an empty comment is taken away`,
    read: (text) => ({ kind: "comment", comment: text.trim() }),
    complete: nothing,
    mend: atPlace,
  },
  saveAs: {
    label: "Save as: ",
    hint: `The file of a new capture; ${KEYS}`,
    read: (text) => path(text) ?? { kind: "saveAs", path: text.trim() },
    complete: nothing,
    mend: atPlace,
  },
  recordTo: {
    label: "Record to: ",
    hint: `The file of a new capture; ${KEYS}`,
    read: (text) => path(text) ?? { kind: "recordTo", path: text.trim() },
    complete: nothing,
    mend: atPlace,
  },
};

const TAGS_MOST = 50;

function completeTag(text: string, caret: number, { tags }: Seen): readonly Completion[] {
  const written = text.slice(0, caret).trimStart().toLowerCase();
  return tags
    .filter((tag) => tag !== text.trim() && tag.toLowerCase().startsWith(written))
    .slice(0, TAGS_MOST)
    .map((tag) => ({ insert: tag, from: 0, to: text.length, label: tag, words: "tag" }));
}

/** What is wrong with a path, before a file is even tried. */
function path(text: string): FilterError | undefined {
  if (text.trim() !== "") return undefined;
  return { column: text.length + 1, message: "Write the name of a file, such as session.imapcap." };
}
