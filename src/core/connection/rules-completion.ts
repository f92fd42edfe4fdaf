/** What a server left out when it completed a command. */
import { defect } from "../imap/defect.ts";
import type { CompletionScene, Rule } from "./rule.ts";

/** Messages that a defect looks at. */
const LOOKED_AT = 1000;

/** A rule for commands of some names that were completed with OK. */
function onOk(names: readonly string[], rule: Rule<CompletionScene>): Rule<CompletionScene> {
  return (scene) =>
    scene.exchange.status === "OK" && names.includes(scene.exchange.commandName) ? rule(scene) : undefined;
}

const SELECTS = ["SELECT", "EXAMINE"];

/** Of these IMAP4rev1 says what a client is to assume where they are missing (RFC 3501 §6.3.1). */
const ASSUMED: ReadonlySet<string> = new Set(["UIDVALIDITY", "UIDNEXT", "PERMANENTFLAGS"]);

const selectData = onOk(SELECTS, ({ exchange, model, open }) => {
  const told = model.selections.pendingOf(exchange)?.facts.told ?? new Set<string>();
  const required = ["FLAGS", "EXISTS", "UIDVALIDITY", "UIDNEXT"];
  if (exchange.commandName === "SELECT") required.push("PERMANENTFLAGS");
  else if (exchange.code?.name !== "READ-ONLY") required.push("READ-ONLY");
  // RECENT is of IMAP4rev1 only (RFC 9051 appendix E).
  const rev1 = model.capabilities.offers("IMAP4REV2") === false && !model.enabled.has("IMAP4REV2");
  if (rev1) required.push("RECENT");
  const missing = required.filter((name) => !told.has(name));
  const excusable = rev1 && missing.every((name) => ASSUMED.has(name));
  return missing.length === 0
    ? undefined
    : defect("select-data-missing", `${missing.join(", ")} did not come`, {
        certainty: excusable || open.has("SELECT") || open.has("EXAMINE") ? "likely" : "certain",
      });
});

const closedMissing = onOk(SELECTS, ({ exchange, model }) => {
  const before = model.selections.current();
  const { detail } = exchange.command;
  if (before?.name === undefined || detail.kind !== "mailbox" || detail.mailbox.name === before.name) {
    return undefined;
  }
  if (model.selections.pendingOf(exchange)?.closed === true) return undefined;
  const enabled = model.enabled.has("QRESYNC") || model.enabled.has("IMAP4REV2");
  if (!enabled && model.capabilities.offers("QRESYNC") !== true) return undefined;
  return defect("closed-missing", `from ${before.name} to ${detail.mailbox.name}`, {
    certainty: enabled ? "certain" : "likely",
  });
});

/** Codes with which a FETCH may be completed although not all came (RFC 9738 §3, RFC 5530 §3). */
const PARTIAL_CODES: ReadonlySet<string> = new Set([
  "MESSAGELIMIT",
  "EXPUNGEISSUED",
  "UNKNOWN-CTE",
  "UIDREQUIRED",
]);

const fetchItems = onOk(["FETCH", "UID FETCH"], ({ exchange, model }) => {
  const { fetch, ambiguous, code, likely } = exchange;
  const view = model.selections.view();
  if (fetch === undefined || ambiguous > 0 || view.slotOf(1) === undefined) return undefined;
  if (code !== undefined && PARTIAL_CODES.has(code.name)) return undefined;
  const left = fetch.incomplete(LOOKED_AT).filter(([slot]) => view.holds(slot));
  const [first] = left;
  if (first === undefined) return undefined;
  const [, items] = first;
  const many = left.length >= LOOKED_AT ? "at least " : "";
  return defect("fetch-items-missing", `${items.join(", ")} of ${many}${left.length} message(s)`, {
    certainty: likely === 0 ? "certain" : "likely",
  });
});

/** FETCH of one message that exists, with no answer at all. */
const fetchNothing = onOk(["FETCH"], ({ exchange, model, open }) => {
  const { detail } = exchange.command;
  if (detail.kind !== "fetch" || detail.set === undefined || detail.set === "$") return undefined;
  const [range] = detail.set;
  if (range === undefined || detail.set.length > 1 || range.from !== range.to || range.from === "*")
    return undefined;
  const silent = exchange.certain + exchange.likely + exchange.ambiguous === 0;
  if (!silent || detail.modifiers.length > 0 || detail.items.length === 0 || exchange.code !== undefined)
    return undefined;
  const view = model.selections.view();
  const slot = view.slotOf(range.from);
  // Numbers that have shifted since the command, and other commands that may have been answered instead, are not judged.
  const settled = open.count() === 0 && view.exact && view.exists !== undefined && range.from <= view.exists;
  const same =
    slot !== undefined &&
    exchange.messages?.membership({ epoch: view.epoch, slot, uid: undefined, last: undefined }) === "yes";
  return settled && same
    ? defect("fetch-items-missing", `nothing came of message ${range.from}`, { certainty: "likely" })
    : undefined;
});

const moveWithoutCopyUid = onOk(["MOVE", "UID MOVE"], ({ exchange, model }) => {
  const moved = exchange.responseNames.has("EXPUNGE") || exchange.responseNames.has("VANISHED");
  const told = exchange.codes.has("COPYUID") || exchange.code?.name === "COPYUID";
  return moved && !told && model.capabilities.offers("UIDPLUS", "IMAP4REV2") === true
    ? defect("move-without-copyuid", "messages were moved, and COPYUID did not come", { certainty: "likely" })
    : undefined;
});

const enabledMissing = onOk(["ENABLE"], ({ exchange }) =>
  exchange.responseNames.has("ENABLED")
    ? undefined
    : defect("enabled-missing", "ENABLE was completed without ENABLED"),
);

const idleEnded: Rule<CompletionScene> = ({ exchange }) =>
  exchange.commandName === "IDLE" &&
  exchange.status !== "BAD" &&
  exchange.idleStartMicros !== undefined &&
  exchange.doneMicros === undefined
    ? defect("idle-ended-by-server", `${exchange.status ?? "an answer"} came before DONE`)
    : undefined;

const idleNotAccepted = onOk(["IDLE"], ({ exchange, model }) =>
  exchange.idleStartMicros === undefined && !model.midway
    ? defect("continuation-missing", "IDLE was completed without a continuation request")
    : undefined,
);

const logoutWithoutBye = onOk(["LOGOUT"], ({ model }) =>
  model.saidBye() ? undefined : defect("logout-without-bye", "LOGOUT was completed without BYE"),
);

export const COMPLETION_RULES: readonly Rule<CompletionScene>[] = [
  selectData,
  closedMissing,
  fetchItems,
  fetchNothing,
  moveWithoutCopyUid,
  enabledMissing,
  idleEnded,
  idleNotAccepted,
  logoutWithoutBye,
];
