/**
 * A digest of octets as they stream by: equal octets give equal digests for any chunking, and 64 bits make it as good as
 * certain that others do not. It is no cryptography: who wants two messages to look the same can make them so.
 *
 * Two lanes of 32 bits take a word each of every eight octets, and each then takes the other in: a changed word changes both.
 */
const BLOCK = 8;
const PRIME_A = 0x9e3779b1 | 0;
const PRIME_B = 0x85ebca77 | 0;
const FINISH_A = 0x85ebca6b | 0;
const FINISH_B = 0xc2b2ae35 | 0;

export class Digest {
  private a = 0x3c6ef372;
  private b = 0x510e527f;
  private count = 0;
  /** Octets of a block that is not whole yet. */
  private readonly part = new Uint8Array(BLOCK);
  private held = 0;

  /** How many octets it is of. */
  get octets(): number {
    return this.count;
  }

  update(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.count += end - start;
    let at = start;
    while (at < end && this.held > 0) {
      this.part[this.held++] = bytes[at++] ?? 0;
      if (this.held === BLOCK) {
        this.blocks(this.part, 0, BLOCK);
        this.held = 0;
      }
    }
    const whole = at + Math.floor((end - at) / BLOCK) * BLOCK;
    if (whole > at) this.blocks(bytes, at, whole);
    for (at = Math.max(at, whole); at < end; at++) this.part[this.held++] = bytes[at] ?? 0;
  }

  /** Sixteen hexadecimal digits; more octets may follow. */
  toString(): string {
    const { a, b } = this;
    if (this.held > 0) {
      this.part.fill(0, this.held);
      this.blocks(this.part, 0, BLOCK);
    }
    const high = finish(this.a ^ this.count, this.b);
    const low = finish(this.b ^ Math.floor(this.count / 0x100000000), high);
    this.a = a;
    this.b = b;
    return hex(high) + hex(low);
  }

  private blocks(bytes: Uint8Array, start: number, end: number): void {
    let { a, b } = this;
    for (let at = start; at < end; at += BLOCK) {
      a ^= word(bytes, at);
      b ^= word(bytes, at + 4);
      a = (Math.imul((a << 15) | (a >>> 17), PRIME_A) + b) | 0;
      b = (Math.imul((b << 13) | (b >>> 19), PRIME_B) + a) | 0;
    }
    this.a = a;
    this.b = b;
  }
}

/** The digest of octets that are all there. */
export function digestOf(bytes: Uint8Array): string {
  const digest = new Digest();
  digest.update(bytes);
  return digest.toString();
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function finish(lane: number, other: number): number {
  let mixed = lane ^ (lane >>> 16) ^ other;
  mixed = Math.imul(mixed, FINISH_A);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, FINISH_B);
  return (mixed ^ (mixed >>> 16)) | 0;
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
