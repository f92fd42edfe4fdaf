/** What a client may do otherwise than the recorded one did: ask again, ask once less, and leave out what is of no matter. */
import { digestKey } from "./key-table.ts";
import type { Request } from "./request.ts";
import { dependsOnMailbox, isLoggedIn, SELECTS } from "./scene.ts";
import type { Step } from "./script.ts";

/** Commands whose answer changes nothing on the server, so that they may be answered again. */
export const REPEATABLE: ReadonlySet<string> = new Set([
  ...["SELECT", "EXAMINE", "LIST", "LSUB", "XLIST", "STATUS"],
  ...["NAMESPACE", "ID", "CAPABILITY", "ENABLE", "IDLE"],
  ...["FETCH", "UID FETCH", "SEARCH", "UID SEARCH", "SORT", "UID SORT", "THREAD", "UID THREAD", "ESEARCH"],
  ...["GETQUOTA", "GETQUOTAROOT", "GETACL", "MYRIGHTS", "LISTRIGHTS", "GETMETADATA", "UNSELECT"],
]);

/** Commands that one client sends and another does not, with the same effect. */
const OPTIONAL: ReadonlySet<string> = new Set([
  ...["CAPABILITY", "NOOP", "CHECK", "ID", "ENABLE", "NAMESPACE", "STARTTLS", "COMPRESS"],
]);

export function isOptional(step: Step): boolean {
  return OPTIONAL.has(step.command) || (step.command === "LIST" && asksForDelimiter(step.request));
}

/** `LIST "" ""`, which lists nothing (RFC 9051 §6.3.9). */
export function asksForDelimiter({ command: { name, detail } }: Request): boolean {
  if (name !== "LIST" || detail.kind !== "list") return false;
  const { reference, patterns, selection, returns } = detail;
  const names = [reference, ...patterns].map((each) => each.name);
  return names.join("") === "" && patterns.length === 1 && selection.length + returns.length === 0;
}

/**
 * A short text that is the same for exchanges that read the same and were answered alike; `undefined` where they change
 * something. There may be millions of them: it is a digest.
 */
export function likenessOf(step: Step): string | undefined {
  if (!REPEATABLE.has(step.command)) return undefined;
  const { request, mailbox, status, replies } = step;
  // What SELECT tells is for what comes behind it. The text of a completion tells times.
  const shape = SELECTS.has(request.command.name)
    ? []
    : replies.map(({ name, run, tagged }) => (tagged ? name : `${name} ${run.to - run.from}`));
  const place = dependsOnMailbox(request.command.name) ? mailbox : String(isLoggedIn(step));
  const { high, low } = digestKey(
    JSON.stringify([request.fields.map(({ name, value }) => [name, value]), place, status, shape]),
  );
  return `${high} ${low}`;
}
