/**
 * A message without its volatile parts, as its octets stream by, in bounded memory: header fields that rules name
 * are left out, boundaries are counted instead of read, and what patterns match in a line is taken out of it.
 */
import { LIMITS } from "../base/limits.ts";
import { OctetBuffer } from "../base/octet-buffer.ts";
import { fromLatin1, LF, latin1 } from "../base/octets.ts";
import { lowerCase } from "../imap/ascii-case.ts";
import { Digest } from "./digest.ts";
import { type Ignored, withoutPatterns } from "./ignore.ts";

/** Takes what is left. */
export interface Sink {
  readonly update: (bytes: Uint8Array) => void;
}

const MINUS = 0x2d;
const BOUNDARY = /\bboundary="?([^";\r\n]+)"?/i;

export class MessageSettler {
  private readonly ignored: Ignored;
  private readonly sink: Sink;
  /** The line so far where a run cut it off. */
  private readonly line = new OctetBuffer(LIMITS.printHeadOctets, 0);
  private readonly boundaries = new Map<string, number>();
  private inHeader = true;
  /** The field that the line belongs to is left out. */
  private leftOut = false;
  private isOverlong = false;

  constructor(ignored: Ignored, sink: Sink) {
    this.ignored = ignored;
    this.sink = sink;
  }

  update(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const plain = this.plainEnd(bytes, at);
      if (plain > at) this.sink.update(bytes.subarray(at, plain));
      at = plain;
      if (at === bytes.length) return;
      const lf = bytes.indexOf(LF, at);
      const run = bytes.subarray(at, lf < 0 ? bytes.length : lf + 1);
      at += this.isOverlong ? this.passOver(run) : this.takeRun(run, lf >= 0);
      if (lf >= 0 && at === lf + 1) this.isOverlong = false;
    }
  }

  /** Where lines of a body end, from the start of one on, in which nothing can be left out: none of them begins like a boundary. */
  private plainEnd(bytes: Uint8Array, start: number): number {
    const looks =
      this.inHeader || this.isOverlong || this.line.octets > 0 || this.ignored.patterns.length > 0;
    if (looks || bytes[start] === MINUS) return start;
    for (let at = bytes.indexOf(MINUS, start); at >= 0; at = bytes.indexOf(MINUS, at + 1)) {
      if (bytes[at - 1] === LF) return at;
    }
    return Math.max(start, bytes.lastIndexOf(LF) + 1);
  }

  /** What has come is all: the last line may lack its end. */
  finish(): void {
    if (this.line.octets > 0) this.take(this.line.take().bytes);
  }

  /** The rest of a line that was too long to be looked at whole. */
  private passOver(run: Uint8Array): number {
    if (!this.leftOut) this.sink.update(run);
    return run.length;
  }

  private takeRun(run: Uint8Array, ends: boolean): number {
    if (ends && this.line.octets === 0 && run.length <= LIMITS.printHeadOctets) {
      this.take(run);
      return run.length;
    }
    const piece = run.subarray(0, LIMITS.printHeadOctets - this.line.octets);
    this.line.append(piece);
    this.isOverlong = piece.length < run.length;
    if (ends || this.isOverlong) this.finish();
    return piece.length;
  }

  private take(line: Uint8Array): void {
    const isPlain = !this.inHeader && line[0] !== MINUS && this.ignored.patterns.length === 0;
    if (isPlain) this.sink.update(line);
    else this.add(withoutPatterns(this.ignored, this.settleText(latin1(line))));
  }

  private add(text: string): void {
    if (text !== "") this.sink.update(fromLatin1(text));
  }

  private settleText(text: string): string {
    const border = this.borderOf(text);
    if (border !== undefined) {
      this.inHeader = !border.endsWith("--");
      this.leftOut = false;
      return `${border}\r\n`;
    }
    return this.inHeader ? this.settleHeader(text) : text;
  }

  /** A line that is a boundary, by its number. */
  private borderOf(text: string): string | undefined {
    if (this.boundaries.size === 0 || !text.startsWith("--")) return undefined;
    const name = text.slice(2).trimEnd();
    const number = this.boundaries.get(name);
    if (number !== undefined) return `--${number}`;
    const closed = name.endsWith("--") ? this.boundaries.get(name.slice(0, -2)) : undefined;
    return closed === undefined ? undefined : `--${closed}--`;
  }

  private settleHeader(text: string): string {
    if (/^\r?\n?$/.test(text)) {
      this.inHeader = false;
      this.leftOut = false;
      return text;
    }
    if (!/^[ \t]/.test(text)) this.leftOut = this.ignored.headers.has(fieldName(text));
    if (this.leftOut) return "";
    const named = this.ignored.boundaries ? BOUNDARY.exec(text) : null;
    return named === null
      ? text
      : text.replace(BOUNDARY, `boundary=${this.numberOf((named[1] ?? "").trimEnd())}`);
  }

  private numberOf(boundary: string): number {
    const known = this.boundaries.get(boundary);
    if (known !== undefined) return known;
    const number = this.boundaries.size + 1;
    if (number <= LIMITS.nestingDepth) this.boundaries.set(boundary, number);
    return number;
  }
}

function fieldName(text: string): string {
  const colon = text.indexOf(":");
  return colon < 0 ? "" : lowerCase(text.slice(0, colon).trimEnd());
}

/** The settled digest of octets that are all there. */
export function settledDigest(bytes: Uint8Array, ignored: Ignored): string {
  const digest = new Digest();
  const settler = new MessageSettler(ignored, digest);
  settler.update(bytes);
  settler.finish();
  return digest.toString();
}

/** What is left of octets, as ISO-8859-1. */
export function settledText(bytes: Uint8Array, ignored: Ignored): string {
  let text = "";
  const settler = new MessageSettler(ignored, {
    update: (run) => {
      text += latin1(run);
    },
  });
  settler.update(bytes);
  settler.finish();
  return text;
}
