/** A comparison of two dialogues for a terminal or a log. */
import { safe } from "../text/safe.ts";
import type { AnswerDifference, ChangedAnswer, Comparison } from "./compare.ts";
import type { NewDefect } from "./new-defects.ts";
import { counted } from "./report.ts";

/** Lines without line ends, each safe to print. */
export function comparisonLines(comparison: Comparison): readonly string[] {
  const { same, compared, changed, unanswered, defects } = comparison;
  const count = changed.entries.length + changed.leftOut;
  const lines = [
    `${counted(compared, "answer")} compared: ${same ? "the server answers as it did." : `${counted(count, "answer")} changed.`}`,
    ...(unanswered > 0 ? [`${counted(unanswered, "recorded command")} got no answer.`] : []),
    ...defects.map(defectLine),
    ...changed.entries.flatMap(changeLines),
    ...(changed.leftOut > 0 ? [`and ${changed.leftOut} more changed answers`] : []),
  ];
  return lines.map(safe);
}

function defectLine({ defect, connection, count }: NewDefect): string {
  const { kind, detail, rfc } = defect;
  const times = count === 1 ? "" : `, ${count} times`;
  return `defect of the server that was not recorded: ${kind}${times}, first in connection ${connection}: ${detail} (${rfc})`;
}

function changeLines({ before, now, command, differences, leftOut }: ChangedAnswer): readonly string[] {
  return [
    "",
    `exchange ${before}${now === undefined || now === before ? "" : ` (now ${now})`}: ${command}`,
    ...differences.map((difference) => `  ${answerDifferenceText(difference)}`),
    ...(leftOut > 0 ? [`  and ${counted(leftOut, "difference")} more`] : []),
  ];
}

export function answerDifferenceText({ what, before, now, missing, surplus }: AnswerDifference): string {
  if (now === undefined) return `${what}: no more, was ${value(before)}`;
  if (before === undefined) return `${what}: new, ${value(now)}`;
  const parts = [
    ...(missing === undefined ? [] : [`no more ${missing}`]),
    ...(surplus === undefined ? [] : [`new ${surplus}`]),
  ];
  return `${what}: ${parts.length > 0 ? parts.join(", ") : `was ${value(before)}, is ${value(now)}`}`;
}

function value(text: string | undefined): string {
  return text === undefined || text === "" ? "there" : text;
}
