/** The data of an untagged response in short, a row for each shape that there is. */
import type { Mailbox, Namespace, ResponseData } from "../imap/response.ts";
import { glance } from "./cells.ts";
import { formatFetchItems } from "./fetch-items.ts";
import { formatList, formatSet, formatToken, formatTokens, NO_NAMES, quoteWhereNeeded } from "./token.ts";

const SHOWN = 8;
const WORD_COLUMNS = 48;

type Shapes = { readonly [Shape in ResponseData["kind"]]: Extract<ResponseData, { readonly kind: Shape }> };
type Rows = { readonly [Shape in keyof Shapes]: (data: Shapes[Shape], columns: number) => string };

const ROWS: Rows = {
  count: () => "",
  capabilities: ({ capabilities }) => few(capabilities, 24),
  flags: ({ flags }) => list(flags),
  list: ({ attributes, delimiter, mailbox }) =>
    `${list(attributes)} ${delimiter === null ? "NIL" : `"${glance(delimiter, 4)}"`} ${named(mailbox)}`,
  status: ({ mailbox, items }) =>
    `${named(mailbox)} ${list([...items].map(([name, value]) => `${name} ${value}`))}`,
  search: ({ numbers, modSeq }) =>
    few(numbers.slice(0, 2 * SHOWN).map(String), 2 * SHOWN, numbers.length) +
    (modSeq === undefined ? "" : ` (MODSEQ ${word(modSeq)})`),
  esearch: ({ mailbox, uid, results }, columns) =>
    [
      mailbox === undefined ? "" : named(mailbox),
      uid ? "UID" : "",
      ...[...results].map(([name, token]) => `${word(name)} ${formatToken(token, columns)}`),
    ]
      .filter((part) => part !== "")
      .join(" "),
  thread: ({ threads }, columns) => formatTokens(threads, NO_NAMES, columns),
  fetch: ({ items }, columns) => formatFetchItems(items, columns),
  vanished: ({ earlier, uids }) => `${earlier ? "(EARLIER) " : ""}${formatSet(uids)}`,
  quota: ({ root, resources }) =>
    `${quoteWhereNeeded(root)} ${list(resources.map(({ name, usage, limit }) => `${name} ${usage}/${limit}`))}`,
  quotaRoot: ({ mailbox, roots }) => `${named(mailbox)} ${few(roots.map(quoteWhereNeeded), SHOWN)}`,
  namespace: ({ personal, otherUsers, shared }) => [personal, otherUsers, shared].map(namespaces).join(" "),
  id: ({ fields }) =>
    fields === null
      ? "NIL"
      : list(
          [...fields].map(([name, value]) => `${name}=${value === null ? "NIL" : quoteWhereNeeded(value)}`),
        ),
  acl: ({ mailbox, rights }) => `${named(mailbox)} ${list(rights.map(([who, what]) => `${who}=${what}`))}`,
  myRights: ({ mailbox, rights }) => `${named(mailbox)} ${word(rights)}`,
  listRights: ({ mailbox, identifier, rights }) =>
    `${named(mailbox)} ${word(identifier)} ${few(rights, SHOWN)}`,
  metadata: ({ mailbox, entries }) =>
    `${named(mailbox)} ${list(
      entries.map(({ name, value }) => {
        if (value === undefined) return name;
        return `${name}=${value === null ? "NIL" : quoteWhereNeeded(value)}`;
      }),
    )}`,
  converted: ({ tokens }, columns) => formatTokens(tokens, NO_NAMES, columns),
  tokens: ({ tokens }, columns) => formatTokens(tokens, NO_NAMES, columns),
};

/** What follows the name of the response, safe to print; "" for a bare count. */
export function formatData(data: ResponseData, columns: number): string {
  return formatShape(data.kind, data, columns);
}

function formatShape<Shape extends keyof Shapes>(shape: Shape, data: Shapes[Shape], columns: number): string {
  return ROWS[shape](data, columns);
}

function named(mailbox: Mailbox): string {
  return quoteWhereNeeded(mailbox.name);
}

function word(text: string): string {
  return glance(text, WORD_COLUMNS);
}

function list(items: readonly string[]): string {
  return formatList(items.slice(0, SHOWN).map(word), items.length);
}

function few(items: readonly string[], shown: number, count = items.length): string {
  const some = items.slice(0, shown).map(word);
  return (count > some.length ? [...some, `… (${count})`] : some).join(" ");
}

function namespaces(some: readonly Namespace[]): string {
  return some.length === 0
    ? "NIL"
    : formatList(
        some.slice(0, SHOWN).map(({ prefix }) => quoteWhereNeeded(prefix)),
        some.length,
      );
}
