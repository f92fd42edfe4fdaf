/** Message data items in short: `(UID 44 FLAGS (\Seen) BODY[] {30,000,000})` (RFC 9051 §7.5.2). */
import type { Address, BodyStructure, Envelope } from "../imap/message-data.ts";
import type { FetchItem, FetchValue } from "../imap/response.ts";
import { glance } from "./cells.ts";
import { groupDigits } from "./octets.ts";
import { formatList, formatTokens, NO_NAMES, quoteWhereNeeded } from "./token.ts";

const ITEMS_SHOWN = 8;
const NAME_COLUMNS = 60;
/** Parts of a message that are named; a structure may have thousands. */
const PARTS_SHOWN = 8;
const PARTS_DEPTH = 4;

/** The items that a FETCH response carries, safe to print. */
export function formatFetchItems(items: readonly FetchItem[], columns: number): string {
  return formatList(
    items
      .slice(0, ITEMS_SHOWN)
      .map(({ name, value }) => `${glance(name, NAME_COLUMNS)} ${formatValue(value, columns)}`),
    items.length,
  );
}

function formatValue(value: FetchValue, columns: number): string {
  switch (value.kind) {
    case "flags":
      return formatList(
        value.flags.slice(0, ITEMS_SHOWN).map((flag) => glance(flag, NAME_COLUMNS)),
        value.flags.length,
      );
    case "number":
      return glance(value.value, NAME_COLUMNS);
    case "text":
      return value.text === null ? "NIL" : quoteWhereNeeded(value.text);
    case "octets":
      return value.head === null ? "NIL" : `{${groupDigits(value.octets)}}`;
    case "envelope":
      return formatEnvelope(value.envelope);
    case "bodyStructure":
      return formatStructure(value.structure, PARTS_DEPTH);
    case "tokens":
      return formatTokens(value.tokens, NO_NAMES, columns);
  }
}

function formatEnvelope({ subject, from }: Envelope): string {
  const first = from.find(({ mailbox, host }) => mailbox !== null && host !== null);
  const sender = first === undefined ? "" : ` from ${formatAddress(first)}`;
  return `(${subject === null ? "NIL" : `"${glance(subject, NAME_COLUMNS)}"`}${sender})`;
}

function formatAddress({ mailbox, host }: Address): string {
  return glance(`${mailbox ?? ""}@${host ?? ""}`, NAME_COLUMNS);
}

function formatStructure(structure: BodyStructure, depth: number): string {
  const type = glance(structure.type, NAME_COLUMNS);
  if (structure.kind === "part") return type;
  if (depth === 0) return `${type} …`;
  const parts = structure.parts.slice(0, PARTS_SHOWN).map((part) => formatStructure(part, depth - 1));
  return `${type} ${formatList(parts, structure.parts.length)}`;
}
