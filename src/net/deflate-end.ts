/**
 * Where compressed streams end: the client's right behind UNAUTHENTICATE, so that it may pipeline in the clear what comes
 * next, and the server's right behind its answer (RFC 8437). If the server refuses, both go on.
 *
 * Nothing in the octets says that compression has ended. But who compresses flushes what there is to say, which ends in the
 * octets of an empty block (RFC 1951 §3.2.4; Z_SYNC_FLUSH), and text behind such an end may be clear.
 */
import { concat, NO_OCTETS } from "../core/base/octets.ts";

const FLUSHED = Buffer.of(0, 0, 0xff, 0xff);

export class DeflateEnd {
  /** Of the client: UNAUTHENTICATE was the last thing in the stream, and is not answered. */
  private asked = false;
  /** The server has accepted it. */
  private over = false;
  /** The last octets of the stream. */
  private last: Uint8Array = NO_OCTETS;

  /** The client has sent UNAUTHENTICATE. */
  ask(): void {
    this.asked = true;
  }

  /** The server has refused. */
  refuse(): void {
    this.asked = false;
  }

  /** The server has accepted: what is left of the stream is the end of its flush, if anything is. */
  end(): void {
    this.over = true;
  }

  isAsked(): boolean {
    return this.asked;
  }

  isOver(): boolean {
    return this.over;
  }

  isFlushed(): boolean {
    return FLUSHED.equals(this.last);
  }

  /** How many octets of a read are certainly of the stream; what stands behind them is text behind a flush. */
  border(bytes: Uint8Array): number {
    let at = bytes.length;
    while (at > 0 && isText(bytes[at - 1] ?? 0)) at--;
    return FLUSHED.equals(lastOf(this.last, bytes.subarray(0, at))) ? at : bytes.length;
  }

  /** Octets of the stream are inflated. */
  inflated(bytes: Uint8Array): void {
    this.last = lastOf(this.last, bytes);
  }

  /** Whether the next octets are clear text behind the end of the stream. */
  isBehind(bytes: Uint8Array): boolean {
    if (this.over) return this.isFlushed() || bytes.subarray(0, 1).every(isText);
    return this.asked && this.isFlushed() && bytes.every(isText);
  }
}

function lastOf(last: Uint8Array, bytes: Uint8Array): Uint8Array {
  return concat([last, bytes.subarray(-FLUSHED.length)]).slice(-FLUSHED.length);
}

function isText(octet: number): boolean {
  return (octet >= 0x20 && octet < 0x7f) || octet === 0x0d || octet === 0x0a;
}
