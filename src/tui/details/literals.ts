/** The literals of a dialogue: what each one is, and which of them are mails that are yet to be decoded. */
import type { Literal } from "../../core/imap/frame.ts";
import type { FetchItem } from "../../core/imap/response.ts";
import type { RequestObservation, ResponseObservation } from "../../core/observation.ts";
import type { Material } from "./material.ts";

/** `mail`: a header, perhaps with the text behind it; `text`: octets whose header stands elsewhere. */
export type LiteralSort = "mail" | "text";

/** Sections that begin with a header: all of it, HEADER, MIME, parts of it (RFC 9051 §6.4.5). */
const WITH_HEADER =
  /^(?:RFC822(?:\.HEADER|\.PEEK)?|(?:BODY|BINARY)(?:\.PEEK)?\[(?:(?:\d+\.)*(?:HEADER(?:\.FIELDS(?:\.NOT)? .*)?|MIME))?\](?:<0>)?)$/i;

export type Framed = RequestObservation | ResponseObservation;

/** The name of the fold of a literal: by the place of its frame in the dialogue, and its own in the frame. */
export function literalFold(entry: number, literal: number): string {
  return `literal/${entry}.${literal}`;
}

export function sortOf(framed: Framed, literal: Literal): LiteralSort {
  if (framed.kind === "request")
    return framed.command?.detail.kind === "append" && literal.octets > 0 ? "mail" : "text";
  const item = itemOf(framed, literal);
  return item !== undefined && WITH_HEADER.test(item.name) ? "mail" : "text";
}

function itemOf({ response }: ResponseObservation, literal: Literal): FetchItem | undefined {
  if (response.kind !== "data" || response.data.kind !== "fetch") return undefined;
  return response.data.items.find(({ value }) => value.kind === "octets" && value.head === literal.head);
}

/** A mail that an open fold shows and that is not decoded yet: whoever decodes it puts it into `mails` under that fold. */
export interface WantedMail {
  readonly fold: string;
  /** The kept head of it. */
  readonly head: Uint8Array;
}

export function mailsWanted(material: Material, toggled: ReadonlySet<string>): readonly WantedMail[] {
  const wanted: WantedMail[] = [];
  for (const fold of toggled) {
    const [, entry, place] = /^literal\/(\d+)\.(\d+)$/.exec(fold) ?? [];
    if (entry === undefined || material.mails.has(fold)) continue;
    const framed = framedAt(material, Number(entry));
    const literal = framed?.frame.literals[Number(place)];
    if (framed !== undefined && literal !== undefined && sortOf(framed, literal) === "mail")
      wanted.push({ fold, head: literal.head });
  }
  return wanted;
}

function framedAt(material: Material, entry: number): Framed | undefined {
  if (material.kind === "event") {
    if (entry > 0) return undefined;
    const { observation, response } = material;
    return observation.kind === "response" || observation.kind === "request" ? observation : response;
  }
  const framed = material.dialogue[entry];
  return framed?.kind === "request" || framed?.kind === "response" ? framed : undefined;
}
