/** The end of a connection whose upstream cannot be had: the client gets the reason, and time to read it. */
import { byeLine } from "./bye.ts";
import type { Clock } from "./clock.ts";
import { codeOf, endWithin, type LegSocket } from "./leg-socket.ts";
import type { Tap } from "./tap.ts";

/**
 * Says BYE and ends the leg, its octets read on until it ends too: unread, they would undo the BYE. Settles when the leg
 * is closed, at the latest after the grace.
 */
export function sayBye(
  { stream, raw }: LegSocket,
  reason: string,
  { tap, clock, graceMs }: { readonly tap: Tap; readonly clock: Clock; readonly graceMs: number },
): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", () => resolve());
    if (stream.destroyed) resolve();
    // A plain leg's errors are told already.
    if (stream !== raw) stream.on("error", (error) => tap.error("client", codeOf(error), error.message));
    stream.once("end", () => tap.end("client"));
    stream.on("data", (bytes: Uint8Array) => tap.data("client", bytes, clock.micros(), { relayed: false }));
    if (stream.writable) {
      const line = byeLine(reason);
      tap.data("server", line, clock.micros(), { byImapscope: true });
      stream.write(line);
    }
    // A turn later: within the turn of its handshake OpenSSL gives no close_notify, and the end would look like a cut.
    setImmediate(() => endWithin({ stream, raw }, graceMs));
  });
}

/** Ends the client's leg without a word of IMAP. Settles when it is closed, at the latest after the grace. */
export function endInOrder(leg: LegSocket, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    leg.stream.once("close", () => resolve());
    if (leg.stream.destroyed) resolve();
    setImmediate(() => endWithin(leg, graceMs));
  });
}
