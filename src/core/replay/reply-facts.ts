/** What the script of a replay has to know of a response beside its place. */
import { CR, concat, LF, latin1, NO_OCTETS } from "../base/octets.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";

/** Upper case; "" where it could not be read. */
export function replyName(response: Response): string {
  if (response.kind === "status") return response.status;
  return response.kind === "data" ? response.name : "";
}

/** All octets of one that lists what the server can, which may have to be altered. */
export function capabilityLine(response: Response, frame: Frame): Uint8Array | undefined {
  const { lines, literals, droppedOctets, end } = frame;
  const data = listOf(response);
  const [line] = lines;
  const whole = literals.length === 0 && droppedOctets === 0 && end !== "cut";
  if (data?.kind !== "capabilities" || line === undefined || !whole) return undefined;
  return concat([line, Uint8Array.of(CR, LF)]);
}

/** ENABLED lists capabilities, too, but only those that the client has asked for (RFC 9051 §7.2.1). */
function listOf(response: Response): { readonly kind: string } | undefined {
  if (response.kind === "status") return response.code?.data;
  return response.kind === "data" && response.name === "CAPABILITY" ? response.data : undefined;
}

/** Where the tag of its command stands in it: at the start of a tagged response, or in an ESEARCH that repeats it. */
export function placeOfTag(
  response: Response,
  { lines }: Frame,
  tag: string | undefined,
): number | undefined {
  if (tag === undefined) return undefined;
  const line = latin1(lines[0] ?? NO_OCTETS);
  if (response.kind !== "data") return line.startsWith(`${tag} `) ? 0 : undefined;
  if (response.data.kind !== "esearch" || response.data.tag !== tag) return undefined;
  const before = '(TAG "';
  const at = line.toUpperCase().indexOf(before);
  const from = at + before.length;
  return at !== -1 && line.startsWith(`${tag}"`, from) ? from : undefined;
}
