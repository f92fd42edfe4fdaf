/** Untagged data as facts (RFC 9051 §7.2 to §7.5), by the name of the data and what it is about. */
import { lowerCase, upperCase } from "../imap/ascii-case.ts";
import type { DataResponse, FetchItem, Namespace, ResponseData } from "../imap/response.ts";
import type { Token } from "../imap/token.ts";
import { digestOf } from "./digest.ts";
import { type Answered, type Fact, isObjectId, members, ownMailbox, uidScope, uids } from "./fact.ts";
import { anyText, flagText, mailboxText, type Prints, quoted } from "./field-values.ts";

const NO_PRINTS: Prints = new Map();

/** Data that depends on who else is connected, or on the clock. */
const VOLATILE: ReadonlySet<string> = new Set(["RECENT"]);
/** Attributes and flags of which the same holds (RFC 9051 §7.3.1, RFC 3501 §2.3.2). */
const VOLATILE_FLAGS: ReadonlySet<string> = new Set(["\\Marked", "\\Unmarked", "\\Recent"]);
/** Items and results that each server counts for itself. */
const COUNTED: ReadonlySet<string> = new Set(["UIDNEXT", "HIGHESTMODSEQ", "MODSEQ", "RECENT"]);

export function dataFacts(response: DataResponse, answer: Answered): readonly Fact[] {
  const { name, number, data } = response;
  if (VOLATILE.has(name)) return [];
  switch (data.kind) {
    case "count":
      return [{ what: name, value: String(number ?? "") }];
    case "capabilities":
      return [members(name, data.capabilities.map(upperCase))];
    case "flags":
      return [flags(name, data.flags)];
    case "list":
      return listFacts(name, data);
    case "status":
      return [...data.items].map(([item, value]) =>
        itemFact(`${name} ${quoted(data.mailbox.name)} ${item}`, item, value, data.mailbox.name),
      );
    case "search":
      return [numbers(name, data.numbers, answer)];
    case "esearch":
      return [...data.results].map(([result, token]) =>
        resultFact(`${name} ${result}`, result, token, data.uid, answer),
      );
    case "fetch":
      return data.items.flatMap((item) => fetchFacts(`${name} ${number ?? ""} ${item.name}`, item, answer));
    case "vanished":
      return [uids(name, data.uids, answer.mailbox ?? "")];
    case "id":
      return [{ what: name, value: "", by: "present" }];
    default:
      return otherFacts(name, data);
  }
}

function flags(what: string, names: readonly string[]): Fact {
  return members(
    what,
    names.map(flagText).filter((flag) => !VOLATILE_FLAGS.has(flag)),
  );
}

function listFacts(name: string, data: Extract<ResponseData, { kind: "list" }>): readonly Fact[] {
  const what = `${name} ${quoted(data.mailbox.name)}`;
  return [
    flags(`${what} attributes`, data.attributes),
    { what: `${what} delimiter`, value: data.delimiter ?? "NIL" },
    ...[...data.extended].map(([item, token]) => ({ what: `${what} ${item}`, value: tokenText(token) })),
  ];
}

/** A number of a mailbox or message by its name. */
function itemFact(what: string, name: string, value: string, mailbox: string): Fact {
  if (COUNTED.has(name)) return { what, value, by: "present" };
  if (name === "UIDVALIDITY") return { what, value, by: "mapped", scope: `UIDVALIDITY ${mailbox}` };
  if (name === "UID") return { what, value, by: "uids", scope: uidScope(mailbox), numbers: [Number(value)] };
  if (isObjectId(name)) return { what, value, by: "mapped", scope: name };
  return { what, value };
}

/** The order of SORT is an answer, that of SEARCH is none; by UID the numbers are mapped. */
function numbers(name: string, found: readonly number[], answer: Answered): Fact {
  const list = name === "SEARCH" ? [...found].sort((a, b) => a - b) : found;
  const value = list.join(" ");
  const texts = list.map(String);
  if (!answer.request.command.uid)
    return { what: name, value, ...(name === "SEARCH" ? { members: texts } : {}) };
  return { what: name, value, by: "uids", scope: uidScope(ownMailbox(answer)), numbers: list };
}

