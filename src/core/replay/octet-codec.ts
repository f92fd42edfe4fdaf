/** Numbers, texts and octets one behind the other, written small and read again in the same order. */
import { fromLatin1, latin1 } from "../base/octets.ts";

const FIRST_OCTETS = 256;
const NUMBER_OCTETS = 8;

export class OctetWriter {
  private bytes = new Uint8Array(FIRST_OCTETS);
  private used = 0;

  /** A whole number, not below 0: an octet for seven bits. */
  number(value: number): this {
    this.reserve(NUMBER_OCTETS);
    let left = value;
    // Divided and not shifted: times and places have more than 32 bits.
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.bytes[this.used++] = (left % 0x80) | 0x80;
    this.bytes[this.used++] = left;
    return this;
  }

  octets(run: Uint8Array): this {
    this.number(run.length);
    this.reserve(run.length);
    this.bytes.set(run, this.used);
    this.used += run.length;
    return this;
  }

  /** A text whose characters are octets. */
  text(text: string): this {
    return this.octets(fromLatin1(text));
  }

  /** All that was written, as octets of their own; begins anew. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.used);
    this.used = 0;
    if (this.bytes.length > FIRST_OCTETS) this.bytes = new Uint8Array(FIRST_OCTETS);
    return taken;
  }

  private reserve(octets: number): void {
    if (this.used + octets <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.used + octets, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}

export class OctetReader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Where the next value stands. */
  place(): number {
    return this.at;
  }

  number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 0x80) {
      const octet = this.bytes[this.at++] ?? 0;
      value += (octet & 0x7f) * weight;
      if (octet < 0x80) return value;
    }
  }

  /** A view of them. */
  octets(): Uint8Array {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    return latin1(this.octets());
  }
}
