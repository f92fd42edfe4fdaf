/** The arguments of a command as its fields are read of them, one by one; what nobody takes becomes a field of its own. */
import { upperCase } from "../imap/ascii-case.ts";
import type { ListToken, Token } from "../imap/token.ts";
import type { Field } from "./field.ts";
import {
  anyText,
  mailboxText,
  type Prints,
  quoted,
  setText,
  shownAs,
  sortedOnce,
  stringOf,
} from "./field-values.ts";

/** How the fields of a command are read of its arguments; never throws. */
export type FieldReader = (args: FieldArguments) => void;

export class FieldArguments {
  readonly fields: Field[] = [];
  readonly prints: Prints;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[], prints: Prints) {
    this.tokens = tokens;
    this.prints = prints;
  }

  next(): Token | undefined {
    return this.tokens[this.at];
  }

  take(): Token | undefined {
    return this.tokens[this.at++];
  }

  /** Takes the next argument if it is a list. */
  takeList(): ListToken | undefined {
    const token = this.next();
    if (token?.kind !== "list") return undefined;
    this.at++;
    return token;
  }

  /** Takes the next argument if it is the given word. */
  takeWord(word: string): boolean {
    const token = this.next();
    if (token?.kind !== "atom" || upperCase(token.text) !== word) return false;
    this.at++;
    return true;
  }

  rest(): readonly Token[] {
    const rest = this.tokens.slice(this.at);
    this.at = this.tokens.length;
    return rest;
  }

  add(name: string, value: string, more: Partial<Field> = {}): void {
    this.fields.push({ name, value, ...more });
  }

  /** A field whose parts may come in any order and any number. */
  addMembers(name: string, texts: Iterable<string>): void {
    const members = sortedOnce(texts);
    const value = members.join(" ");
    this.add(name, value, { members, ...shownAs(value) });
  }

  /** The next argument as a field, its string in the form that `canonical` gives; a list stays what it is. */
  addString(name: string, canonical: (raw: string) => string = (raw) => raw): void {
    const token = this.take();
    if (token === undefined) return;
    if (token.kind === "list") this.add(name, anyText(token, this.prints));
    else {
      const value = canonical(stringOf(token, this.prints));
      this.add(name, value, shownAs(value));
    }
  }

  addMailbox(name = "mailbox"): void {
    const token = this.next();
    if (token === undefined || token.kind === "list") {
      this.addString(name);
      return;
    }
    this.at++;
    this.add(name, mailboxText(stringOf(token, this.prints)));
  }

  addSet(name = "set"): void {
    this.addString(name, setText);
  }

  /** What is left: arguments that the grammar of the command does not know. */
  addRest(): void {
    const rest = this.rest().map((token) => anyText(token, this.prints));
    if (rest.length > 0) this.add("arguments", rest.join(" "), shownAs(rest.join(" ")));
  }
}

/**
 * Options with their values (RFC 4466 §3), each as one text: `CHANGEDSINCE 12`, `STATUS (MESSAGES UNSEEN)`. A word begins an
 * option; anything else is the value of the option before it.
 */
export function optionTexts(items: readonly Token[], prints: Prints): readonly string[] {
  const options: string[] = [];
  for (const item of items) {
    const text = optionValue(item, prints);
    const last = options.length - 1;
    if (item.kind === "atom" && /^[A-Za-z]/.test(item.text)) options.push(upperCase(item.text));
    else if (last < 0) options.push(text);
    else options[last] += ` ${text}`;
  }
  return options;
}

/** In a list of words, such as the items of STATUS, the order says nothing. */
function optionValue(token: Token, prints: Prints): string {
  if (token.kind !== "list") return anyText(token, prints);
  const texts = token.items.map((item) => anyText(item, prints));
  const words = token.items.every((item) => item.kind === "atom" && /^[A-Za-z]/.test(item.text));
  return `(${(words ? sortedOnce(texts) : texts).join(" ")})`;
}

/** Pairs of a name, which is compared without case, and a value: `name value`. */
export function pairTexts(items: readonly Token[], prints: Prints): readonly string[] {
  const pairs: string[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const name = items[at];
    const value = items[at + 1];
    if (name === undefined) break;
    pairs.push([anyText(name, prints), ...(value === undefined ? [] : [exactText(value, prints)])].join(" "));
  }
  return pairs;
}

function exactText(token: Token, prints: Prints): string {
  if (token.kind === "nil" || token.kind === "list") return anyText(token, prints);
  return quoted(stringOf(token, prints));
}
