/** One leg of a connection as the relay sees it: a stream of clear octets, and the TCP socket beneath it. */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

export interface LegSocket {
  /** Clear octets: the TCP socket itself, or TLS over it. */
  readonly stream: Socket | TLSSocket;
  readonly raw: Socket;
  /** What failed before somebody took hold of the stream: Node does not keep an alert that comes behind the handshake. */
  readonly failure?: (() => Error | undefined) | undefined;
}

/**
 * Octets that a socket may hold before its other leg is paused. With Node's default of one TLS record every write would
 * cost a pause and a resume (a third of the CPU time); it is a limit, not an allocation.
 */
export const HIGH_WATER_OCTETS = 1024 * 1024;

const KEEP_ALIVE_MS = 120_000;

/** Time for written octets to leave the system's buffers: enough for a megabyte to any peer that reads. */
const SETTLE_MS = 100;

/**
 * Settings that each TCP socket needs. Without TCP_NODELAY a small exchange stalls 44 ms, and `noDelay` as an option of
 * tls.connect is ignored; keep-alive finds peers that vanished without a word.
 */
export function tuneSocket(raw: Socket): void {
  raw.setNoDelay(true);
  raw.setKeepAlive(true, KEEP_ALIVE_MS);
}

const ignore = (): void => undefined;

/** Takes off a listener for errors, for who owns the socket next: in between there must be one, or an error ends the process. */
export function leaveErrors(socket: Socket, listener: (error: Error) => void): void {
  socket.on("error", ignore);
  socket.off("error", listener);
}

/** Ends a leg by a TCP reset, as its other leg was; what has not reached the peer is lost. */
export function reset(leg: LegSocket): void {
  const { stream, raw } = leg;
  // While an end of ours is under way the system refuses a reset, so it stays an end.
  const ending = stream.writableEnded && !stream.writableFinished;
  if (!raw.destroyed && !ending) {
    // Node would send a FIN first, and a peer that is quick takes that for an end in order.
    raw.destroySoon = () => void raw.destroy();
    raw.resetAndDestroy();
  }
  raw.destroy();
  stream.destroy();
}

/**
 * Sends what is still to be sent, then resets: the peer sees all octets, and then how the other leg died. A reset makes
 * the system drop what it has not sent, so it waits a moment after the last write; a peer that does not read is cut off
 * after the grace.
 */
export function flushThenReset(leg: LegSocket, graceMs: number): void {
  const { stream } = leg;
  if (!stream.writable || stream.bytesWritten === 0) {
    reset(leg);
    return;
  }
  const timers = [setTimeout(() => reset(leg), graceMs)];
  stream.once("close", () => timers.forEach(clearTimeout));
  stream.write(new Uint8Array(0), () => {
    timers.push(setTimeout(() => reset(leg), Math.min(SETTLE_MS, graceMs)));
  });
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
