/**
 * SEARCH, SORT, THREAD and ESEARCH (RFC 9051 §6.4.4, RFC 5256 §3, RFC 7377 §2.1). Search keys stay tokens: which of them
 * take an argument is known only to whoever knows all extensions.
 */
import type { CommandDetail } from "./command.ts";
import {
  type Arguments,
  optionNames,
  takeAstring,
  takeAtomText,
  takeList,
  takeToken,
  takeWord,
} from "./command-arguments.ts";

/** `SEARCH [RETURN (…)] [CHARSET charset] keys`. */
export function parseSearch(args: Arguments): CommandDetail {
  const returns = takeReturns(args);
  return keysOf(args, returns, takeWord(args, "CHARSET") ? takeAstring(args, "a character set") : undefined);
}

/** `ESEARCH [IN (…)] [RETURN (…)] [CHARSET charset] keys`. */
export function parseEsearch(args: Arguments): CommandDetail {
  if (takeWord(args, "IN")) takeList(args, "mailboxes to search");
  return parseSearch(args);
}

/** `SORT [RETURN (…)] (criteria) charset keys` (RFC 5256 §3, RFC 5267 §3.1). */
export function parseSort(args: Arguments): CommandDetail {
  const returns = takeReturns(args);
  const criteria = takeList(args, "sort criteria");
  return keysOf(args, returns, criteria && takeAstring(args, "a character set"));
}

/** `THREAD algorithm charset keys`. */
export function parseThread(args: Arguments): CommandDetail {
  const algorithm = takeAtomText(args, "a threading algorithm");
  return keysOf(args, undefined, algorithm && takeAstring(args, "a character set"));
}

function takeReturns(args: Arguments): readonly string[] | undefined {
  return takeWord(args, "RETURN") ? optionNames(takeList(args, "return options") ?? []) : undefined;
}

function keysOf(
  args: Arguments,
  returns: readonly string[] | undefined,
  charset: string | undefined,
): CommandDetail {
  const keys = args.tokens.slice(args.at);
  if (keys.length === 0) takeToken(args, "a search key");
  args.at = args.tokens.length;
  return { kind: "search", returns, charset, keys };
}
