/**
 * Flags and capabilities as lists (RFC 9051 §2.3.2, §7.2.2).
 *
 *     flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
 */
import { readable, SP } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import { keepFlags, knownList } from "./known-flags.ts";
import type { Lexer } from "./lexer.ts";
import { readToken } from "./read-token.ts";
import type { AtomToken, Token } from "./token.ts";
import { blameToken, listItems, rawText } from "./token-value.ts";

/** Consumes the value of FLAGS in the list of a FETCH response. */
export function takeFlags(lexer: Lexer): readonly string[] {
  const { line } = lexer;
  const start = lexer.at + 1;
  const opens = lexer.depth === 1 && line[start - 1] === SP && line[start] === 0x28;
  const known = opens ? knownList(line, start) : undefined;
  if (known !== undefined && start + known.octets.length <= lexer.limit) {
    lexer.at = start + known.octets.length;
    return known.flags;
  }
  const read = flags(lexer, readToken(lexer));
  if (opens && lexer.line === line && lexer.defects.length === 0)
    keepFlags(line.subarray(start, lexer.at), read);
  return read;
}

/** The flags of a list; strange ones are kept as they are, with a defect. `\*` stands in PERMANENTFLAGS. */
export function flags(lexer: Lexer, token: Token | undefined, what = "The list of flags"): string[] {
  const names: string[] = [];
  const items = listItems(lexer, token, what, "flag-invalid");
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) break;
    if (item.kind === "nil") {
      blameToken(lexer, "nil-unexpected", "NIL stands among the flags.", item);
    } else if (item.kind === "atom") {
      const spread = spreadFlag(items, i);
      if (spread > i) {
        blameToken(lexer, "flag-invalid", "A flag in brackets holds spaces.", item);
        names.push(
          readable(
            items
              .slice(i, spread + 1)
              .map(rawText)
              .join(" "),
          ),
        );
        i = spread;
      } else {
        if (!isFlag(item))
          blameToken(lexer, "flag-invalid", "A flag holds characters that none may have.", item);
        names.push(readable(item.text));
      }
    } else {
      blameToken(lexer, "flag-invalid", "A flag is not an atom.", item);
      names.push(readable(rawText(item)));
    }
  }
  return names;
}

/**
 * For a flag that opens a bracket and does not close it, the index of the item that closes it, if only atoms lie between;
 * its own index otherwise. Such runs are short, so the search is bounded.
 */
function spreadFlag(items: readonly Token[], index: number): number {
  const first = items[index];
  if (first?.kind !== "atom" || !first.text.startsWith("[") || first.text.includes("]")) return index;
  for (let at = index + 1; at < items.length && at < index + 8; at++) {
    const item = items[at];
    if (item?.kind !== "atom" || item.text.startsWith("[") || item.text.startsWith("\\")) return index;
    if (item.text.endsWith("]")) return at;
  }
  return index;
}

function isFlag({ text }: AtomToken): boolean {
  if (text === "\\*") return true;
  for (let i = text.startsWith("\\") ? 1 : 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
      case 0x25: // %
      case 0x2a: // *
      case 0x5c: // \
      case 0x5d: // ]
      case 0x7b: // {
        return false;
    }
  }
  return text !== "\\" && text !== "";
}

/** Labels of Gmail: any astrings, many of them quoted. */
export function labels(lexer: Lexer, token: Token | undefined): string[] {
  return listItems(lexer, token, "The list of labels").map((item) => readable(rawText(item)));
}

/** Capabilities in upper case. `LITERAL +`, which a server sent, is `LITERAL+`. */
export function capabilities(lexer: Lexer, tokens: readonly Token[]): string[] {
  const names: string[] = [];
  for (const token of tokens) {
    if (token.kind === "list") {
      blameToken(lexer, "response-data-invalid", "A list stands among the capabilities.", token);
      names.push(...token.items.map((item) => upperCase(rawText(item))));
      continue;
    }
    const name = upperCase(rawText(token));
    const previous = names[names.length - 1];
    if ((name === "+" || name === "-") && previous === "LITERAL") {
      blameToken(lexer, "server-space", "A space stands within a capability.", token);
      names[names.length - 1] = previous + name;
      continue;
    }
    if (token.kind !== "atom") {
      blameToken(lexer, "response-data-invalid", "A capability is not an atom.", token);
    }
    names.push(name);
  }
  return names;
}
