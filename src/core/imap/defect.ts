/**
 * Defects: octets or behaviour of a peer that break the RFCs and can be decided from the dialogue alone. They are values,
 * never exceptions: a peer's mistake is reported, and never stops anything. Kinds are stable: captures, filters and
 * other people's tests name them.
 */
import type { Leg } from "../base/leg.ts";
import { DEFECTS, type DefectKind } from "./defect-table.ts";

export type { DefectKind } from "./defect-table.ts";

export interface Defect {
  readonly kind: DefectKind;
  /** Whose octets or behaviour it is. */
  readonly by: Leg;
  /** The rule that is broken, as `RFC nnnn §x.y`. */
  readonly rfc: string;
  /** What was seen, in a sentence, without secrets. */
  readonly detail: string;
  /** `likely` where an attribution or a view that may be incomplete went into the judgement. */
  readonly certainty: "certain" | "likely";
  /** Octet offset within the frame, counted over its lines and literals, where one place is to blame. */
  readonly offset?: number;
}

export interface DefectPlace {
  readonly offset?: number;
  readonly certainty?: "certain" | "likely";
}

/** A defect of a kind with what was seen; RFC section and culprit come from the table. */
export function defect(kind: DefectKind, detail: string, place: DefectPlace = {}): Defect {
  const row = DEFECTS[kind];
  return {
    kind,
    by: row.by,
    rfc: row.rfc,
    detail,
    certainty: place.certainty ?? "certain",
    ...(place.offset === undefined ? {} : { offset: place.offset }),
  };
}

/** A value that a parser made of octets, with everything that was wrong with them. Parsing never fails. */
export interface Parsed<T> {
  readonly value: T;
  readonly defects: readonly Defect[];
}

/** What nearly every frame has; shared, so that none is made for each. */
export const NO_DEFECTS: readonly Defect[] = [];

/** The list with one more defect at its end. */
export function withDefect(defects: readonly Defect[], one: Defect): readonly Defect[] {
  return defects.length === 0 ? [one] : [...defects, one];
}

/** The defects of two lists; hardly ever a new one. */
export function withDefects(defects: readonly Defect[], more: readonly Defect[]): readonly Defect[] {
  if (defects.length === 0) return more;
  return more.length === 0 ? defects : [...defects, ...more];
}
