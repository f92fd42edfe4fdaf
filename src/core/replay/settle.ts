/** A command without what rules leave out: what is then equal is equal. */
import { MASK } from "../base/mask.ts";
import { latin1 } from "../base/octets.ts";
import type { Field } from "./field.ts";
import { isShort, printText } from "./field-values.ts";
import { type Ignored, ignoresField, withoutPatterns, withoutSearchDates } from "./ignore.ts";
import type { LiteralPrint } from "./literal-print.ts";
import { settledDigest } from "./message-settler.ts";
import type { Request } from "./request.ts";

/** The fields that are compared. */
export function settledFields(request: Request, ignored: Ignored): readonly Field[] {
  const { inMessages, searchDates, fields } = ignored;
  if (!inMessages && !searchDates && fields.size === 0) return request.fields;
  const kept = request.fields.filter(({ name }) => !ignoresField(ignored, request.command.name, name));
  return inMessages || searchDates ? kept.map((field) => settledField(field, ignored)) : kept;
}

function settledField(field: Field, ignored: Ignored): Field {
  if (field.name === "command") return field;
  if (field.print !== undefined)
    return ignored.inMessages ? { ...field, value: settledValue(field.print, ignored) } : field;
  const settled = (text: string): string =>
    withoutPatterns(ignored, ignored.searchDates && field.name === "keys" ? withoutSearchDates(text) : text);
  const value = settled(field.value);
  if (value === field.value) return field;
  const members = field.members?.map(settled);
  return { name: field.name, value, ...(members === undefined ? {} : { members }) };
}

/** The octets count no more, because they change with what is left out; one that did not come may be any. */
function settledValue(print: LiteralPrint, ignored: Ignored): string {
  const { head, octets } = print;
  const digest = print.settled ?? (head.length === octets ? settledDigest(head, ignored) : undefined);
  if (digest === undefined) return print.digest === undefined ? MASK : printText(print);
  return `\u2026settled digest ${digest}`;
}

/** The octets that are compared, as {@link Request.exact} has them; of rules those for messages and patterns hold. */
export function settledExact(request: Request, ignored: Ignored): string {
  if (!ignored.inMessages) return request.exact;
  let text = request.exact;
  for (const { print } of request.fields) if (print !== undefined) text = settleWithin(text, print, ignored);
  return withoutPatterns(ignored, text);
}

/** The size in its header changes with what is left out, and is left out too. */
function settleWithin(text: string, print: LiteralPrint, ignored: Ignored): string {
  const { octets, head } = print;
  const written = isShort(print) ? latin1(head) : printText(print);
  for (const sign of ["", "+"]) {
    const header = `{${octets}${sign}}\r\n`;
    const at = text.indexOf(header + written);
    if (at < 0) continue;
    const end = at + header.length + written.length;
    return `${text.slice(0, at)}{${sign}}\r\n${settledValue(print, ignored)}${text.slice(end)}`;
  }
  return text;
}
