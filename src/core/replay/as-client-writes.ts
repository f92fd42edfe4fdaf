/** Which commands change something on the server: nobody wants a replay to do that to real mail unasked. */
import type { Command } from "../imap/command.ts";
import { isKnownCommand } from "../vocabulary/vocabulary.ts";

const WRITES: ReadonlyMap<string, string> = new Map([
  ["APPEND", "adds messages"],
  ["REPLACE", "replaces a message"],
  ["UID REPLACE", "replaces a message"],
  ["COPY", "copies messages"],
  ["UID COPY", "copies messages"],
  ["MOVE", "moves messages"],
  ["UID MOVE", "moves messages"],
  ["STORE", "changes flags"],
  ["UID STORE", "changes flags"],
  ["EXPUNGE", "removes messages"],
  ["UID EXPUNGE", "removes messages"],
  ["CREATE", "makes a mailbox"],
  ["DELETE", "removes a mailbox"],
  ["RENAME", "renames a mailbox"],
  ["SUBSCRIBE", "changes subscriptions"],
  ["UNSUBSCRIBE", "changes subscriptions"],
  ["SETACL", "changes access rights"],
  ["DELETEACL", "changes access rights"],
  ["SETQUOTA", "changes quotas"],
  ["SETMETADATA", "changes metadata"],
  ["SETANNOTATION", "changes annotations"],
  ["RESETKEY", "makes URLs that were given away void"],
]);

/** Items whose fetching sets \Seen (RFC 9051 §6.4.5, RFC 3516 §4.1, RFC 3501 §6.4.5). */
const SETS_SEEN = /^(?:BODY\[|BINARY\[|RFC822$|RFC822\.TEXT$)/;

/**
 * What a command changes, in words; `undefined` where it only reads. `mayWrite` tells whether a mailbox is selected, or may
 * be, in which changes are possible.
 */
export function writeReason({ name, detail }: Command, mayWrite: boolean): string | undefined {
  const always = WRITES.get(name);
  if (always !== undefined) return always;
  if (!isKnownCommand(name)) return "is not known, and may change anything";
  if (!mayWrite) return undefined;
  if (name === "CLOSE") return "removes the messages that are marked \\Deleted";
  if (detail.kind === "fetch" && detail.items.some((item) => SETS_SEEN.test(item))) return "sets \\Seen";
  return undefined;
}
