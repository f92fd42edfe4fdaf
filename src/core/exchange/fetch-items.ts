/** Message data items as they are asked for and as they are answered, brought to one form (RFC 9051 §6.4.5, §7.5.2). */
import { DATA_ITEMS } from "../vocabulary/data-items.ts";

/** Items that a server may send of its own accord, so they prove no FETCH. */
const PUSHED_ITEMS: ReadonlySet<string> = new Set(["FLAGS", "UID", "MODSEQ"]);

/** Names that are their own normal form: nearly all that come. */
const PLAIN_ITEMS: ReadonlySet<string> = new Set(
  DATA_ITEMS.map(({ name }) => name).filter((name) => normalForm(name) === name),
);

/** Whether a server may send this item (in normal form) without having been asked. */
export function isPushedItem(item: string): boolean {
  return PUSHED_ITEMS.has(item);
}

/**
 * One form for the question and its answer: without `.PEEK`, with the origin of `<origin.octets>` only, and with the field
 * names of a section unquoted and sorted.
 */
export function normalItem(written: string): string {
  return PLAIN_ITEMS.has(written) ? written : normalForm(written);
}

function normalForm(written: string): string {
  let item = written.toUpperCase();
  if (item.startsWith("BODY.PEEK[")) item = `BODY[${item.slice("BODY.PEEK[".length)}`;
  else if (item.startsWith("BINARY.PEEK[")) item = `BINARY[${item.slice("BINARY.PEEK[".length)}`;
  else if (item === "RFC822.PEEK") return "RFC822";
  const section = item.indexOf("[");
  if (section === -1) {
    const parameters = item.search(/[ (]/);
    return parameters === -1 ? item : item.slice(0, parameters);
  }
  return sortedFields(item.replace(/<(\d+)\.\d+>$/, "<$1>"));
}

function sortedFields(item: string): string {
  const open = item.indexOf("(");
  const close = item.lastIndexOf(")");
  if (open === -1 || close < open) return item;
  const fields = item
    .slice(open + 1, close)
    .replaceAll('"', "")
    .split(/ +/);
  const kept = fields.filter((field) => field !== "").sort();
  return `${item.slice(0, open).trimEnd()} (${kept.join(" ")})${item.slice(close + 1)}`;
}
