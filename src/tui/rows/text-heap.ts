/**
 * Many short texts in few large buffers: a string of its own for each would cost several times as much, and the collector
 * would walk them all. What recurs, as commands and mailboxes do, is kept once.
 */

/** Where a text is; 0 is the empty text. */
export type TextRef = number;

export interface TextHeap {
  readonly add: (text: string) => TextRef;
  /** The same for what hardly ever recurs, as tags do not: it is not looked for. */
  readonly addOnce: (text: string) => TextRef;
  readonly get: (ref: TextRef) => string;
  readonly octets: () => number;
}

const CHUNK = 1024 * 1024;
const LENGTH_OCTETS = 2;
/** Longer texts are cut: whoever shows them has made them short before. */
const LONGEST = 4096;
/** Texts that are remembered in order to be found again; twice as many while the older half is still looked at. */
const REMEMBERED = 4096;
const LONGEST_REMEMBERED = 256;

export function createTextHeap(): TextHeap {
  const chunks: Uint8Array[] = [];
  let known = new Map<string, TextRef>();
  let knownBefore = known;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let room = 0;

  function add(text: string): TextRef {
    if (text === "") return 0;
    const recent = known.get(text);
    if (recent !== undefined) return recent;
    const ref = knownBefore.get(text) ?? addOnce(text);
    if (text.length <= LONGEST_REMEMBERED) remember(text, ref);
    return ref;
  }

  /** What recurs is remembered for as long as it does; what does not makes room for it. */
  function remember(text: string, ref: TextRef): void {
    if (known.size === REMEMBERED) {
      knownBefore = known;
      known = new Map();
    }
    known.set(text, ref);
  }

  function addOnce(text: string): TextRef {
    return text === "" ? 0 : write(text.length > LONGEST ? text.slice(0, LONGEST) : text);
  }

  function write(text: string): TextRef {
    // A UTF-16 unit takes at most three octets.
    if (room < LENGTH_OCTETS + 3 * text.length) {
      chunks.push(new Uint8Array(CHUNK));
      room = CHUNK;
    }
    const chunk = chunks.at(-1) ?? new Uint8Array(0);
    const at = CHUNK - room;
    const written = encode(text, chunk, at + LENGTH_OCTETS);
    chunk[at] = written & 0xff;
    chunk[at + 1] = written >>> 8;
    room -= LENGTH_OCTETS + written;
    // One more than the offset, so that 0 is free for the empty text.
    return (chunks.length - 1) * CHUNK + at + 1;
  }

  /** Most texts are short and ASCII: calling the encoder takes several times as long as they do. */
  function encode(text: string, into: Uint8Array, at: number): number {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return encoder.encodeInto(text, into.subarray(at)).written;
      into[at + i] = unit;
    }
    return text.length;
  }

  return {
    add,
    addOnce,
    get: (ref) => {
      if (ref === 0) return "";
      const chunk = chunks[Math.floor((ref - 1) / CHUNK)];
      if (chunk === undefined) return "";
      const at = (ref - 1) % CHUNK;
      const length = (chunk[at] ?? 0) | ((chunk[at + 1] ?? 0) << 8);
      return decoder.decode(chunk.subarray(at + LENGTH_OCTETS, at + LENGTH_OCTETS + length));
    },
    octets: () => chunks.length * CHUNK,
  };
}
