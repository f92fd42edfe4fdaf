/** What library functions take for octets: bytes, or a text that stands for its UTF-8. */
import { utf8 } from "../core/base/octets.ts";

/** Octets of IMAP: bytes as they were on the wire, or a text (`"a1 NOOP\r\n"`) that is taken as UTF-8. */
export type Octets = Uint8Array | string;

export function toBytes(octets: Octets): Uint8Array {
  return typeof octets === "string" ? utf8(octets) : octets;
}
