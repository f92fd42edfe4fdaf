/** Results as tables: for a terminal, and as Markdown for docs/performance.md. */
import { REFERENCE } from "./contenders.mjs";
import { judged } from "./goals.mjs";

/** @param {import("./results.mjs").Results} results */
export function terminalReport(results, contenders) {
  const lines = results.rows.flatMap((row) => {
    const body = contenders.flatMap((name) => {
      const cells = cellsOf(results, row, name);
      if (cells.every((cell) => cell === "")) return [];
      const remarks = results.remarks(row.name, name).map((text) => `      ! ${text}`);
      return [`  ${name.padEnd(26)}${cells.map((cell) => cell.padStart(22)).join("")}`, ...remarks];
    });
    if (body.length === 0) return [];
    const heads = row.figures.map(({ unit }) => unit.padStart(22)).join("");
    return [`${`${row.name}: ${row.about}`}`, `  ${"".padEnd(26)}${heads}`, ...body, ""];
  });
  return [...lines, ...goalLines(results)].join("\n");
}

/** One line for each goal that can be judged. */
export function goalLines(results) {
  return judged(results).map(({ text, value, passed, gaveUp }) => {
    const verdict = passed ? "pass" : "MISS";
    return `${verdict}  ${text}: ${rounded(value)}${gaveUp ? " (analysis or recording gave up: see above)" : ""}`;
  });
}

/** @param {import("./results.mjs").Results} results */
export function markdownReport(results, contenders) {
  const columns = results.rows.flatMap((row) => row.figures.map((figure) => ({ row, figure })));
  const used = columns.filter(({ row, figure }) =>
    contenders.some((name) => results.median(row.name, name, figure.key) !== undefined),
  );
  const lines = used.map(({ row, figure }) => {
    const cells = contenders.map((name) => cellOf(results, row, name, figure.key) || "–");
    return `| ${row.name}, ${figure.unit} | ${cells.join(" | ")} |`;
  });
  return [
    `| | ${contenders.join(" | ")} |`,
    `|---|${contenders.map(() => "---:|").join("")}`,
    ...lines,
    "",
    ...judged(results).map(
      ({ text, value, passed }) => `- ${passed ? "reached" : "**missed**"}: ${text} (${rounded(value)})`,
    ),
    "",
  ].join("\n");
}

function cellsOf(results, row, name) {
  return row.figures.map(({ key }) => cellOf(results, row, name, key));
}

/** A median, and behind it the ratio to the reference. */
function cellOf(results, row, name, key) {
  const value = results.median(row.name, name, key);
  if (value === undefined) return "";
  const ratio = results.ratio(row.name, name, key, REFERENCE);
  return name === REFERENCE || ratio === undefined
    ? rounded(value)
    : `${rounded(value)} (${ratio.toFixed(2)})`;
}

function rounded(value) {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}
