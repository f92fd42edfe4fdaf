/** DEFLATE of one direction, inflated read by read (RFC 4978 §3). */
import { createInflateRaw } from "node:zlib";
import { LIMITS } from "../core/base/limits.ts";

/** Why a direction cannot be inflated any further. */
export type NotInflated = "corrupt" | "tooMuch";

export interface Inflater {
  /**
   * Inflates the octets of one read; the runs are the caller's. One read at a time; after a failure the inflater is of no
   * more use. Never rejects.
   */
  readonly inflate: (bytes: Uint8Array) => Promise<readonly Uint8Array[] | NotInflated>;
  readonly close: () => void;
}

const CHUNK_OCTETS = 64 * 1024;

export function createInflater(): Inflater {
  const stream = createInflateRaw({ chunkSize: CHUNK_OCTETS });
  let runs: Uint8Array[] = [];
  let octets = 0;
  let failed: NotInflated | undefined;
  let settle: () => void = () => undefined;

  const fail = (why: NotInflated) => {
    failed ??= why;
    stream.destroy();
    settle();
  };
  stream.on("data", (run: Uint8Array) => {
    runs.push(run);
    octets += run.length;
    // What a read may inflate to is bounded, not what a connection may: mail has no end.
    if (octets > LIMITS.inflatedOctets) fail("tooMuch");
  });
  stream.on("error", () => fail("corrupt"));
  // Whoever ends his stream says nothing more in it.
  stream.on("end", () => fail("corrupt"));

  return {
    inflate: (bytes) =>
      new Promise((resolve) => {
        if (failed !== undefined) {
          resolve(failed);
          return;
        }
        runs = [];
        octets = 0;
        settle = () => {
          settle = () => undefined;
          resolve(failed === undefined || (failed === "corrupt" && runs.length > 0) ? runs : failed);
        };
        stream.write(bytes, () => settle());
      }),
    close: () => stream.destroy(),
  };
}
