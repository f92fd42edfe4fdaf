/**
 * BODY and BODYSTRUCTURE (RFC 9051 §7.5.2).
 *
 *     body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
 *     body-type-1part = (media-type SP body-fields [SP lines / SP envelope SP body SP lines]) [SP body-ext-1part]
 *     body-fields     = param SP id SP description SP encoding SP octets
 */
import { lowerCase } from "./ascii-case.ts";
import { envelopeOf, mayBeEnvelope } from "./envelope.ts";
import type { Lexer } from "./lexer.ts";
import type { BodyStructure, Disposition, MultipartBody, SinglePartBody } from "./message-data.ts";
import type { Token } from "./token.ts";
import { blameToken, integer, isDigits, listItems, nstring, rawText } from "./token-value.ts";

/** Nesting is bounded by that of the tokens (LIMITS.nestingDepth). */
export function bodyStructureOf(lexer: Lexer, token: Token | undefined): BodyStructure {
  const items = listItems(lexer, token, "The body structure", "body-structure-invalid");
  const [first, second] = items;
  if (first?.kind === "list") return multipart(lexer, items);
  if (first !== undefined && second?.kind !== "quoted" && second?.kind !== "literal" && items.length <= 5) {
    blameToken(lexer, "body-structure-invalid", "A multipart has no parts.", token);
    return multipart(lexer, items);
  }
  return singlePart(lexer, items, token);
}

function multipart(lexer: Lexer, items: readonly Token[]): MultipartBody {
  const parts: BodyStructure[] = [];
  let at = 0;
  for (let end: number | undefined; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "list") break;
    if (end !== undefined && item.start !== end) {
      blameToken(lexer, "body-structure-invalid", "A space stands between two parts.", item);
    }
    end = item.end;
    parts.push(bodyStructureOf(lexer, item));
  }
  const subtype = items[at];
  if (subtype === undefined) {
    blameToken(lexer, "body-structure-invalid", "A multipart has no subtype.", items[at - 1]);
  }
  return {
    kind: "multipart",
    type: `multipart/${mediaName(lexer, subtype)}`,
    parts,
    parameters: parameters(lexer, items[at + 1]),
    ...extensions(lexer, items, at + 2),
  };
}

function mediaName(lexer: Lexer, token: Token | undefined): string {
  if (token === undefined) return "";
  if (token.kind === "nil") {
    blameToken(lexer, "nil-unexpected", "A media type is NIL.", token);
    return "";
  }
  return lowerCase(nstring(lexer, token, "A media type", "body-structure-invalid") ?? "");
}

function singlePart(lexer: Lexer, items: readonly Token[], token: Token | undefined): SinglePartBody {
  if (items.length < 7 && token?.kind !== "nil") {
    blameToken(lexer, "body-structure-invalid", `A part has ${items.length} fields, not 7 or more.`, token);
  }
  const media = mediaName(lexer, items[0]);
  const subtype = mediaName(lexer, items[1]);
  const type = media === "" && subtype === "" ? "" : `${media}/${subtype}`;
  const message = isMessage(type, items) ? messageOf(lexer, items) : undefined;
  const hasLines = message !== undefined || (media === "text" && items.length > 7);
  const lines = hasLines
    ? integer(lexer, items[message === undefined ? 7 : 9], "The number of lines")
    : undefined;
  const extra = message !== undefined ? 10 : hasLines ? 8 : 7;
  return {
    kind: "part",
    type,
    parameters: parameters(lexer, items[2]),
    id: text(lexer, items[3], "The id of a part"),
    description: text(lexer, items[4], "The description of a part"),
    encoding: encodingOf(lexer, items[5]),
    octets: items[6] === undefined ? 0 : (integer(lexer, items[6], "The octets of a part") ?? 0),
    lines,
    message,
    md5: text(lexer, items[extra], "The MD5 of a part"),
    ...extensions(lexer, items, extra + 1),
  };
}

