/**
 * Many short texts in few large buffers: a string of its own for each would cost several times as much, and the collector
 * would walk them all. What recurs, as commands and mailboxes do, is kept once.
 */

/** Where a text is; 0 is the empty text. */
export type TextRef = number;

export interface TextHeap {
  readonly add: (text: string) => TextRef;
  readonly get: (ref: TextRef) => string;
  readonly octets: () => number;
}

const CHUNK = 1024 * 1024;
const LENGTH_OCTETS = 2;
/** Longer texts are cut: whoever shows them has made them short before. */
const LONGEST = 4096;
/** Texts that are remembered in order to be found again. */
const REMEMBERED = 4096;
const LONGEST_REMEMBERED = 256;

export function createTextHeap(): TextHeap {
  const chunks: Uint8Array[] = [];
  const known = new Map<string, TextRef>();
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let room = 0;

  function add(text: string): TextRef {
    if (text === "") return 0;
    const before = known.get(text);
    if (before !== undefined) return before;
    const ref = write(text.length > LONGEST ? text.slice(0, LONGEST) : text);
    if (known.size < REMEMBERED && text.length <= LONGEST_REMEMBERED) known.set(text, ref);
    return ref;
  }

  function write(text: string): TextRef {
    // A UTF-16 unit takes at most three octets.
    if (room < LENGTH_OCTETS + 3 * text.length) {
      chunks.push(new Uint8Array(CHUNK));
      room = CHUNK;
    }
    const chunk = chunks.at(-1) ?? new Uint8Array(0);
    const at = CHUNK - room;
    const { written } = encoder.encodeInto(text, chunk.subarray(at + LENGTH_OCTETS));
    chunk[at] = written & 0xff;
    chunk[at + 1] = written >>> 8;
    room -= LENGTH_OCTETS + written;
    // One more than the offset, so that 0 is free for the empty text.
    return (chunks.length - 1) * CHUNK + at + 1;
  }

  return {
    add,
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
