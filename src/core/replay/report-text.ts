/** The report of a replay for a terminal or a log: what failed first, each miss with all that explains it. */
import { safe } from "../text/safe.ts";
import { counted, differenceLines } from "./report.ts";
import type { Entries, ReplayReport, ReportedMiss } from "./report-value.ts";

/** Lines without line ends, each safe to print. */
export function reportLines(report: ReplayReport): readonly string[] {
  const { counts } = report;
  const lines = [
    report.passed ? "Replay passed." : `Replay failed: ${report.failures.join(" ")}`,
    `${counted(counts.clients, "connection")}, ${counted(counts.commands, "command")}: ${counts.recorded} as recorded (${counts.repeated} of them again), ${counts.altered} altered, ${counts.synthesised} made up, ${counts.miss} without answer, ${counts.refused} refused.`,
    ...report.problems.map((problem) => `Cannot be played: ${problem}`),
    ...listed("No recorded answer", report.misses, missLines),
    ...listed("Refused", report.refused, (note) => [`${where(note)}: ${note.command}`, `  ${note.note}`]),
    ...listed("Recorded, and not asked for", report.unused, stepLines),
    ...listed("Made up", report.synthesised, (note) => [`${where(note)}: ${note.command} (${note.note})`]),
    ...listed("Altered", report.altered, (note) => [`${where(note)}: ${note.command} (${note.note})`]),
    ...listed("Recorded, and left out by the client as it may", report.unusedOptional, stepLines),
  ];
  return lines.map(safe);
}

/** The same as one text. */
export function reportText(report: ReplayReport): string {
  return reportLines(report)
    .map((line) => `${line}\n`)
    .join("");
}

function listed<T>(
  title: string,
  { entries, leftOut }: Entries<T>,
  linesOf: (entry: T) => readonly string[],
): readonly string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap(linesOf).map((line) => `  ${line}`);
  return ["", `${title}:`, ...lines, ...(leftOut > 0 ? [`  and ${leftOut} more`] : [])];
}

/** Of a miss by itself: the command, where it happened, why, what differs, and what would make it match. */
export function missLines(miss: ReportedMiss): readonly string[] {
  return [
    `${where(miss)}: ${miss.command}`,
    `  ${miss.behind === undefined ? "at the start of the script" : `after ${miss.behind}`}`,
    `  ${miss.reason}`,
    ...differenceLines(miss).map((line) => `    ${line}`),
    `  ${miss.remedy}`,
  ];
}

function where({ client, atMicros }: { readonly client: number; readonly atMicros: number }): string {
  return `connection ${client} at ${(atMicros / 1e6).toFixed(3)} s`;
}

function stepLines({
  exchange,
  connection,
  command,
  note,
}: ReplayReport["unused"]["entries"][number]): readonly string[] {
  const line = `exchange ${exchange} of connection ${connection}: ${command}`;
  return note === undefined ? [line] : [line, `  ${note}`];
}
