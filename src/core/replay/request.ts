/**
 * A command as it is compared: by its octets, and by its meaning as named fields. The same values serve the search for a
 * recorded exchange, the explanation of a miss, and the comparison of two captures.
 */
import { MASK } from "../base/mask.ts";
import { latin1, NO_OCTETS, SP } from "../base/octets.ts";
import type { Command } from "../imap/command.ts";
import type { Frame } from "../imap/frame.ts";
import { literalHeader } from "../imap/literal-header.ts";
import { parseCommand } from "../imap/parse-command.ts";
import { digestOf } from "./digest.ts";
import type { Field } from "./field.ts";
import { isShort, printText } from "./field-values.ts";
import { fieldsOf } from "./fields.ts";
import { type LiteralPrint, NO_PRINTS, printsByLiteral } from "./literal-print.ts";
import { type Masked, withoutSecrets } from "./secret-arguments.ts";

export type { Field } from "./field.ts";

export interface Request {
  /** Without its secrets: these are masked on both sides alike. */
  readonly command: Command;
  /** All octets behind the tag as they came (ISO-8859-1), long literals as their digest, secrets masked. */
  readonly exact: string;
  /** That are kept of it: of long literals not all. */
  readonly octets: number;
  /** In the order in which people read the command; `command` comes first and is its name. */
  readonly fields: readonly Field[];
  /** The server refused its last literal, of which nothing came. */
  readonly isRefused: boolean;
}

/**
 * Reads a command of a client. `prints` are those of the frame's literals in their order (see `createLiteralPrints`); without them
 * a literal of which the frame keeps not all is known by its size alone. `authenticated` says that the client is logged in: before
 * that a line that is no known command may be a secret, and nothing is told of it. Never throws; linear.
 */
export function readRequest(
  frame: Frame,
  prints: readonly LiteralPrint[] = NO_PRINTS,
  authenticated = false,
): Request {
  const masked = withoutSecrets(parseCommand(frame).value, authenticated);
  const { command } = masked;
  return {
    command,
    exact: exactText(frame, prints, masked),
    octets: octetsOf(frame.lines) + octetsOf(prints.map(({ head }) => head)),
    fields: fieldsOf(command, printsByLiteral(frame, prints)),
    isRefused: frame.end === "refused",
  };
}

function octetsOf(runs: readonly Uint8Array[]): number {
  return runs.reduce((sum, run) => sum + run.length, 0);
}

function exactText(frame: Frame, prints: readonly LiteralPrint[], masked: Masked): string {
  const { openUntil } = masked;
  if (openUntil === 0) return masked.command.name + MASK;
  let text = "";
  let base = 0;
  for (const [index, line] of frame.lines.entries()) {
    const start = index === 0 ? tagEnd(line) : 0;
    const end = Math.max(start, Math.min(line.length, openUntil - base));
    const literal = frame.literals[index];
    const header = literal === undefined ? undefined : literalHeader(line);
    const isSecret = header !== undefined && masked.isSecretLiteral(latin1(line, start, header.start));
    text += masked.line(latin1(line, start, isSecret ? header.start : end));
    base += line.length + 2;
    if (end < line.length || (openUntil < base && index < frame.lines.length - 1)) return text + MASK;
    if (literal === undefined) break;
    text += `\r\n${isSecret ? MASK : literalText(frame, index, prints)}`;
    base += literal.octets;
    if (openUntil <= base && openUntil !== Number.POSITIVE_INFINITY) return text + MASK;
  }
  return frame.end === "lf" ? `${text}\n` : text;
}

function tagEnd(line: Uint8Array): number {
  const space = line.indexOf(SP);
  return space < 0 ? line.length : space + 1;
}

function literalText(frame: Frame, index: number, prints: readonly LiteralPrint[]): string {
  const literal = frame.literals[index];
  if (literal === undefined) return "";
  const { octets, received, head } = literal;
  if (received < octets) return printText({ octets, head: NO_OCTETS, digest: undefined });
  const print = prints[index] ?? {
    octets,
    head,
    digest: head.length === octets ? digestOf(head) : undefined,
  };
  return isShort(print) ? latin1(print.head) : printText(print);
}
