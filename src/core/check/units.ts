/** The lines and literals of a stream: what is wrong with their ends and lengths, and the octets that would mend it. */

import { MASK } from "../base/mask.ts";
import { fromLatin1, LF } from "../base/octets.ts";
import { commandLine, tagOf } from "../dialogue/skim.ts";
import { isFreeText, serverLine } from "../imap/free-text.ts";
import { type LiteralHeader, literalHeader } from "../imap/literal-header.ts";
import {
  beginsUnit,
  findLiteralEnd,
  type LiteralPlace,
  lineEnd,
  mayEndAt,
  openAfter,
} from "./literal-end.ts";
import type { ProblemKind } from "./problem.ts";
import { bordersWithin, type Edit, isRecordBorder, type Stream } from "./streams.ts";

export interface UnitProblem {
  readonly kind: ProblemKind;
  /** Of the stream: where it is to be shown. */
  readonly offset: number;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface CheckedUnits {
  readonly problems: readonly UnitProblem[];
  /** Ascending and apart. */
  readonly edits: readonly Edit[];
}

/** What is known of the unit that is being read. */
interface Unit {
  readonly opensLiterals: boolean;
  readonly tag: string;
  readonly isAppend: boolean;
  readonly isFetch: boolean;
  depth: number;
}

const FETCHES = new Set(["FETCH", "UIDFETCH"]);
const CR_OCTET = fromLatin1("\r");

export function checkUnits(stream: Stream): CheckedUnits {
  return new UnitChecker(stream).check();
}

class UnitChecker {
  private readonly stream: Stream;
  private readonly problems: UnitProblem[] = [];
  private readonly edits: Edit[] = [];

  constructor(stream: Stream) {
    this.stream = stream;
  }

  check(): CheckedUnits {
    const { bytes } = this.stream;
    let unit: Unit | undefined;
    for (let at = 0; at < bytes.length; ) {
      const feed = bytes.indexOf(LF, at);
      if (feed < 0) break;
      const end = lineEnd(bytes, at, feed);
      if (end === feed) this.bareLf(feed);
      const line = bytes.subarray(at, end);
      unit ??= this.begin(line);
      const header = unit.opensLiterals ? literalHeader(line) : undefined;
      const next = header && this.literal(unit, line, header, at, feed + 1);
      if (next === undefined) unit = undefined;
      at = next ?? feed + 1;
    }
    // A header's line end is looked at before its length.
    const edits = this.edits.sort((one, other) => one.start - other.start);
    return { problems: this.problems, edits };
  }

  private begin(line: Uint8Array): Unit {
    if (this.stream.from === "server") {
      const isFetch = FETCHES.has(serverLine(line).name);
      return { opensLiterals: !isFreeText(line), tag: "", isAppend: false, isFetch, depth: 0 };
    }
    const seen = commandLine(line);
    const opensLiterals = seen.tagged && seen.name !== "";
    return {
      opensLiterals,
      tag: tagOf(line, seen),
      isAppend: seen.name === "APPEND",
      isFetch: false,
      depth: 0,
    };
  }

  private bareLf(feed: number): void {
    this.edits.push({ start: feed, end: feed, by: CR_OCTET });
    this.problems.push({ kind: "bare-lf", offset: feed, values: {} });
  }

  /** Where the unit goes on behind a literal; `undefined` where it does not. */
  private literal(
    unit: Unit,
    line: Uint8Array,
    header: LiteralHeader,
    at: number,
    start: number,
  ): number | undefined {
    const { stream } = this;
    const { bytes, from, refusals } = stream;
    if (header.synchronizing && refusals.get(start) === unit.tag) return undefined;
    unit.depth = openAfter(line.subarray(0, header.start), unit.depth) ?? Math.max(unit.depth, 0);
    const place: LiteralPlace = {
      bytes,
      start,
      from,
      depth: unit.depth,
      isLast: unit.isAppend,
      inItems: unit.isFetch,
    };
    const announced = start + header.octets;
    const masked = this.maskEnd(start);
    const fits = masked === undefined && mayEndAt(place, announced) && !this.swallows(start, announced);
    if (fits) return announced;
    const found =
      masked === undefined
        ? findLiteralEnd(place, (offset) => isRecordBorder(stream, offset))
        : { end: masked, other: undefined };
    if (found?.end === announced) return announced;
    const values = { announced: header.octets };
    if (found === undefined) {
      // Octets that are not all there end the stream; a command that was never let go on begins none.
      if (announced < bytes.length || !this.isLastUnit(start)) {
        this.problems.push({ kind: "literal-lost", offset: at, values });
      }
      return announced < bytes.length ? this.nextUnit(start) : undefined;
    }
    const octets = found.end - start;
    const digits = at + header.start + (header.literal8 ? 2 : 1);
    this.edits.push({
      start: digits,
      end: start - (bytes[start - 2] === 0x0d ? 2 : 1) - (header.synchronizing ? 1 : 2),
      by: fromLatin1(String(octets)),
    });
    const other = found.other === undefined ? undefined : found.other - start;
    this.problems.push(
      other === undefined
        ? { kind: "literal-length", offset: at, values: { ...values, found: octets } }
        : { kind: "literal-ambiguous", offset: at, values: { ...values, found: octets, other } },
    );
    return found.end;
  }

  /** Whether a literal would take in a record that begins a unit of its own: mail may look like that, but not just there. */
  private swallows(start: number, end: number): boolean {
    const { bytes, from } = this.stream;
    return bordersWithin(this.stream, start, end).some((border) => {
      if (bytes[border - 1] !== LF) return false;
      const feed = bytes.indexOf(LF, border);
      return feed > 0 && beginsUnit(from, bytes.subarray(border, lineEnd(bytes, border, feed)));
    });
  }

  /** A mask is all of its literal. */
  private maskEnd(start: number): number | undefined {
    const span = this.stream.redacted.find(([from]) => from === start);
    return span !== undefined && span[1] - start === MASK.length ? span[1] : undefined;
  }

  private isLastUnit(start: number): boolean {
    return this.nextUnit(start) === undefined;
  }

  /** The next line that clearly begins a unit. */
  private nextUnit(start: number): number | undefined {
    const { bytes, from } = this.stream;
    for (let at = start; at < bytes.length; ) {
      const feed = bytes.indexOf(LF, at);
      if (feed < 0) return undefined;
      if (beginsUnit(from, bytes.subarray(at, lineEnd(bytes, at, feed)))) return at;
      at = feed + 1;
    }
    return undefined;
  }
}
