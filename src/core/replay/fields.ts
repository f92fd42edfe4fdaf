/** What the arguments of each command mean, as fields. A command that is not here has the one field `arguments`. */
import type { Command } from "../imap/command.ts";
import type { Field } from "./field.ts";
import { FieldArguments, type FieldReader } from "./field-arguments.ts";
import type { Prints } from "./field-values.ts";
import { appendFields, replaceFields } from "./fields-append.ts";
import {
  aclFields,
  getMetadataFields,
  idFields,
  listFields,
  mailboxAndParameters,
  mailboxFields,
  mechanismFields,
  quotaFields,
  renameFields,
  setMetadataFields,
  statusFields,
  userFields,
  wordField,
  wordsFields,
} from "./fields-mailbox.ts";
import { copyFields, fetchFields, storeFields, uidFetchFields } from "./fields-message.ts";
import { esearchFields, searchFields, sortFields, threadFields } from "./fields-search.ts";

const READERS: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ["AUTHENTICATE", mechanismFields],
  ["LOGIN", userFields],
  ["ID", idFields],
  ["ENABLE", wordsFields("capabilities")],
  ["COMPRESS", wordField("algorithm")],
  ["SELECT", mailboxAndParameters],
  ["EXAMINE", mailboxAndParameters],
  ["CREATE", mailboxAndParameters],
  ["DELETE", mailboxFields],
  ["RENAME", renameFields],
  ["SUBSCRIBE", mailboxFields],
  ["UNSUBSCRIBE", mailboxFields],
  ["LIST", listFields],
  ["LSUB", listFields],
  ["XLIST", listFields],
  ["RLIST", listFields],
  ["RLSUB", listFields],
  ["STATUS", statusFields],
  ["APPEND", appendFields],
  ["REPLACE", replaceFields],
  ["ESEARCH", esearchFields],
  ["UID EXPUNGE", (args) => args.addSet()],
  ["SEARCH", searchFields],
  ["FETCH", fetchFields],
  ["UID FETCH", uidFetchFields],
  ["STORE", storeFields],
  ["COPY", copyFields],
  ["MOVE", copyFields],
  ["SORT", sortFields],
  ["THREAD", threadFields],
  ["SETACL", aclFields],
  ["DELETEACL", aclFields],
  ["GETACL", aclFields],
  ["LISTRIGHTS", aclFields],
  ["MYRIGHTS", aclFields],
  ["GETQUOTA", quotaFields],
  ["SETQUOTA", quotaFields],
  ["GETQUOTAROOT", mailboxFields],
  ["GETMETADATA", getMetadataFields],
  ["SETMETADATA", setMetadataFields],
  ["GETANNOTATION", mailboxFields],
  ["SETANNOTATION", mailboxFields],
]);

/** The fields of a command in the order in which people read it; a UID form has those of its plain form. */
export function fieldsOf(command: Command, prints: Prints): readonly Field[] {
  const { name } = command;
  const args = new FieldArguments(command.arguments, prints);
  args.add("command", name);
  const plain = name.startsWith("UID ") ? name.slice(4) : name;
  (READERS.get(name) ?? READERS.get(plain))?.(args);
  args.addRest();
  return args.fields;
}
