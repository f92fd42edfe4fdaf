/** Tokens as a tree: what no grammar has typed further is shown by its shape. */
import { readable } from "../../core/base/octets.ts";
import type { Token } from "../../core/imap/token.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatToken } from "../../core/text/token.ts";
import type { Branch } from "./branch.ts";
import { hiddenToken } from "./hide.ts";

/** Characters of a string that are shown. */
const SHOWN = 2000;

export function tokenBranches(tokens: readonly Token[], hidden: boolean): readonly Branch[] {
  return tokens.map((token) => tokenBranch(token, hidden));
}

function tokenBranch(token: Token, hidden: boolean): Branch {
  if (hidden && token.kind !== "list") return { label: token.kind, text: hiddenToken(token) };
  switch (token.kind) {
    case "list": {
      const { items } = token;
      const text = `${groupDigits(items.length)} ${items.length === 1 ? "item" : "items"}`;
      const glimpse = hidden ? "" : ` ${formatToken(token, 60)}`;
      return {
        label: "list",
        text: `of ${text}${glimpse}`,
        style: "faint",
        children: () => tokenBranches(items, hidden),
      };
    }
    case "literal":
      return { label: "literal", text: `{${groupDigits(token.literal.octets)}}`, style: "literal" };
    case "nil":
      return { label: "NIL" };
    case "atom":
    case "quoted":
      return { label: token.kind === "atom" ? "atom" : "string", text: readable(token.text.slice(0, SHOWN)) };
  }
}
