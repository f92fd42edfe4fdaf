/** The fields as they are offered to somebody who types a filter: the most useful first, each with a word of what it is. */
import { ALIASES, type NumberFieldName, type TextFieldName } from "./field-table.ts";

export type FieldName = TextFieldName | NumberFieldName;

interface FieldHint {
  readonly words: string;
  /** The operator that it mostly stands with. */
  readonly operator: ":" | ">";
}

/** In the order in which they are offered. */
export const FIELD_GUIDE: Readonly<Record<FieldName, FieldHint>> = {
  cmd: { operator: ":", words: "name of the command" },
  status: { operator: ":", words: "OK, NO, BAD, or why there is none" },
  wait: { operator: ">", words: "time until the server began to answer" },
  mailbox: { operator: ":", words: "mailbox, as people read it" },
  conn: { operator: ":", words: "number of the connection" },
  text: { operator: ":", words: "in any line of the dialogue" },
  total: { operator: ">", words: "time from the command to its completion" },
  tag: { operator: ":", words: "tag of the command" },
  user: { operator: ":", words: "who logged in with LOGIN" },
  code: { operator: ":", words: "response code, such as TRYCREATE" },
  defect: { operator: ":", words: "kind of a defect" },
  state: { operator: ":", words: "new state of the connection" },
  down: { operator: ">", words: "octets to the client" },
  up: { operator: ">", words: "octets to the server" },
  octets: { operator: ">", words: "octets in both directions" },
  untagged: { operator: ">", words: "number of untagged responses" },
  gap: { operator: ">", words: "time in which the client was thinking before it" },
  upload: { operator: ">", words: "time in which the command was sent" },
  download: { operator: ">", words: "time in which the answer came" },
  at: { operator: ">", words: "time since the capture began" },
  id: { operator: ":", words: "number of the exchange" },
  kind: { operator: ":", words: "kind of the row" },
};

/** The field of a name as it is written, whatever its case, or of another name for it. */
export function fieldOf(written: string): FieldName | undefined {
  const lower = written.toLowerCase();
  const name = ALIASES.get(lower) ?? lower;
  return isField(name) ? name : undefined;
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELD_GUIDE, name);
}

/** All of them in their order. */
export const FIELD_NAMES: readonly FieldName[] = Object.keys(FIELD_GUIDE).filter(isField);
