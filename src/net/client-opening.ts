/**
 * What a client of a plain listener opens with. IMAP servers speak first and TLS clients do, so a client that means TLS is
 * known by its first octets if it is waited for: a moment, which for all but the nearest servers passes while the upstream
 * is dialled.
 */
import type { Socket } from "node:net";
import { beginsTls } from "./starttls-gate.ts";

/** Since the client was accepted; on this machine a handshake begins within a few. */
const OPENING_MS = 20;

/** Whether the client speaks TLS at once. What was read is put back, and the socket is left paused. */
export function opensWithTls(raw: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (tls: boolean) => {
      clearTimeout(timer);
      raw.off("data", onData).off("end", nothing).off("close", nothing);
      raw.pause();
      resolve(tls);
    };
    const nothing = () => settle(false);
    const onData = (bytes: Uint8Array) => {
      settle(beginsTls(bytes));
      raw.unshift(bytes);
    };
    const timer = setTimeout(nothing, OPENING_MS);
    raw.on("data", onData).on("end", nothing).on("close", nothing);
  });
}
