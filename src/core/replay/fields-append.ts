/** The fields of APPEND and REPLACE (RFC 9051 §6.3.12, RFC 8508 §3.2), with those of each message (RFC 3502 §6). */
import { upperCase } from "../imap/ascii-case.ts";
import type { LiteralToken, Token } from "../imap/token.ts";
import type { FieldArguments } from "./field-arguments.ts";
import { anyText, monthText, printText, stringOf } from "./field-values.ts";
import { flagTexts } from "./fields-message.ts";
import type { LiteralPrint } from "./literal-print.ts";

export function appendFields(args: FieldArguments): void {
  args.addMailbox();
  for (let number = 1; args.next() !== undefined; number++) messageFields(args, number);
}

/** REPLACE names the message that goes before the mailbox. */
export function replaceFields(args: FieldArguments): void {
  args.addSet();
  appendFields(args);
}

/** Fields of one message; takes at least one argument. */
function messageFields(args: FieldArguments, number: number): void {
  const flags = args.takeList();
  if (flags !== undefined && flags.items.length > 0)
    args.addMembers(`flags ${number}`, flagTexts(flags.items, args));
  if (args.next()?.kind === "quoted") args.addString(`date ${number}`, dateTimeText);
  while (!addPart(args, number));
}

/** Takes the message, or a piece of data before it; false where the message is still to come. */
function addPart(args: FieldArguments, number: number): boolean {
  const token = args.take();
  if (token?.kind === "literal") addMessage(args, number, token);
  if (token === undefined || token.kind === "literal") return true;
  const word = token.kind === "atom" ? upperCase(token.text) : "";
  const value = word === "" ? undefined : args.take();
  const only = value?.kind === "list" && value.items.length === 1 ? value.items[0] : undefined;
  if (word === "UTF8" && only?.kind === "literal") {
    args.add(`form ${number}`, word);
    addMessage(args, number, only);
    return true;
  }
  const text = [token, ...(value === undefined ? [] : [value])].map((each) => partText(each, args));
  args.add(`${word === "CATENATE" ? "message" : "data"} ${number}`, text.join(" "));
  return word === "CATENATE" || word === "";
}

/** `" 1-Jan-2026 …"` and `"01-Jan-2026 …"` are one date; months are compared without case. */
export function dateTimeText(date: string): string {
  return monthText(date.replace(/^ ?(\d)-/, "0$1-"));
}

function addMessage(args: FieldArguments, number: number, token: LiteralToken): void {
  const { literal } = token;
  const whole = literal.received === literal.octets;
  const known = whole ? args.prints.get(literal) : undefined;
  const print: LiteralPrint = known ?? { octets: literal.octets, head: literal.head, digest: undefined };
  args.add(`message ${number}`, printText(print), { print, shown: `${print.octets} octets` });
}

/** Words without case, strings as they are: the parts of a message are its octets. */
function partText(token: Token, args: FieldArguments): string {
  if (token.kind === "list") return `(${token.items.map((item) => partText(item, args)).join(" ")})`;
  if (token.kind === "literal" || token.kind === "quoted") {
    const print = token.kind === "literal" ? args.prints.get(token.literal) : undefined;
    return print === undefined ? JSON.stringify(stringOf(token, args.prints)) : printText(print);
  }
  return anyText(token, args.prints);
}
