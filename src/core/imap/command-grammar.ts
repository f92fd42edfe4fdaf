/** Which grammar the arguments of each command have; a command of the vocabulary that is not here takes anything. */
import type { CommandDetail } from "./command.ts";
import { parseAppend, parseReplace } from "./command-append.ts";
import { type Arguments, atomsOf, invalid, nextToken, takeToken, takeWord } from "./command-arguments.ts";
import { parseCopy, parseFetch, parseStore, parseUidExpunge } from "./command-fetch.ts";
import { parseAuthenticate, parseLogin } from "./command-login.ts";
import {
  mailboxThen,
  parseGetMetadata,
  parseList,
  parseMailboxAndParameters,
  parsePlainList,
  parseRename,
  parseStatus,
} from "./command-mailbox.ts";
import { parseEsearch, parseSearch, parseSort, parseThread } from "./command-search.ts";

type Grammar = (args: Arguments) => CommandDetail;

const OTHER: CommandDetail = { kind: "other" };
const ANY_NUMBER = Number.POSITIVE_INFINITY;

/** From `least` to `most` arguments that are not looked into. */
function counted(least: number, most: number): Grammar {
  return (args) => {
    for (let i = 0; i < most; i++) {
      if (i >= least && nextToken(args) === undefined) break;
      if (takeToken(args, "an argument") === undefined) break;
    }
    return OTHER;
  };
}

const NONE = counted(0, 0);
const ANYTHING = counted(0, ANY_NUMBER);

function parseExpunge(): CommandDetail {
  return { kind: "expunge", set: undefined };
}

/** ENABLE: capabilities (RFC 5161 §3.1). */
function parseEnable(args: Arguments): CommandDetail {
  if (nextToken(args) === undefined) takeToken(args, "a capability");
  const capabilities = atomsOf(args, args.tokens, "a capability");
  args.at = args.tokens.length;
  return { kind: "enable", capabilities };
}

/** NOTIFY: `NONE`, or `SET [STATUS]` and groups of events (RFC 5465 §3.1). */
function parseNotify(args: Arguments): CommandDetail {
  if (takeWord(args, "NONE")) return { kind: "notify", set: false, statusIndicator: false };
  if (!takeWord(args, "SET")) {
    const token = takeToken(args, "SET or NONE");
    if (token !== undefined) invalid(args, token, "SET or NONE");
    args.at = args.tokens.length;
    return OTHER;
  }
  const statusIndicator = takeWord(args, "STATUS");
  if (nextToken(args) === undefined) takeToken(args, "a group of events");
  for (const token of args.tokens.slice(args.at)) {
    if (token.kind !== "list") invalid(args, token, "a group of events");
  }
  args.at = args.tokens.length;
  return { kind: "notify", set: true, statusIndicator };
}

const GRAMMARS: ReadonlyMap<string, Grammar> = new Map<string, Grammar>([
  ["CAPABILITY", NONE],
  ["NOOP", NONE],
  ["LOGOUT", NONE],
  ["STARTTLS", NONE],
  ["AUTHENTICATE", parseAuthenticate],
  ["LOGIN", parseLogin],
  ["UNAUTHENTICATE", NONE],
  ["ID", counted(1, 1)],
  ["ENABLE", parseEnable],
  ["COMPRESS", counted(1, 1)],
  ["LANGUAGE", ANYTHING],
  ["COMPARATOR", ANYTHING],
  ["GETJMAPACCESS", NONE],
  ["PROXYAUTH", counted(1, 1)],
  ["SELECT", parseMailboxAndParameters],
  ["EXAMINE", parseMailboxAndParameters],
  ["CREATE", parseMailboxAndParameters],
  ["DELETE", mailboxThen(0, 0)],
  ["RENAME", parseRename],
  ["SUBSCRIBE", mailboxThen(0, 0)],
  ["UNSUBSCRIBE", mailboxThen(0, 0)],
  ["LIST", parseList],
  ["LSUB", parsePlainList],
  ["XLIST", parsePlainList],
  ["RLIST", parsePlainList],
  ["RLSUB", parsePlainList],
  ["FIND", counted(2, 2)],
  ["NAMESPACE", NONE],
  ["STATUS", parseStatus],
  ["APPEND", parseAppend],
  ["IDLE", NONE],
  ["NOTIFY", parseNotify],
  ["ESEARCH", parseEsearch],
  ["CANCELUPDATE", counted(1, ANY_NUMBER)],
  ["CHECK", NONE],
  ["CLOSE", NONE],
  ["UNSELECT", NONE],
  ["EXPUNGE", parseExpunge],
  ["UID EXPUNGE", parseUidExpunge],
  ["SEARCH", parseSearch],
  ["FETCH", parseFetch],
  ["PARTIAL", counted(4, 4)],
  ["STORE", parseStore],
  ["COPY", parseCopy],
  ["MOVE", parseCopy],
  ["SORT", parseSort],
  ["THREAD", parseThread],
  ["REPLACE", parseReplace],
  ["CONVERT", counted(3, ANY_NUMBER)],
  ["CONVERSIONS", counted(2, 2)],
  ["SETACL", mailboxThen(2, 2, "an identifier and rights")],
  ["DELETEACL", mailboxThen(1, 1, "an identifier")],
  ["GETACL", mailboxThen(0, 0)],
  ["LISTRIGHTS", mailboxThen(1, 1, "an identifier")],
  ["MYRIGHTS", mailboxThen(0, 0)],
  ["GETQUOTA", counted(1, 1)],
  ["GETQUOTAROOT", mailboxThen(0, 0)],
  ["SETQUOTA", counted(2, 2)],
  ["GETMETADATA", parseGetMetadata],
  ["SETMETADATA", mailboxThen(1, 1, "entries with values")],
  ["GETANNOTATION", mailboxThen(2, 2, "entries and attributes")],
  ["SETANNOTATION", mailboxThen(2, ANY_NUMBER, "entries and attributes")],
  ["GENURLAUTH", counted(2, ANY_NUMBER)],
  ["URLFETCH", counted(1, ANY_NUMBER)],
]);

/** The typed arguments of a command; a UID form has the grammar of its plain form unless it has one of its own. */
export function parseArguments(args: Arguments): CommandDetail {
  const plain = args.name.startsWith("UID ") ? args.name.slice(4) : args.name;
  return (GRAMMARS.get(args.name) ?? GRAMMARS.get(plain) ?? ANYTHING)(args);
}
