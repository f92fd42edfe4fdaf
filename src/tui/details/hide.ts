/**
 * What may be seen on a shared screen: names of the protocol, numbers, sets and sizes. It is a list of what is shown and never
 * of what is not: mailbox names, addresses, subjects, texts of people and of servers, and whatever is unknown become dots.
 */
import type { Command } from "../../core/imap/command.ts";
import type { BodyStructure } from "../../core/imap/message-data.ts";
import type {
  FetchItem,
  FetchValue,
  Response,
  ResponseCode,
  ResponseData,
} from "../../core/imap/response.ts";
import type { Token } from "../../core/imap/token.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatData } from "../../core/text/response-data.ts";
import { formatList } from "../../core/text/token.ts";
import {
  capabilityEntry,
  codeEntry,
  commandEntry,
  dataItemEntry,
  flagEntry,
  responseEntry,
} from "../../core/vocabulary/vocabulary.ts";

export const DOTS = "•••";
const SHOWN = 8;
/** Numbers, sets, `$`, and a section that names parts only. */
const NUMBERS = /^[\d:,*.$<>[\]]+$/;

const MECHANISMS =
  /^(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|EXTERNAL|ANONYMOUS|GSSAPI|NTLM|(?:CRAM|DIGEST)-MD5|SCRAM-SHA-(?:1|256|512)(?:-PLUS)?)$/i;

/** A word of the protocol, or a number: it says nothing of anybody. */
export function hiddenWord(word: string): string {
  if (NUMBERS.test(word) || word === "NIL") return word;
  const open = word.indexOf("[");
  const name = open === -1 ? word : word.slice(0, open);
  const known =
    dataItemEntry(name) ??
    flagEntry(name) ??
    codeEntry(name) ??
    capabilityEntry(name) ??
    responseEntry(name) ??
    commandEntry(name);
  if (known === undefined) return DOTS;
  if (open !== -1) return `${known.name}[…]`;
  // A row may stand for many names: what goes beyond it is a peer's.
  return /[=-]$/.test(known.name) ? `${known.name}…` : known.name;
}

/** A command on one line. */
export function hiddenCommand(command: Command): string {
  const name = commandEntry(command.name) === undefined ? DOTS : command.name;
  const shown = argumentsOf(command);
  return shown === "" ? name : `${name} ${shown}`;
}

function argumentsOf({ detail, arguments: tokens }: Command): string {
  switch (detail.kind) {
    case "fetch":
    case "store":
    case "expunge":
      return few(tokens);
    case "enable":
      return detail.capabilities.slice(0, SHOWN).map(hiddenWord).join(" ");
    case "authenticate":
      return MECHANISMS.test(detail.mechanism) ? detail.mechanism.toUpperCase() : DOTS;
    case "copy":
      return `${hiddenToken(tokens[0])} ${DOTS}`;
    case "append":
      return [DOTS, ...detail.messageOctets.slice(0, SHOWN).map((octets) => `{${groupDigits(octets)}}`)].join(
        " ",
      );
    case "status":
      return `${DOTS} ${formatList(detail.items.slice(0, SHOWN).map(hiddenWord), detail.items.length)}`;
    default:
      return tokens.length === 0 ? "" : DOTS;
  }
}

function few(tokens: readonly Token[]): string {
  const shown = tokens.slice(0, SHOWN).map(hiddenToken);
  return (tokens.length > SHOWN ? [...shown, "…"] : shown).join(" ");
}

/** A token by its shape; strings are never shown. */
export function hiddenToken(token: Token | undefined): string {
  if (token === undefined) return "";
  switch (token.kind) {
    case "atom":
      return hiddenWord(token.text);
    case "nil":
      return "NIL";
    case "quoted":
      return `"${DOTS}"`;
    case "literal":
      return `{${groupDigits(token.literal.octets)}}`;
    case "list":
      return formatList(token.items.slice(0, SHOWN).map(hiddenToken), token.items.length);
  }
}

