/** What an explanation is made of: whoever shows it decides how it looks. */

/** A further fact, as `legal in: authenticated, selected`. */
export interface ExplanationFact {
  readonly label: string;
  readonly text: string;
}

export interface Explanation {
  /** As it stands on the wire: `UID FETCH`, `[TRYCREATE]`, `\Seen`; of what is not on the wire, its name. */
  readonly title: string;
  /** What kind of thing it is: `command`, `response code`. */
  readonly what: string;
  /** Plain sentences for somebody who has just learnt what a tag is. */
  readonly words: string;
  /** Where it is defined, as `RFC nnnn §x.y`; undefined for what no RFC defines. */
  readonly rfc: string | undefined;
  readonly more: readonly ExplanationFact[];
}
