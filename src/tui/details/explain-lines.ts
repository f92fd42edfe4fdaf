/** Explanations as lines: for the words of an exchange, and for the one key that explains what is selected. */
import { explain, type Subject } from "../../core/text/explain.ts";
import type { Explanation } from "../../core/text/explanation.ts";
import { span } from "../view/style.ts";
import { hiddenWord } from "./hide.ts";
import type { DetailLine, DetailOptions } from "./material.ts";
import { type Writer, writeDetails } from "./writer.ts";

/** Explains each subject, one after the other, everything open. */
export function explainLines(subjects: readonly Subject[], options: DetailOptions): readonly DetailLine[] {
  return writeDetails(options, (writer) => {
    unique(subjects).forEach((subject, place) => {
      if (place > 0) writer.line([]);
      writer.text([], titleOf(subject, options.hidden), "heading", { lines: 2, about: [subject] });
      writeExplanation(writer, explain(subject));
    });
  });
}

/** Without those that were already there. */
export function unique(subjects: readonly Subject[]): readonly Subject[] {
  const seen = new Map(subjects.map((subject) => [`${subject.topic} ${subject.name}`, subject]));
  return [...seen.values()];
}

/** Topics whose names are those of tables, and never a peer's. */
const OWN_TOPICS: ReadonlySet<string> = new Set(["defect", "state", "certainty", "timing", "end", "notion"]);

/** `UID FETCH · command`; on a shared screen a name that somebody made up is none. */
export function titleOf(subject: Subject, hidden: boolean): string {
  const { title, what } = explain(subject);
  return `${hidden && !OWN_TOPICS.has(subject.topic) ? hiddenWord(subject.name) : title} · ${what}`;
}

/** The words, what more there is to know, and where it stands. */
export function writeExplanation(writer: Writer, { words, more, rfc }: Explanation): void {
  writer.text([], words);
  for (const { label, text } of more) writer.text([span(`${label}: `, "faint")], text);
  if (rfc !== undefined) writer.line([span(rfc, "accent")]);
}
