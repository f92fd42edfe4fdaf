/** Steps by texts that tell them apart: found without a look at the others, and without keeping the texts. */
import { digestKey, KeyTable } from "./key-table.ts";
import type { Step } from "./script.ts";

const NO_STEPS: readonly Step[] = [];

export class StepsByKey {
  private readonly steps: readonly Step[];
  private readonly table: KeyTable;
  /** Lists of more than one, by the place of the first. */
  private readonly lists = new Map<number, readonly Step[]>();

  /** A step without a key is not found. */
  constructor(steps: readonly Step[], keyOf: (step: Step, place: number) => string | undefined) {
    this.steps = steps;
    this.table = new KeyTable(steps.length);
    for (const [place, step] of steps.entries()) {
      const key = keyOf(step, place);
      if (key !== undefined) this.table.add(place, digestKey(key));
    }
    this.table.finish();
  }

  /** In the order in which they were given; where there are several, the same list each time. */
  get(key: string): readonly Step[] {
    const first = this.table.first(digestKey(key));
    if (first === undefined) return NO_STEPS;
    const known = this.lists.get(first);
    if (known !== undefined) return known;
    const found = [...this.places(key)].flatMap((place) => this.steps[place] ?? []);
    if (found.length > 1) this.lists.set(first, found);
    return found;
  }

  /** Where in the list that was given they stand. */
  *places(key: string): Generator<number, void, undefined> {
    const digest = digestKey(key);
    for (let at = this.table.first(digest); at !== undefined; at = this.table.next(at)) yield at;
  }
}
