/**
 * A command without its secrets. What was recorded is masked already; what a client says to a replay comes with its secrets, and
 * is masked by the same rules before anything is made of it, so that both look alike and nothing can be shown.
 */
import { MASK } from "../base/mask.ts";
import { upperCase } from "../imap/ascii-case.ts";
import type { Command } from "../imap/command.ts";
import type { Token } from "../imap/token.ts";
import { urlTokenSpans } from "../secrets/url-tokens.ts";
import { isKnownCommand } from "../vocabulary/commands.ts";

/** How many arguments are open of commands that go on with secrets. */
const OPEN_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ["LOGIN", 1],
  ["AUTHENTICATE", 1],
  ["PROXYAUTH", 0],
  ["X-MASTERAUTH", 0],
  ["XAPPLEPUSHSERVICE", 0],
  ["RESETKEY", 0],
]);

/** Commands with URLs, in which tokens may stand (RFC 4467 §5); of the first ones every literal is a URL. */
const URL_LITERALS: ReadonlySet<string> = new Set(["URLFETCH", "GENURLAUTH"]);
const URLS: ReadonlySet<string> = new Set([...URL_LITERALS, "APPEND", "REPLACE", "UID REPLACE"]);

/** What no name of a mechanism is (RFC 4422 §3.1), be it longer than they may be: a response in its place. */
const MECHANISM = /^[\w.-]{1,40}$/;
/** A name of a command with secrets as the tag of a line that is no known command. */
const SECRET_COMMAND = /^(?:LOGIN|AUTHENTICATE|PROXYAUTH|X-MASTERAUTH)$/i;

export interface Masked {
  readonly command: Command;
  /** Offset within the frame from which on nothing may be told. */
  readonly openUntil: number;
  readonly line: (text: string) => string;
  /** Whether the literal that stands behind this text in its line is a secret. */
  readonly isSecretLiteral: (before: string) => boolean;
}

/** The command without its secrets; before authentication of a line that is no known command nothing is left. */
export function withoutSecrets(command: Command, authenticated: boolean): Masked {
  const { name, tag } = command;
  if (!isKnownCommand(name)) {
    if (authenticated && !SECRET_COMMAND.test(tag) && !SECRET_COMMAND.test(name)) return open(command);
    return masked({ ...command, name: "", uid: false, arguments: [maskAt(0)], detail: { kind: "other" } }, 0);
  }
  if (URLS.has(name)) return withoutUrls(command);
  const count = OPEN_ARGUMENTS.get(name);
  return count === undefined ? open(command) : withoutArguments(command, count);
}

function open(command: Command): Masked {
  return { command, openUntil: Number.POSITIVE_INFINITY, line: (text) => text, isSecretLiteral: () => false };
}

function masked(command: Command, openUntil: number): Masked {
  return { ...open(command), openUntil };
}

function withoutArguments(command: Command, count: number): Masked {
  const { name } = command;
  const first = command.arguments[0];
  const isOpen = count > 0 && first !== undefined && isOpenArgument(name, first);
  const kept = isOpen ? [first] : [];
  if (command.arguments.length === kept.length) return open(command);
  const openUntil = isOpen ? first.end : 0;
  const args = [...kept, maskAt(openUntil)];
  const detail: Command["detail"] =
    isOpen || command.detail.kind === "other" ? command.detail : { kind: "other" };
  return masked({ ...command, arguments: args, detail }, openUntil);
}

function isOpenArgument(name: string, token: Token): boolean {
  if (token.kind === "list" || token.kind === "nil" || token.text === MASK) return false;
  return name === "LOGIN" ? !/[\0-\x1f\x7f(){]/.test(token.text) : MECHANISM.test(token.text);
}

function maskAt(start: number): Token {
  return { kind: "atom", text: MASK, start, end: start };
}

function withoutUrls(command: Command): Masked {
  const literals = URL_LITERALS.has(command.name);
  return {
    ...open({ ...command, arguments: urlsMasked(command.arguments, literals) }),
    line: maskUrls,
    isSecretLiteral: (before) => literals || /\bURL $/i.test(before),
  };
}

function urlsMasked(tokens: readonly Token[], literals: boolean): readonly Token[] {
  return tokens.map((token, index): Token => {
    if (token.kind === "list") return { ...token, items: urlsMasked(token.items, literals) };
    if (token.kind === "nil") return token;
    if (token.kind !== "literal") return { ...token, text: maskUrls(token.text) };
    const before = tokens[index - 1];
    const isUrl = literals || (before?.kind === "atom" && upperCase(before.text) === "URL");
    return isUrl ? maskAt(token.start) : token;
  });
}

function maskUrls(text: string): string {
  let rest = text;
  for (const [start, end] of urlTokenSpans(text).reverse())
    rest = rest.slice(0, start) + MASK + rest.slice(end);
  return rest;
}
