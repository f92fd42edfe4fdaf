/** How sure it is to which command a response belongs, why, and what is wrong with what was said. */
import type { Attribution } from "../../core/exchange/attribution.ts";
import type { Defect } from "../../core/imap/defect.ts";
import type { ResponseObservation } from "../../core/observation.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { type Span, span } from "../view/style.ts";
import { type Branch, leaf } from "./branch.ts";

/** A sign behind a response that is not certain to be its command's own: most are. */
export function attributionMark({ certainty, candidates }: Attribution): Span | undefined {
  switch (certainty) {
    case "likely":
      return span("~ likely its own", "faint");
    case "ambiguous":
      return span(`? one of ${groupDigits(candidates.length)} commands`, "faint");
    case "unsolicited":
      return span("« push", "push");
    default:
      return undefined;
  }
}

/** The same, or where something is wrong with it, what. */
export function responseMark({ attribution, defects }: ResponseObservation): Span | undefined {
  const mark = attributionMark(attribution);
  if (defects.length === 0) return mark;
  const kinds = [...new Set(defects.map(({ kind }) => kind))].join(", ");
  return span(`${mark === undefined ? "" : `${mark.text} `}! ${kinds}`, "defect");
}

/** Why, in a line; the explanation of the certainty says more, with its RFC. */
function reasonOf({ role, attribution: { certainty, candidates } }: ResponseObservation): string {
  switch (certainty) {
    case "certain":
      if (role === "tagged") return "it has the tag of the command";
      if (role === "continuation") return "the command waits for it";
      return "nothing else can have asked for it";
    case "likely":
      return "the best candidate, but a push would look the same";
    case "ambiguous":
      return `each of ${groupDigits(candidates.length)} running commands may have asked for it`;
    case "unsolicited":
      return "no command asked for it";
    case "greeting":
      return "the first line of the server";
  }
}

/** The attribution of a response with its reason, and its defects. */
export function attributionBranches(response: ResponseObservation, hidden: boolean): readonly Branch[] {
  const { certainty } = response.attribution;
  const reason = leaf("attribution", `${certainty}: ${reasonOf(response)}`, {
    style: "faint",
    about: [{ topic: "certainty", name: certainty }],
  });
  return [reason, ...defectBranches(response.defects, hidden)];
}

/** Each defect with what was seen, which may tell of names, and the rule that is broken. */
export function defectBranches(defects: readonly Defect[], hidden: boolean): readonly Branch[] {
  return defects.map(({ kind, by, detail, rfc, certainty }) => {
    const guess = certainty === "likely" ? "likely " : "";
    const seen = hidden ? "" : `: ${detail}`;
    return leaf("!", `${guess}${kind} by the ${by}${seen} (${rfc})`, {
      style: "defect",
      about: [{ topic: "defect", name: kind }],
    });
  });
}
