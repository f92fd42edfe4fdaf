/**
 * In plain words what something means and where the RFC says so. All of it is read from the tables: the vocabulary, the
 * defects, and the terms of explain-terms.ts.
 */
import { DEFECTS } from "../imap/defect-table.ts";
import type { CodePlace, FlagUse, Pushable, ResponseRow } from "../vocabulary/entry.ts";
import {
  capabilityEntry,
  codeEntry,
  commandEntry,
  dataItemEntry,
  flagEntry,
  responseEntry,
} from "../vocabulary/vocabulary.ts";
import {
  CERTAINTY_TERMS,
  END_TERMS,
  NOTION_TERMS,
  STATE_TERMS,
  type Term,
  TIMING_TERMS,
} from "./explain-terms.ts";
import type { Explanation, ExplanationFact } from "./explanation.ts";

/** What is to be explained: a name in one of the senses that names have. */
export interface Subject {
  readonly topic: Topic;
  /** As it stood; a name of a table for what is on no wire (`selected`, `likely`, `wait`). */
  readonly name: string;
}

export type Topic =
  | "command"
  | "response"
  | "code"
  | "capability"
  | "flag"
  | "item"
  | "defect"
  | "state"
  | "certainty"
  | "timing"
  | "end"
  | "notion";

type Found = Omit<Explanation, "title" | "what"> & { readonly title?: string };

interface TopicRow {
  readonly what: string;
  /** The title of a name, known or not. */
  readonly title: (name: string) => string;
  readonly find: (name: string) => Found | undefined;
}

const asIs = (name: string): string => name;

const TOPICS: Readonly<Record<Topic, TopicRow>> = {
  command: { what: "command", title: (name) => name.toUpperCase(), find: command },
  response: { what: "response", title: (name) => name.toUpperCase(), find: response },
  code: { what: "response code", title: (name) => `[${name.toUpperCase()}]`, find: code },
  capability: { what: "capability", title: asIs, find: capability },
  flag: { what: "flag", title: asIs, find: flag },
  item: { what: "data item", title: (name) => name.toUpperCase(), find: item },
  defect: { what: "kind of defect", title: asIs, find: defect },
  state: { what: "state", title: asIs, find: terms(STATE_TERMS) },
  certainty: { what: "attribution", title: asIs, find: terms(CERTAINTY_TERMS) },
  timing: { what: "timing", title: asIs, find: terms(TIMING_TERMS) },
  end: { what: "end of an exchange", title: asIs, find: terms(END_TERMS) },
  notion: { what: "notion", title: asIs, find: terms(NOTION_TERMS) },
};

/** An explanation there always is: of a name in no table, that it is in none. The title may be a peer's own words. */
export function explain({ topic, name }: Subject): Explanation {
  const { what, title, find } = TOPICS[topic];
  const found = find(name) ?? unknown(topic, what);
  return { title: title(name), what, ...found };
}

function unknown(topic: Topic, what: string): Found {
  // A keyword that no RFC has is no mistake: clients make their own (RFC 9051 §2.3.2).
  const words =
    topic === "flag"
      ? "A keyword of the user's or of a program's own: no RFC that imapscope knows has it."
      : `No RFC that imapscope knows has a ${what} of this name.`;
  return { words, rfc: undefined, more: [] };
}

const STATE_WORDS = {
  notAuthenticated: "not authenticated",
  authenticated: "authenticated",
  selected: "selected",
};

function command(name: string): Found | undefined {
  const entry = commandEntry(name);
  if (entry === undefined) return undefined;
  const { states, capabilities, solicits, codes, mayExpunge, usesSequenceNumbers, obsolete } = entry;
  const onMessages = states.length === 1 && states[0] === "selected";
  return {
    words: entry.words,
    rfc: entry.rfc,
    more: facts([
      ["legal in", states.length === 3 ? "any state" : states.map((state) => STATE_WORDS[state]).join(", ")],
      ["needs", anyOf(capabilities)],
      ["answers", solicits.length === 0 ? "its tagged response alone" : solicits.join(", ")],
      ["codes", codes.join(", ")],
      ["messages by", usesSequenceNumbers ? "sequence number, which moves when messages go" : ""],
      ["meanwhile", onMessages && !mayExpunge ? "EXPUNGE must not come while it runs" : ""],
      ["obsolete", obsolete ? "a later RFC removed it" : ""],
    ]),
  };
}

