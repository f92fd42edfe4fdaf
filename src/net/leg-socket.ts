/** One leg of a connection as the relay sees it: a stream of clear octets, and the TCP socket beneath it. */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

export interface LegSocket {
  /** Clear octets: the TCP socket itself, or TLS over it. */
  readonly stream: Socket | TLSSocket;
  readonly raw: Socket;
}

/**
 * Octets that a socket may hold before its other leg is paused. With Node's default of one TLS record every write would
 * cost a pause and a resume (a third of the CPU time); it is a limit, not an allocation.
 */
export const HIGH_WATER_OCTETS = 1024 * 1024;

const KEEP_ALIVE_MS = 120_000;

/**
 * Settings that each TCP socket needs. Without TCP_NODELAY a small exchange stalls 44 ms, and `noDelay` as an option of
 * tls.connect is ignored; keep-alive finds peers that vanished without a word.
 */
export function tuneSocket(raw: Socket): void {
  raw.setNoDelay(true);
  raw.setKeepAlive(true, KEEP_ALIVE_MS);
}

/** Ends a leg by a TCP reset, as its other leg was; what has not been sent is lost. */
export function reset(leg: LegSocket): void {
  if (!leg.raw.destroyed) leg.raw.resetAndDestroy();
  leg.stream.destroy();
}

/** Sends what is still to be sent, then resets: the peer sees all octets, and then how the other leg died. */
export function flushThenReset(leg: LegSocket, graceMs: number): void {
  if (leg.stream.writableLength === 0 || !leg.stream.writable) {
    reset(leg);
    return;
  }
  const timer = setTimeout(() => reset(leg), graceMs);
  leg.stream.once("close", () => clearTimeout(timer));
  leg.stream.write(new Uint8Array(0), () => reset(leg));
}

/** Ends a leg in order; a peer that has not ended its half after the grace is cut off. */
export function endWithin(leg: LegSocket, graceMs: number): void {
  if (leg.stream.destroyed) return;
  const timer = setTimeout(() => leg.stream.destroy(), graceMs);
  leg.stream.once("close", () => clearTimeout(timer));
  leg.stream.end();
  // Unread octets would hold back the peer's end, and turn our end into a reset.
  leg.stream.resume();
}

/** The code of an error of a socket: the system's, OpenSSL's or Node's. */
export function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
