/**
 * Extensions that a client uses although the server does not advertise them (RFC 9051 §6.1.1). Judged only where a list of
 * capabilities of the current epoch is known; what was enabled is available whatever the list says.
 */
import type { Command } from "../imap/command.ts";
import { defect } from "../imap/defect.ts";
import { commandEntry } from "../vocabulary/vocabulary.ts";
import type { CommandScene, Rule } from "./rule.ts";

const REV2 = "IMAP4REV2";

interface Use {
  /** What was used, in words; `undefined` where this use is not made of the command. */
  readonly of: (command: Command) => string | undefined;
  /** Of these capabilities one must be advertised. */
  readonly needs: readonly string[];
}

function when(test: (command: Command) => boolean, words: string, ...needs: readonly string[]): Use {
  return { of: (command) => (test(command) ? words : undefined), needs };
}

function fetches(item: string, ...needs: readonly string[]): Use {
  return when(
    ({ detail }) => detail.kind === "fetch" && detail.items.some((name) => name.startsWith(item)),
    `the item ${item}`,
    ...needs,
  );
}

function searches(...names: readonly string[]): (command: Command) => boolean {
  return ({ detail, name }) =>
    detail.kind === "search" && detail.returns !== undefined && names.includes(name);
}

function selects(parameter: string): (command: Command) => boolean {
  return ({ detail }) =>
    detail.kind === "mailbox" && detail.parameters.some((name) => name.startsWith(parameter));
}

function modifies(modifier: string): (command: Command) => boolean {
  return ({ detail }) =>
    detail.kind === "fetch" && detail.modifiers.some((name) => name.startsWith(modifier));
}

const USES: readonly Use[] = [
  when(searches("SEARCH", "UID SEARCH"), "RETURN", "ESEARCH", REV2, "CONTEXT=", "PARTIAL", "SEARCHRES"),
  when(searches("SORT", "UID SORT"), "RETURN", "ESORT", "CONTEXT="),
  when(
    ({ detail }) => detail.kind === "authenticate" && detail.initialResponse,
    "an initial response",
    "SASL-IR",
    REV2,
  ),
  when(selects("CONDSTORE"), "the parameter CONDSTORE", "CONDSTORE", "QRESYNC"),
  when(selects("QRESYNC"), "the parameter QRESYNC", "QRESYNC"),
  when(modifies("VANISHED"), "the modifier VANISHED", "QRESYNC"),
  when(modifies("PARTIAL"), "the modifier PARTIAL", "PARTIAL"),
  when(
    ({ detail, name }) =>
      detail.kind === "list" && name === "LIST" && (detail.returns.length > 0 || detail.selection.length > 0),
    "extended LIST",
    "LIST-EXTENDED",
    "LIST-STATUS",
    "LIST-METADATA",
    "LIST-MYRIGHTS",
    "SPECIAL-USE",
    REV2,
  ),
  when(
    ({ detail }) => detail.kind === "append" && detail.messageOctets.length > 1,
    "several messages in one APPEND",
    "MULTIAPPEND",
  ),
  fetches("BINARY", "BINARY", REV2),
  fetches("MODSEQ", "CONDSTORE", "QRESYNC"),
  fetches("EMAILID", "OBJECTID"),
  fetches("THREADID", "OBJECTID"),
  fetches("PREVIEW", "PREVIEW", "PREVIEW="),
  fetches("SAVEDATE", "SAVEDATE"),
  fetches("X-GM-", "X-GM-EXT-1"),
];

function isMissing({ model }: CommandScene, needs: readonly string[]): boolean {
  if (needs.length === 0 || model.capabilities.offers(...needs) !== false) return false;
  return !needs.some((name) => model.enabled.has(name));
}

const commandOfExtension: Rule<CommandScene> = (scene) => {
  const { name } = scene.command;
  const needs = commandEntry(name)?.capabilities ?? [];
  return isMissing(scene, needs)
    ? defect("extension-not-advertised", `${name} needs ${needs.join(" or ")}`)
    : undefined;
};

const argumentOfExtension: Rule<CommandScene> = (scene) => {
  for (const use of USES) {
    const words = use.of(scene.command);
    if (words === undefined || !isMissing(scene, use.needs)) continue;
    return defect("extension-not-advertised", `${words} needs ${use.needs.join(" or ")}`);
  }
  return undefined;
};

const mechanism: Rule<CommandScene> = ({ command: { detail }, model }) => {
  if (detail.kind !== "authenticate" || detail.mechanism === "") return undefined;
  const needed = `AUTH=${detail.mechanism}`;
  return model.capabilities.offers(needed) === false
    ? defect("extension-not-advertised", `${needed} is not advertised`)
    : undefined;
};

const condstore: Rule<CommandScene> = (scene) => {
  const { detail } = scene.command;
  if (detail.kind !== "fetch" && detail.kind !== "store") return undefined;
  const used = detail.modifiers.find((name) => /^(UN)?CHANGEDSINCE/.test(name));
  return used !== undefined && isMissing(scene, ["CONDSTORE", "QRESYNC"])
    ? defect("condstore-unavailable", `${used.split(" ", 1)[0] ?? used} needs CONDSTORE`)
    : undefined;
};

const appendLimit: Rule<CommandScene> = ({ command: { detail }, model }) => {
  if (detail.kind !== "append") return undefined;
  const limit = Number(model.capabilities.valueOf("APPENDLIMIT"));
  const largest = Math.max(0, ...detail.messageOctets.slice(0, 1000));
  return largest > limit
    ? defect("append-over-limit", `${largest} octets, and the limit is ${limit}`)
    : undefined;
};

/** The client goes on without a list after STARTTLS, whose list it must forget (RFC 9051 §6.2.1). */
const stale: Rule<CommandScene> = ({ command: { name, detail }, model }) => {
  if (!model.capabilities.stale() || model.state() !== "notAuthenticated") return undefined;
  const relies = detail.kind === "authenticate" || (commandEntry(name)?.capabilities.length ?? 0) > 0;
  return relies && name !== "STARTTLS"
    ? defect("stale-capabilities", `${name} without a new list after STARTTLS`, { certainty: "likely" })
    : undefined;
};

export const EXTENSION_RULES: readonly Rule<CommandScene>[] = [
  commandOfExtension,
  argumentOfExtension,
  mechanism,
  condstore,
  appendLimit,
  stale,
];
