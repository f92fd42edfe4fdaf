/** What a client opens with, read before its octets belong to anybody: they are put back, and the socket is left paused. */
import type { Socket } from "node:net";
import { concat } from "../core/base/octets.ts";
import { type ClientHello, createClientHelloReader } from "./client-hello.ts";
import { beginsTls } from "./starttls-gate.ts";

/** Since the client was accepted; on this machine a handshake begins within a few. */
const OPENING_MS = 20;

/** What was read, once it is enough; `back` are the octets that are not used up by it. */
export interface Read<T> {
  readonly value: T;
  readonly back: Uint8Array;
}

/** `silent`: it took too long; `left`: the client ended its half or is gone. */
export type Opening<T> = { readonly kind: "read"; readonly value: T } | { readonly kind: "silent" | "left" };

/** Reads octets of a client until `take` has made something of them. */
export function readOpening<T>(
  raw: Socket,
  timeoutMs: number,
  take: (bytes: Uint8Array) => Read<T> | undefined,
): Promise<Opening<T>> {
  return new Promise((resolve) => {
    let late: NodeJS.Immediate | undefined;
    const settle = (opening: Opening<T>) => {
      clearTimeout(timer);
      clearImmediate(late);
      raw.off("data", onData).off("end", left).off("close", left);
      raw.pause();
      resolve(opening);
    };
    const left = () => settle({ kind: "left" });
    const onData = (bytes: Uint8Array) => {
      const read = take(bytes);
      if (read === undefined) return;
      settle({ kind: "read", value: read.value });
      if (read.back.length > 0) raw.unshift(read.back);
    };
    const timer = setTimeout(() => {
      // If it was ourselves who took so long, what it sent waits to be read, which comes before this.
      late = setImmediate(() => settle({ kind: "silent" }));
    }, timeoutMs);
    if (raw.destroyed || raw.readableEnded) {
      left();
      return;
    }
    raw.on("data", onData).on("end", left).on("close", left).resume();
  });
}

/**
 * Whether the client of a plain listener speaks TLS at once. IMAP servers speak first and TLS clients do, so a client that
 * means TLS is known by its first octets if it is waited for: a moment, which for all but the nearest servers passes while
 * the upstream is dialled.
 */
export async function opensWithTls(raw: Socket): Promise<boolean> {
  const opening = await readOpening(raw, OPENING_MS, (bytes) => ({ value: beginsTls(bytes), back: bytes }));
  return opening.kind === "read" && opening.value;
}

/** The name that a TLS client asks for; `undefined` where it asks for none, or does not speak TLS. */
export async function askedName(raw: Socket, timeoutMs: number): Promise<Opening<string | undefined>> {
  const opening = await openingHello(raw, timeoutMs);
  return opening.kind === "read" ? { kind: "read", value: opening.value?.serverName } : opening;
}

/** The ClientHello of a TLS client; `undefined` where it does not speak TLS. */
export function openingHello(raw: Socket, timeoutMs: number): Promise<Opening<ClientHello | undefined>> {
  const read = createClientHelloReader();
  const octets: Uint8Array[] = [];
  return readOpening(raw, timeoutMs, (bytes) => {
    octets.push(bytes);
    const reading = read(bytes);
    if (reading.kind === "more") return undefined;
    return { value: reading.kind === "hello" ? reading : undefined, back: concat(octets) };
  });
}
