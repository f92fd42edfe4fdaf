/** What was said as rows: as it stood or, on a shared screen, by its shape alone. */
import type { ResponseObservation } from "../../core/observation.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { TRANSCRIPT, type TranscriptRow, transcriptRows } from "../../core/text/transcript.ts";
import type { Style } from "../view/style.ts";
import { hiddenCommand, hiddenResponse } from "./hide.ts";
import type { Framed } from "./literals.ts";

export function framedRows(framed: Framed, hidden: boolean): readonly TranscriptRow[] {
  return hidden ? hiddenRows(framed) : transcriptRows(framed.frame, TRANSCRIPT);
}

/** One row for what was said, by its shape, and one for each of its literals. */
function hiddenRows(framed: Framed): readonly TranscriptRow[] {
  const { frame } = framed;
  const rows: TranscriptRow[] = [{ atMicros: frame.startMicros, kind: "line", text: hiddenText(framed) }];
  frame.literals.forEach(({ octets, announcedMicros, continuedMicros }, literal) => {
    const atMicros = continuedMicros ?? announcedMicros;
    rows.push({ atMicros, kind: "literal", text: `| {${groupDigits(octets)} octets}`, literal });
  });
  return rows;
}

function hiddenText(framed: Framed): string {
  if (framed.kind === "request") {
    const { command, role } = framed;
    if (command !== undefined) return `C: ${command.tag} ${hiddenCommand(command)}`;
    return role === "done" ? "C: DONE" : `C: (${role})`;
  }
  const { response } = framed;
  const tag = response.kind === "continuation" ? "" : `${completedTag(framed) ?? "*"} `;
  return `S: ${tag}${hiddenResponse(response)}`;
}

/** The tag of a command that a response completes; any other word that stands where a tag may stand is a server's own. */
export function completedTag({ response, role, attribution }: ResponseObservation): string | undefined {
  const completes = role === "tagged" && attribution.certainty === "certain";
  return completes && response.kind === "status" ? response.tag : undefined;
}

export function framedStyle(framed: Framed): Style {
  if (framed.kind === "request") return "client";
  const { attribution, response } = framed;
  if (attribution.certainty === "unsolicited") return "push";
  if (response.kind !== "status" || response.tag === undefined) return "server";
  return response.status === "OK" ? "ok" : response.status === "NO" ? "no" : "bad";
}
