/**
 * What a server says now, and did not say then, that is the answer to nothing: no comparison of answers finds it, but its defects
 * are known, kind by kind.
 */
import type { ConnectionId } from "../base/leg.ts";
import type { Defect, DefectKind } from "../imap/defect.ts";
import type { Observation } from "../observation.ts";

/** Defects of octets that belong to no answer. What is wrong within answers depends on what was asked before, and is compared there. */
const STRAY: ReadonlySet<DefectKind> = new Set<DefectKind>([
  "starttls-injection",
  "response-malformed",
  "tagged-unknown",
  "tagged-duplicate",
  "continuation-unexpected",
  "greeting-invalid",
]);

export interface NewDefect {
  /** The first of its kind, and of which connection it is. */
  readonly defect: Defect;
  readonly connection: ConnectionId;
  /** How often it was seen. */
  readonly count: number;
}

/** Such defects by kind in the order in which they were first seen. */
export class ServerDefects {
  private readonly kinds = new Map<DefectKind, NewDefect>();

  take(observation: Observation): void {
    if (observation.kind !== "defect") return;
    const { defect, connection } = observation;
    if (!STRAY.has(defect.kind)) return;
    const known = this.kinds.get(defect.kind) ?? { defect, connection, count: 0 };
    this.kinds.set(defect.kind, { ...known, count: known.count + 1 });
  }

  /** Those of kinds that were not seen before. */
  notIn(before: ServerDefects): readonly NewDefect[] {
    return [...this.kinds.values()].filter(({ defect }) => !before.kinds.has(defect.kind));
  }
}
