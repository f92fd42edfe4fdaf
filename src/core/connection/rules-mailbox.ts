/** What a server says of the selected mailbox against what it said before (RFC 9051 §2.3.1, §7.4.1, §7.5). */
import { CANDIDATES } from "../exchange/open-exchange.ts";
import { type Defect, defect } from "../imap/defect.ts";
import type { DataResponse } from "../imap/response.ts";
import type { UidConflict } from "./mailbox-view.ts";
import { on, type ResponseRule, type ResponseScene } from "./rule.ts";

/** Commands during which the numbers of messages must not change (RFC 9051 §7.5.1). */
const KEEPS_NUMBERS: ReadonlySet<string> = new Set(["FETCH", "STORE", "SEARCH"]);

/** A rule for the data responses of some names. */
function onData(
  names: readonly string[],
  rule: (response: DataResponse, scene: ResponseScene) => Defect | undefined,
): ResponseRule {
  return on(names, (scene) => (scene.response.kind === "data" ? rule(scene.response, scene) : undefined));
}

/** While SELECT runs and [CLOSED] has not come, it is open which mailbox is meant. */
function isBetweenMailboxes({ select }: ResponseScene): boolean {
  return select !== undefined && (select.boundary === "possible" || select.boundary === "expected");
}

const existsDecreased = onData(["EXISTS"], ({ number }, scene) => {
  const view = scene.model.selections.view();
  if (isBetweenMailboxes(scene) || !view.exact || view.exists === undefined || number === undefined)
    return undefined;
  return number < view.exists ? defect("exists-decreased", `from ${view.exists} to ${number}`) : undefined;
});

const outOfRange = onData(["FETCH", "EXPUNGE"], ({ number, name }, scene) => {
  const view = scene.model.selections.view();
  if (number === 0) return defect("sequence-number-out-of-range", `${name} of message 0`);
  if (isBetweenMailboxes(scene) || !view.exact || view.exists === undefined || number === undefined)
    return undefined;
  return number > view.exists
    ? defect("sequence-number-out-of-range", `${name} of message ${number} of ${view.exists}`)
    : undefined;
});

const expungeForbidden = onData(["EXPUNGE", "VANISHED"], ({ name, data }, { model, open, settled }) => {
  if (data.kind === "vanished" && data.earlier) return undefined;
  // NOTIFY may ask for it at any time (RFC 5465 §5.3); joined midway, a command may be open that nobody saw.
  if (model.notify() || (model.midway && !settled)) return undefined;
  let running: string | undefined;
  let looked = 0;
  for (const exchange of open.all()) {
    if (exchange.received && !KEEPS_NUMBERS.has(exchange.commandName)) return undefined;
    running ??= exchange.commandName;
    if (++looked >= CANDIDATES) return undefined;
  }
  const when = running === undefined ? "no command was running" : `only ${running} was running`;
  return defect("expunge-forbidden", `${name} while ${when}`, {
    certainty: model.midway ? "likely" : "certain",
  });
});

const expungeUnderQresync = onData(["EXPUNGE"], (_response, { model }) =>
  model.enabled.has("QRESYNC") && !model.enabled.has("UIDONLY")
    ? defect("expunge-under-qresync", "QRESYNC is enabled")
    : undefined,
);

const numbersUnderUidOnly = onData(["FETCH", "EXPUNGE"], ({ name }, { model }) =>
  model.enabled.has("UIDONLY")
    ? defect("server-sequence-numbers-under-uidonly", `${name} after ENABLE UIDONLY`)
    : undefined,
);

const CONFLICTS: Readonly<Record<UidConflict, string>> = {
  changed: "the message had another UID before",
  taken: "another message has this UID",
  notAscending: "it does not lie between the UIDs of the messages around it",
};

const uidOrder = onData(["FETCH"], ({ number }, scene) => {
  if (isBetweenMailboxes(scene)) return undefined;
  const view = scene.model.selections.view();
  const slot = scene.fetched?.message.slot;
  const uid = scene.fetched?.uid;
  if (slot === undefined || uid === undefined) return undefined;
  const conflict = view.conflictOf(slot, uid);
  if (conflict === undefined) return undefined;
  return defect("uid-not-ascending", `message ${number} with UID ${uid}: ${CONFLICTS[conflict]}`, {
    certainty: view.exact ? "certain" : "likely",
  });
});

export const MAILBOX_RULES: readonly ResponseRule[] = [
  existsDecreased,
  outOfRange,
  expungeForbidden,
  expungeUnderQresync,
  numbersUnderUidOnly,
  uidOrder,
];
