/** The report of a replay as JUnit XML, which CI systems read: a test case for each connection, and one for what went unused. */
import { safe } from "../text/safe.ts";
import { counted, differenceLines } from "./report.ts";
import { missLines } from "./report-text.ts";
import type { ReplayReport, ReportedClient } from "./report-value.ts";

interface TestCase {
  readonly name: string;
  readonly seconds: number;
  /** One, because not every reader takes several: the first tells in its message, all of them in the lines. */
  readonly failure: { readonly message: string; readonly lines: readonly string[] } | undefined;
}

/** A whole document; `name` is that of the test suite: the capture's. */
export function junitXml(report: ReplayReport, name: string): string {
  const cases = [...report.clients.entries.map((client) => clientCase(report, client)), wholeCase(report)];
  const failed = cases.filter(({ failure }) => failure !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failed}" errors="0"`;
  const seconds = Math.max(0, ...cases.map((one) => one.seconds)).toFixed(3);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="imapscope replay" ${counts} time="${seconds}">`,
    `  <testsuite name="${xmlText(name)}" ${counts} skipped="0" time="${seconds}">`,
    ...cases.flatMap(caseLines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function clientCase(report: ReplayReport, client: ReportedClient): TestCase {
  const { client: number, commands, startedMicros, endedMicros } = client;
  const misses = report.misses.entries.filter((miss) => miss.client === number);
  const refused = report.refused.entries.filter((note) => note.client === number);
  const [miss] = misses;
  const [refusal] = refused;
  const told = [
    ...(miss === undefined ? [] : [`${miss.command}: ${[miss.reason, ...differenceLines(miss)].join("; ")}`]),
    ...(refusal === undefined ? [] : [`${refusal.command}: ${refusal.note}`]),
  ];
  return {
    name: `connection ${number} (${counted(commands, "command")})`,
    seconds: endedMicros === undefined ? 0 : (endedMicros - (startedMicros ?? endedMicros)) / 1e6,
    failure:
      told[0] === undefined
        ? undefined
        : {
            message: told[0],
            lines: [...misses.flatMap(missLines), ...refused.map((note) => `${note.command}: ${note.note}`)],
          },
  };
}

/** What is of no connection alone: unused exchanges, and what the lists above have no room for. */
function wholeCase(report: ReplayReport): TestCase {
  const { entries } = report.unused;
  const unused = entries.map(
    ({ exchange, command, note }) =>
      `exchange ${exchange}: ${command}${note === undefined ? "" : ` (${note})`}`,
  );
  const failure = report.passed ? undefined : { message: report.failures.join(" "), lines: unused };
  return { name: "the whole recorded script is played", seconds: 0, failure };
}

function caseLines({ name, seconds, failure }: TestCase): readonly string[] {
  const open = `    <testcase classname="imapscope.replay" name="${xmlText(name)}" time="${seconds.toFixed(3)}"`;
  if (failure === undefined) return [`${open}/>`];
  const lines = failure.lines.map(xmlText).join("\n");
  return [
    `${open}>`,
    `      <failure type="replay" message="${xmlText(failure.message)}">${lines}</failure>`,
    "    </testcase>",
  ];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/** What no XML document may hold (XML 1.0, section 2.2) beside controls and lone surrogates, which are made visible. */
const NO_CHARACTER = /[\ufffe\uffff]/g;

function xmlText(text: string): string {
  return safe(text)
    .replace(NO_CHARACTER, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");
}
