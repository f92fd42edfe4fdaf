/**
 * The arguments of a command, taken one by one by the grammars of the commands (RFC 9051 §9). Taking never fails: what is
 * missing or of the wrong form becomes a defect, and the grammar goes on with `undefined`.
 */
import { upperCase } from "./ascii-case.ts";
import type { NumberSet } from "./command.ts";
import type { DefectKind, DefectPlace } from "./defect.ts";
import { decodeMailbox } from "./mailbox-name.ts";
import { readNumberSet } from "./number-set.ts";
import type { Mailbox } from "./response.ts";
import type { AtomToken, Token } from "./token.ts";

export interface Arguments {
  /** The command's name in upper case. */
  readonly name: string;
  readonly tokens: readonly Token[];
  /** Index of the next token. */
  at: number;
  /** Whether a missing argument was reported already: what else is missing behind it is no news. */
  lacking: boolean;
  readonly blame: (kind: DefectKind, detail: string, place?: DefectPlace) => void;
}

/** What an atom may not hold as an astring (RFC 9051 §9); the lexer reports control and 8-bit octets. */
const NO_ASTRING = /[(){%*"\\]/;
/** `list-char` of a mailbox pattern adds the wildcards (RFC 9051 §6.3.9). */
const NO_PATTERN = /[(){"\\]/;

export function nextToken(args: Arguments): Token | undefined {
  return args.tokens[args.at];
}

/** The next token, consumed. Where there is none, `what` is reported as missing, once for a command. */
export function takeToken(args: Arguments, what: string): Token | undefined {
  const token = args.tokens[args.at];
  if (token !== undefined) args.at++;
  else if (!args.lacking) args.blame("argument-missing", `${args.name} lacks ${what}.`);
  if (token === undefined) args.lacking = true;
  return token;
}

/** The next token in upper case if it is an atom; nothing is consumed. */
export function nextWord(args: Arguments): string | undefined {
  const token = args.tokens[args.at];
  return token?.kind === "atom" ? upperCase(token.text) : undefined;
}

/** Consumes the next token if it is the given word in any case. */
export function takeWord(args: Arguments, word: string): boolean {
  if (nextWord(args) !== word) return false;
  args.at++;
  return true;
}

/** Reports that a token is not what the grammar demands there. */
export function invalid(args: Arguments, token: Token, wanted: string): undefined {
  args.blame("argument-invalid", `${args.name} has something else where ${wanted} belongs.`, {
    offset: token.start,
  });
  return undefined;
}

/** Consumes an atom. */
export function takeAtomText(args: Arguments, what: string): string | undefined {
  const token = takeToken(args, what);
  if (token === undefined) return undefined;
  return token.kind === "atom" ? token.text : invalid(args, token, what);
}

/** Consumes an atom or string; octets as ISO-8859-1. A literal that did not come whole gives `undefined`. */
export function takeAstring(args: Arguments, what: string): string | undefined {
  const token = takeToken(args, what);
  return token === undefined ? undefined : astringOf(args, token, what, NO_ASTRING);
}

function astringOf(args: Arguments, token: Token, what: string, refused: RegExp): string | undefined {
  switch (token.kind) {
    case "quoted":
      return token.text;
    case "literal":
      return token.literal.received < token.literal.octets ? undefined : token.text;
    case "nil":
      return "NIL";
    case "list":
      return invalid(args, token, what);
    case "atom":
      if (refused.test(token.text)) invalid(args, token, what);
      return token.text;
  }
}

/** Consumes a mailbox name. */
export function takeMailbox(args: Arguments, what = "a mailbox name"): Mailbox | undefined {
  const token = takeToken(args, what);
  return token === undefined ? undefined : namedBy(args, token, what, NO_ASTRING);
}

/** The mailbox pattern that a token is; wildcards may stand in atoms (RFC 9051 §6.3.9). */
export function patternOf(args: Arguments, token: Token): Mailbox | undefined {
  return namedBy(args, token, "a mailbox pattern", NO_PATTERN);
}

function namedBy(args: Arguments, token: Token, what: string, refused: RegExp): Mailbox | undefined {
  const raw = astringOf(args, token, what, refused);
  if (raw === undefined) return undefined;
  const { mailbox, problem } = decodeMailbox(raw);
  // Once UTF8=ACCEPT is enabled `&` stands for itself, and that is not known here (RFC 9755 §3).
  if (problem !== undefined) {
    args.blame("mailbox-name-utf7", problem, { offset: token.start, certainty: "likely" });
  }
  return mailbox;
}

/** Consumes a parenthesised list and gives what is in it. */
export function takeList(args: Arguments, what: string): readonly Token[] | undefined {
  const token = takeToken(args, what);
  if (token === undefined) return undefined;
  return token.kind === "list" ? token.items : invalid(args, token, what);
}

/** Consumes a list if one is next. */
export function takeOptionalList(args: Arguments): readonly Token[] | undefined {
  const token = nextToken(args);
  if (token?.kind !== "list") return undefined;
  args.at++;
  return token.items;
}

/** Consumes a sequence set or UID set; it is never expanded (RFC 9051 §4.1.1, RFC 5182 §2.1). */
export function takeSet(args: Arguments): NumberSet {
  const token = takeToken(args, "a set of messages");
  if (token === undefined) return undefined;
  if (token.kind !== "atom") return invalid(args, token, "a set of messages");
  if (token.text === "$") return "$";
  const { set, problem } = readNumberSet(token.text);
  if (problem !== undefined) args.blame("argument-invalid", problem, { offset: token.start });
  return problem === undefined ? set : undefined;
}

/**
 * The names of options, parameters or modifiers in a list, in upper case. Their values (numbers, sets, strings, lists) are
 * left out (RFC 4466 §3).
 */
export function optionNames(items: readonly Token[]): readonly string[] {
  return items.filter(isName).map((token) => upperCase(token.text));
}

function isName(token: Token): token is AtomToken {
  return token.kind === "atom" && /^[A-Za-z]/.test(token.text);
}

/** The atoms of a list in upper case; anything else in it is reported. */
export function atomsOf(args: Arguments, items: readonly Token[], what: string): readonly string[] {
  const names: string[] = [];
  for (const token of items) {
    if (token.kind === "atom") names.push(upperCase(token.text));
    else invalid(args, token, what);
  }
  return names;
}

/** Reports what is left over. */
export function refuseRest(args: Arguments): void {
  const token = args.tokens[args.at];
  if (token === undefined) return;
  args.at = args.tokens.length;
  args.blame("argument-surplus", `${args.name} has more arguments than it takes.`, { offset: token.start });
}