function resultFact(what: string, name: string, token: Token, uid: boolean, answer: Answered): Fact {
  const value = tokenText(token);
  if (COUNTED.has(name)) return { what, value, by: "present" };
  if (!uid || name === "COUNT" || token.kind !== "atom") return { what, value };
  const set = token.text.split(",").map((range) => {
    const [from = "", to = from] = range.split(":");
    return { from: Number(from), to: Number(to) };
  });
  const isSet = /^[\d,:]+$/.test(token.text) && set.every(({ from, to }) => from > 0 && to > 0);
  return isSet ? uids(what, set, answer.mailbox ?? "") : { what, value };
}

function fetchFacts(what: string, { name, value }: FetchItem, answer: Answered): readonly Fact[] {
  switch (value.kind) {
    case "flags":
      return [flags(what, value.flags)];
    case "number":
      return [itemFact(what, name, value.value, answer.mailbox ?? "")];
    case "text":
      return [
        isObjectId(name)
          ? itemFact(what, name, value.text ?? "NIL", "")
          : { what, value: value.text ?? "NIL" },
      ];
    case "octets": {
      const text = value.head === null ? "NIL" : `${value.octets} octets, begins ${digestOf(value.head)}`;
      return [{ what, value: text }];
    }
    case "envelope":
      return Object.entries(value.envelope).map(([part, found]) => ({
        what: `${what} ${part}`,
        value: plainText(found),
      }));
    case "bodyStructure":
      return [{ what, value: plainText(value.structure) }];
    case "tokens":
      return [itemFact(what, name, value.tokens.map(tokenText).join(" "), "")];
  }
}

type Other = Exclude<
  ResponseData,
  {
    kind:
      | "count"
      | "capabilities"
      | "flags"
      | "list"
      | "status"
      | "search"
      | "esearch"
      | "fetch"
      | "vanished"
      | "id";
  }
>;

function otherFacts(name: string, data: Other): readonly Fact[] {
  switch (data.kind) {
    case "thread":
      return [{ what: name, value: data.threads.map(tokenText).join(" ") }];
    case "quota":
      // What is used depends on what else is in the mailbox.
      return data.resources.map(({ name: resource, limit }) => ({
        what: `${name} ${quoted(data.root)} ${resource} limit`,
        value: limit,
      }));
    case "quotaRoot":
      return [members(`${name} ${quoted(data.mailbox.name)}`, data.roots)];
    case "namespace":
      return [
        members(`${name} personal`, data.personal.map(namespaceText)),
        members(`${name} other users`, data.otherUsers.map(namespaceText)),
        members(`${name} shared`, data.shared.map(namespaceText)),
      ];
    case "acl":
      return data.rights.map(([who, rights]) =>
        rightsFact(`${name} ${quoted(data.mailbox.name)} ${quoted(who)}`, rights),
      );
    case "myRights":
      return [rightsFact(`${name} ${quoted(data.mailbox.name)}`, data.rights)];
    case "listRights":
      return [
        members(
          `${name} ${quoted(data.mailbox.name)} ${quoted(data.identifier)}`,
          data.rights.map(sortedLetters),
        ),
      ];
    case "metadata":
      return data.entries.map((entry) => ({
        what: `${name} ${quoted(data.mailbox.name)} ${quoted(lowerCase(entry.name))}`,
        value: entry.value ?? "NIL",
      }));
    case "converted":
    case "tokens":
      return [{ what: name, value: data.tokens.map(tokenText).join(" ") }];
  }
}

function namespaceText({ prefix, delimiter }: Namespace): string {
  return `${quoted(mailboxText(prefix))} ${delimiter ?? "NIL"}`;
}

function rightsFact(what: string, rights: string): Fact {
  return members(what, [...rights]);
}

function sortedLetters(letters: string): string {
  return [...letters].sort().join("");
}

function tokenText(token: Token): string {
  return anyText(token, NO_PRINTS);
}

/** A value as JSON, maps as sorted pairs. */
function plainText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (!(part instanceof Map)) return part;
    return [...part].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  });
}