const PUSHABLE: Readonly<Record<Pushable, string>> = {
  always: "may come at any time",
  notify: "may come where NOTIFY or CONTEXT asked for it",
  enabled: "may come once an extension is enabled",
  never: "never comes unasked",
};

const FORMS: Readonly<Record<ResponseRow["form"], (name: string) => string>> = {
  name: (name) => `* ${name} …`,
  number: (name) => `* 3 ${name}`,
  status: (name) => (name === "PREAUTH" || name === "BYE" ? `* ${name} …` : `* ${name} … or tag ${name} …`),
};

function response(name: string): Found | undefined {
  const entry = responseEntry(name);
  if (entry === undefined) return undefined;
  return {
    words: entry.words,
    rfc: entry.rfc,
    more: facts([
      ["form", FORMS[entry.form](entry.name)],
      ["answers", entry.solicitedBy.join(", ")],
      ["unasked", entry.form === "status" ? "" : PUSHABLE[entry.pushable]],
    ]),
  };
}

const PLACES: Readonly<Record<CodePlace, string>> = {
  tagged: "tagged responses",
  untagged: "untagged responses",
  greeting: "the greeting",
  bye: "BYE",
  continuation: "continuation requests",
};

function code(name: string): Found | undefined {
  const entry = codeEntry(name);
  if (entry === undefined) return undefined;
  return {
    words: entry.words,
    rfc: entry.rfc,
    more: facts([
      ["stands in", entry.where.map((place) => PLACES[place]).join(", ")],
      ["answers", entry.solicitedBy.length === 0 ? "any command" : entry.solicitedBy.join(", ")],
    ]),
  };
}

function capability(name: string): Found | undefined {
  const entry = capabilityEntry(name);
  return entry && { words: entry.words, rfc: entry.rfc, more: facts([["allows", entry.allows.join(", ")]]) };
}

const USES: Readonly<Record<FlagUse, string>> = {
  flag: "flag of messages",
  keyword: "keyword of messages",
  mailboxAttribute: "attribute of mailboxes",
};

function flag(name: string): Found | undefined {
  const entry = flagEntry(name);
  if (entry === undefined) return undefined;
  return {
    title: entry.name,
    words: entry.words,
    rfc: entry.rfc,
    more: facts([["is a", entry.uses.map((use) => USES[use]).join(", ")]]),
  };
}

function item(name: string): Found | undefined {
  const entry = dataItemEntry(name);
  if (entry === undefined) return undefined;
  const asked = entry.uses.map((use) => use.toUpperCase()).join(", ");
  return { words: entry.words, rfc: entry.rfc, more: facts([["item of", asked]]) };
}

function defect(name: string): Found | undefined {
  const row = rowOf(DEFECTS, name);
  return row && { words: row.words, rfc: row.rfc, more: facts([["committed by", `the ${row.by}`]]) };
}

function terms(table: Readonly<Record<string, Term>>): (name: string) => Found | undefined {
  return (name) => {
    const row = rowOf(table, name);
    return row && { ...row, more: [] };
  };
}

function rowOf<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function anyOf(capabilities: readonly string[]): string {
  if (capabilities.length === 0) return "";
  return `the capability ${capabilities.map((name) => (name.endsWith("=") ? `${name}…` : name)).join(" or ")}`;
}

function facts(rows: readonly (readonly [label: string, text: string])[]): readonly ExplanationFact[] {
  return rows.filter(([, text]) => text !== "").map(([label, text]) => ({ label, text }));
}