/** A response on one line. */
export function hiddenResponse(response: Response): string {
  switch (response.kind) {
    case "status": {
      const code = response.code === undefined ? [] : [hiddenCode(response.code)];
      return [response.status, ...code, DOTS].join(" ");
    }
    case "continuation":
      return `+ ${DOTS}`;
    case "malformed":
      return `(malformed) ${DOTS}`;
    case "data": {
      const number = response.number === undefined ? [] : [String(response.number)];
      const name = responseEntry(response.name) === undefined ? DOTS : response.name;
      return [...number, name, hiddenData(response.data)].filter((part) => part !== "").join(" ");
    }
  }
}

export function hiddenCode({ name, text, data }: ResponseCode): string {
  const shown = codeEntry(name) === undefined ? DOTS : name;
  if (data.kind === "flags")
    return `[${shown} ${formatList(data.flags.slice(0, SHOWN).map(hiddenWord), data.flags.length)}]`;
  if (text === "") return `[${shown}]`;
  return data.kind === "capabilities" || !/^[\d:,* ]+$/.test(text)
    ? `[${shown} ${DOTS}]`
    : `[${shown} ${text.slice(0, 60)}]`;
}

function hiddenData(data: ResponseData): string {
  switch (data.kind) {
    case "count":
    case "search":
    case "vanished":
      return formatData(data, 80);
    case "capabilities":
      return data.capabilities.slice(0, SHOWN).map(hiddenWord).join(" ");
    case "flags":
      return formatList(data.flags.slice(0, SHOWN).map(hiddenWord), data.flags.length);
    case "list":
      return `${formatList(data.attributes.slice(0, SHOWN).map(hiddenWord))} ${DOTS}`;
    case "status":
      return `${DOTS} ${formatList([...data.items].slice(0, SHOWN).map(([name, value]) => `${hiddenWord(name)} ${hiddenWord(value)}`))}`;
    case "esearch":
      return `${data.uid ? "UID " : ""}${[...data.results]
        .slice(0, SHOWN)
        .map(([name, token]) => `${hiddenName(name)} ${hiddenToken(token)}`)
        .join(" ")}`;
    case "fetch":
      return formatList(data.items.slice(0, SHOWN).map(hiddenItem), data.items.length);
    default:
      return DOTS;
  }
}

const RESULTS: ReadonlySet<string> = new Set([
  "MIN",
  "MAX",
  "ALL",
  "COUNT",
  "MODSEQ",
  "PARTIAL",
  "RELEVANCY",
]);

function hiddenName(name: string): string {
  return RESULTS.has(name) ? name : hiddenWord(name);
}

function hiddenItem({ name, value }: FetchItem): string {
  return `${hiddenWord(name)} ${hiddenValue(value)}`;
}

/** The value of a message data item by its shape. */
export function hiddenValue(value: FetchValue): string {
  switch (value.kind) {
    case "flags":
      return formatList(value.flags.slice(0, SHOWN).map(hiddenWord), value.flags.length);
    case "number":
      return value.value;
    case "octets":
      return value.head === null ? "NIL" : `{${groupDigits(value.octets)}}`;
    case "bodyStructure":
      return hiddenStructure(value.structure, 3);
    case "text":
      return value.text === null ? "NIL" : `"${DOTS}"`;
    default:
      return `(${DOTS})`;
  }
}

/** Types of parts come from a registry, where they are well formed; a part may be of a made-up one. */
function hiddenStructure(structure: BodyStructure, depth: number): string {
  const type = hiddenType(structure.type);
  if (structure.kind === "part") return type;
  if (depth === 0) return `${type} …`;
  const parts = structure.parts.slice(0, SHOWN).map((part) => hiddenStructure(part, depth - 1));
  return `${type} ${formatList(parts, structure.parts.length)}`;
}

/** The kind of a part; what follows the slash only where it is a well-known word. */
export function hiddenType(type: string): string {
  const [kind = "", sort = ""] = type.split("/");
  if (!KINDS.has(kind)) return DOTS;
  return `${kind}/${SORTS.has(sort) ? sort : DOTS}`;
}

const KINDS: ReadonlySet<string> = new Set(
  "text multipart message image audio video application font model".split(" "),
);
const SORTS: ReadonlySet<string> = new Set(
  "plain html calendar mixed alternative related signed encrypted report digest rfc822 delivery-status jpeg png gif pdf zip octet-stream pkcs7-signature pgp-signature".split(
    " ",
  ),
);
