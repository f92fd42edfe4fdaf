/** Dialogues written as transcripts, and the ways to cut their octets: what the tables by RFC section are made of. */
import { concat, fromLatin1, latin1, utf8 } from "../../src/core/base/octets.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { Run } from "../../src/index.ts";
import { chunked } from "../chunks.ts";
import { isFull } from "../runs.ts";

export type Sender = "client" | "server";

/** Octets of one side at one time. */
export interface Said {
  readonly from: Sender;
  readonly bytes: Uint8Array;
  readonly atMicros: number;
}

/**
 * `C: ` and `S: ` lines, to which CRLF is added; `\` as the last character stands for no line end, a line that ends in LF
 * keeps that. `1500 C: …` says when the line was read, in microseconds; without it lines are 1000 apart.
 */
export function transcript(lines: readonly string[], octets: (text: string) => Uint8Array = utf8): Said[] {
  return lines.map((line, i) => {
    const parts = /^(?:(\d+) )?([CS]): ?([\s\S]*)$/.exec(line);
    if (parts === null) throw new Error(`no line of a transcript: ${line}`);
    const [, at, side, text = ""] = parts;
    const whole = text.endsWith("\\") ? text.slice(0, -1) : text.endsWith("\n") ? text : `${text}\r\n`;
    return {
      from: side === "C" ? "client" : "server",
      bytes: octets(whole),
      atMicros: at === undefined ? (i + 1) * 1000 : Number(at),
    };
  });
}

export function runsOf(said: readonly Said[]): Run[] {
  return said.map(({ from, bytes, atMicros }) => [from, bytes, atMicros] as const);
}

/** One octet a read. */
export function octetByOctet(said: readonly Said[]): Said[] {
  return inChunks(said, [][Symbol.iterator]());
}

const STRIDE = isFull() ? 1 : 4;

export function inChunks(said: readonly Said[], sizes: Iterator<number>): Said[] {
  return said.flatMap((each) => chunked(each.bytes, sizes).map((bytes) => ({ ...each, bytes })));
}

/** Every way to cut one of the lines in two; in `npm test` every fourth of them. */
export function* inTwo(said: readonly Said[]): Generator<Said[]> {
  for (const [i, line] of said.entries()) {
    for (let at = 1 + (i % STRIDE); at < line.bytes.length; at += STRIDE) {
      yield [
        ...said.slice(0, i),
        { ...line, bytes: line.bytes.subarray(0, at) },
        { ...line, bytes: line.bytes.subarray(at) },
        ...said.slice(i + 1),
      ];
    }
  }
}

/** Neighbours of one side in one read, as a client that pipelines sends them. */
export function together(said: readonly Said[]): Said[] {
  const runs: Said[] = [];
  for (const each of said) {
    const last = runs[runs.length - 1];
    if (last?.from === each.from) {
      runs[runs.length - 1] = { ...last, bytes: concat([last.bytes, each.bytes]) };
    } else runs.push(each);
  }
  return runs;
}

/** What one side said according to events, as ISO-8859-1. */
export function octetsBy(from: Sender, events: readonly WireEvent[]): string {
  const runs = events.flatMap((event) => (event.kind === "data" && event.from === from ? [event.bytes] : []));
  return latin1(concat([new Uint8Array(0), ...runs]));
}

/** Any value as text: octets as ISO-8859-1, maps as lists, so that nothing in it stays hidden. */
export function spelled(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Uint8Array) return latin1(part);
    if (part instanceof Map || part instanceof Set) return [...part];
    return part;
  });
}

export { fromLatin1 };
