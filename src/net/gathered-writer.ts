/** Writes to a stream what was gathered in one go, and waits for a reader that is slower than that. */
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { constants, createDeflateRaw, type DeflateRaw } from "node:zlib";
import { concat } from "../core/base/octets.ts";

/** Octets that are worth a write of their own. */
const GATHERED_OCTETS = 64 * 1024;

export interface GatheredWriter {
  /** Takes octets; resolves when the next ones may come. Rejects when the signal is aborted while it waits. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly flush: () => Promise<void>;
  /** Goes on in another stream, or compressed; what was taken before must be flushed. */
  readonly moveTo: (stream: Duplex) => void;
  readonly compress: () => void;
}

export function createGatheredWriter(first: Duplex, signal: AbortSignal): GatheredWriter {
  let stream = first;
  let deflate: DeflateRaw | undefined;
  let gathered: Uint8Array[] = [];
  let octets = 0;

  async function flush(): Promise<void> {
    if (octets === 0) return;
    const bytes = concat(gathered);
    gathered = [];
    octets = 0;
    const out = deflate === undefined ? bytes : await deflated(deflate, bytes);
    if (!stream.writable) return;
    if (!stream.write(out)) await once(stream, "drain", { signal });
  }

  return {
    write: async (bytes) => {
      gathered.push(bytes);
      octets += bytes.length;
      if (octets >= GATHERED_OCTETS) await flush();
    },
    flush,
    moveTo: (next) => {
      stream = next;
    },
    compress: () => {
      deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
    },
  };
}

/** All that the compressor makes of these octets: a receiver must be able to read them without the next (RFC 4978 §4). */
function deflated(deflate: DeflateRaw, bytes: Uint8Array): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  const take = (chunk: Uint8Array): void => void made.push(chunk);
  deflate.on("data", take);
  return new Promise((resolve, reject) => {
    deflate.once("error", reject);
    deflate.write(bytes);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      deflate.off("data", take);
      deflate.off("error", reject);
      resolve(concat(made));
    });
  });
}
