/** A file in memory whose writes wait for the test, or fail as a disk fails. */
import { concat } from "../../src/core/base/octets.ts";
import type { CaptureFile, WritingWay } from "../../src/files/capture-file.ts";

export interface SlowFile extends CaptureFile {
  /** Octets of the writes that are done. */
  readonly contents: () => Uint8Array;
  /** Lets the write that is under way be done, and waits until the writer has had its turn. */
  readonly finishWrite: () => Promise<void>;
  /** Lets all writes be done at once from now on. */
  readonly open: () => Promise<void>;
  readonly isWriting: () => boolean;
  /** All further writes, and the one under way, fail with this code. */
  readonly breakDown: (code: string) => Promise<void>;
  readonly calls: string[];
  /** How the octets of each write were to go. */
  readonly ways: (WritingWay | undefined)[];
  /** Octets of the runs of each write that was done. */
  readonly octets: (readonly number[])[];
}

export function createSlowFile(options: { readonly gate: "open" | "shut" }): SlowFile {
  let bytes: Uint8Array = new Uint8Array(0);
  let shut = options.gate === "shut";
  let broken: Error | undefined;
  let release: (() => void) | undefined;
  const calls: string[] = [];
  const ways: (WritingWay | undefined)[] = [];
  const octets: (readonly number[])[] = [];

  function put(run: Uint8Array, position: number): void {
    if (broken !== undefined) throw broken;
    if (position > bytes.length) throw new Error("a hole in the file");
    bytes = concat([bytes.subarray(0, position), run, bytes.subarray(position + run.length)]);
  }

  async function write(runs: readonly Uint8Array[], position: number, way?: WritingWay): Promise<void> {
    if (release !== undefined) throw new Error("two writes at a time");
    ways.push(way);
    calls.push("write");
    if (shut) {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    release = undefined;
    put(concat(runs), position);
    octets.push(runs.map(({ length }) => length));
  }

  async function turn(): Promise<void> {
    release?.();
    await new Promise(setImmediate);
  }

  return {
    write,
    writeSync: put,
    sync: async () => {
      calls.push("sync");
    },
    close: async () => {
      calls.push("close");
    },
    discard: async () => {
      calls.push("discard");
    },
    contents: () => bytes,
    finishWrite: turn,
    open: async () => {
      shut = false;
      await turn();
    },
    isWriting: () => release !== undefined,
    breakDown: async (code) => {
      broken = Object.assign(new Error(code), { code });
      shut = false;
      await turn();
    },
    calls,
    ways,
    octets,
  };
}
