/** The fields of commands that name mailboxes: SELECT, the LIST family, STATUS, ACL, quota, metadata. */
import { upperCase } from "../imap/ascii-case.ts";
import type { Token } from "../imap/token.ts";
import { type FieldArguments, type FieldReader, optionTexts, pairTexts } from "./field-arguments.ts";
import { anyText, patternText, quoted, stringOf } from "./field-values.ts";
import { addOptions } from "./fields-message.ts";

export function mailboxFields(args: FieldArguments): void {
  args.addMailbox();
}

/** SELECT, EXAMINE and CREATE: QRESYNC and CONDSTORE among the parameters (RFC 7162 §3.2.5). */
export function mailboxAndParameters(args: FieldArguments): void {
  args.addMailbox();
  addOptions(args, "parameters");
}

export function renameFields(args: FieldArguments): void {
  args.addMailbox();
  args.addMailbox("target");
  addOptions(args, "parameters");
}

/** `LIST [selection] reference patterns [RETURN (…)]` (RFC 9051 §6.3.9, RFC 5258 §3). */
export function listFields(args: FieldArguments): void {
  addOptions(args, "selection");
  args.addMailbox("reference");
  const patterns = args.take();
  if (patterns !== undefined)
    args.addMembers("pattern", (patterns.kind === "list" ? patterns.items : [patterns]).map(pattern));
  if (args.takeWord("RETURN")) addOptions(args, "return");

  function pattern(token: Token): string {
    return token.kind === "list"
      ? anyText(token, args.prints)
      : quoted(patternText(stringOf(token, args.prints)));
  }
}

export function statusFields(args: FieldArguments): void {
  args.addMailbox();
  const list = args.takeList();
  if (list !== undefined) args.addMembers("items", optionTexts(list.items, args.prints));
}

/** A mailbox and whom the command is about; rights are a set of letters, to be given or taken (RFC 4314 §3.1). */
export function aclFields(args: FieldArguments): void {
  args.addMailbox();
  args.addString("identifier");
  args.addString("rights", rightsText);
}

function rightsText(rights: string): string {
  const sign = /^[+-]?/.exec(rights)?.[0] ?? "";
  return sign + [...new Set(rights.slice(sign.length))].sort().join("");
}

export function quotaFields(args: FieldArguments): void {
  args.addString("root");
  const list = args.takeList();
  if (list !== undefined) args.addMembers("resources", pairTexts(list.items, args.prints));
}

/** GETMETADATA: the grammar puts options before the mailbox, its own examples behind (RFC 5464 §4.2, §5). */
export function getMetadataFields(args: FieldArguments): void {
  const before = args.takeList();
  args.addMailbox();
  const first = args.take();
  const second = first?.kind === "list" ? args.take() : undefined;
  const entries = second ?? first;
  const options = [
    ...(before?.items ?? []),
    ...(second !== undefined && first?.kind === "list" ? first.items : []),
  ];
  if (options.length > 0) args.addMembers("options", optionTexts(options, args.prints));
  if (entries !== undefined)
    args.addMembers(
      "entries",
      (entries.kind === "list" ? entries.items : [entries]).map((entry) => anyText(entry, args.prints)),
    );
}

export function setMetadataFields(args: FieldArguments): void {
  args.addMailbox();
  const list = args.takeList();
  if (list !== undefined) args.addMembers("entries", pairTexts(list.items, args.prints));
}

/** ID: pairs in any order (RFC 2971 §3.1). */
export function idFields(args: FieldArguments): void {
  const list = args.takeList();
  if (list !== undefined) args.addMembers("id", pairTexts(list.items, args.prints));
}

/** Words in any order: the capabilities of ENABLE. */
export function wordsFields(name: string): FieldReader {
  return (args) =>
    args.addMembers(
      name,
      args.rest().map((token) => anyText(token, args.prints)),
    );
}

/** One word, or string that is compared without case. */
export function wordField(name: string): FieldReader {
  return (args) => args.addString(name, upperCase);
}

/** LOGIN: who, never by which password. */
export function userFields(args: FieldArguments): void {
  args.addString("user");
  args.rest();
}

/** AUTHENTICATE: whether the first response comes with it is a client's choice, and what it is its secret. */
export function mechanismFields(args: FieldArguments): void {
  args.addString("mechanism", upperCase);
  args.rest();
}
