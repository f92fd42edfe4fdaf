/** What a proxy tells its user: sentences for a person, never data. */
import type { ConnectionId } from "../core/base/leg.ts";

export interface Notice {
  readonly level: "info" | "warning" | "error";
  /** What happened and what to do, one or two sentences without control characters. */
  readonly text: string;
  /** The connection that it is about; without one it is about the proxy. */
  readonly connection?: ConnectionId;
}

/** The most characters that a text of a peer adds to a notice. */
const PEER_TEXT_CHARACTERS = 200;

/** A peer's text made fit for a line of ours: printable ASCII only, and short. */
export function plainText(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]+/g, "?");
  return printable.length > PEER_TEXT_CHARACTERS
    ? `${printable.slice(0, PEER_TEXT_CHARACTERS)}...`
    : printable;
}