/** `message/rfc822` and `message/global` have three fields more, which some servers leave out. */
function isMessage(type: string, items: readonly Token[]): boolean {
  if (type !== "message/rfc822" && type !== "message/global") return false;
  const [envelope, body, lines] = items.slice(7, 10);
  if (!mayBeEnvelope(envelope) || (body?.kind !== "list" && body?.kind !== "nil")) return false;
  return envelope?.kind === "list" || (lines?.kind === "atom" && isDigits(lines.text));
}

function messageOf(lexer: Lexer, items: readonly Token[]): SinglePartBody["message"] {
  return { envelope: envelopeOf(lexer, items[7]), body: bodyStructureOf(lexer, items[8]) };
}

function encodingOf(lexer: Lexer, token: Token | undefined): string {
  if (token === undefined) return "";
  if (token.kind === "nil") blameToken(lexer, "nil-unexpected", "The encoding of a part is NIL.", token);
  return lowerCase(nstring(lexer, token, "The encoding of a part", "body-structure-invalid") ?? "");
}

function text(lexer: Lexer, token: Token | undefined, what: string): string | null {
  return token === undefined ? null : nstring(lexer, token, what, "body-structure-invalid");
}

/** `body-fld-param = "(" string SP string *(SP string SP string) ")" / nil`; names in lower case. */
function parameters(lexer: Lexer, token: Token | undefined): Map<string, string> {
  const map = new Map<string, string>();
  if (token === undefined || token.kind === "nil") return map;
  const items = listItems(lexer, token, "The parameters of a part", "body-structure-invalid");
  for (let i = 0; i < items.length; i += 2) {
    const name = items[i];
    const value = items[i + 1];
    if (name === undefined) break;
    if (value === undefined) {
      blameToken(lexer, "body-structure-invalid", "A parameter has no value.", name);
    } else if (value.kind === "nil") {
      blameToken(lexer, "nil-unexpected", "The value of a parameter is NIL.", value);
    }
    const key = lowerCase(nstring(lexer, name, "The name of a parameter", "body-structure-invalid") ?? "");
    map.set(key, text(lexer, value, "The value of a parameter") ?? "");
  }
  return map;
}

interface Extensions {
  readonly disposition: Disposition | null;
  readonly language: readonly string[];
  readonly location: string | null;
  readonly extension: readonly Token[];
}

/** `body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]`, from the item `at` on. */
function extensions(lexer: Lexer, items: readonly Token[], at: number): Extensions {
  return {
    disposition: dispositionOf(lexer, items[at]),
    language: languages(lexer, items[at + 1]),
    location: text(lexer, items[at + 2], "The location of a part"),
    extension: items.slice(at + 3),
  };
}

/** `body-fld-dsp = "(" string SP body-fld-param ")" / nil`; a bare string is a disposition without parameters. */
function dispositionOf(lexer: Lexer, token: Token | undefined): Disposition | null {
  if (token === undefined || token.kind === "nil") return null;
  if (token.kind !== "list") {
    blameToken(lexer, "body-structure-invalid", "A string stands where a disposition belongs.", token);
    return { type: lowerCase(rawText(token)), parameters: new Map() };
  }
  const [type, parameterList] = token.items;
  if (type === undefined || type.kind === "nil") {
    blameToken(lexer, "body-structure-invalid", "A disposition has no type.", token);
    if (parameterList === undefined || parameterList.kind === "nil") return null;
  }
  return {
    type: lowerCase(text(lexer, type, "The type of a disposition") ?? ""),
    parameters: parameters(lexer, parameterList),
  };
}

/** `body-fld-lang = nstring / "(" string *(SP string) ")"`. */
function languages(lexer: Lexer, token: Token | undefined): string[] {
  if (token === undefined || token.kind === "nil") return [];
  const found: string[] = [];
  for (const item of token.kind === "list" ? token.items : [token]) {
    const language = text(lexer, item, "The language of a part");
    if (language !== null) found.push(language);
  }
  return found;
}
