/**
 * Reads on from a client while its TLS cannot begin yet, so that its leaving is noticed behind whatever it has sent; that is
 * put back when its TLS begins.
 */
import type { Socket } from "node:net";
import { concat } from "../core/base/octets.ts";

/** Far more than a client says before it is answered; one that says more is not watched any longer. */
const AHEAD_OCTETS = 64 * 1024;

/**
 * Calls `onLeft` when the client ends its half or is gone, and lets `look` see what it says. Returns what puts the octets back, and
 * leaves the socket paused.
 */
export function readAhead(
  raw: Socket,
  onLeft: () => void,
  look: (bytes: Uint8Array) => void = () => undefined,
): () => void {
  const octets: Uint8Array[] = [];
  let count = 0;
  const onData = (bytes: Uint8Array) => {
    octets.push(bytes);
    look(bytes);
    count += bytes.length;
    if (count > AHEAD_OCTETS) raw.pause();
  };
  raw.on("data", onData).on("end", onLeft).on("close", onLeft);
  raw.resume();
  return () => {
    raw.off("data", onData).off("end", onLeft).off("close", onLeft);
    raw.pause();
    if (octets.length > 0 && !raw.readableEnded && !raw.destroyed) raw.unshift(concat(octets));
  };
}
