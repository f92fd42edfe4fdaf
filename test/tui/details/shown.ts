/** Details as a test can read them: made of a small dialogue, and shown as text. */
import type { Observation } from "../../../src/core/observation.ts";
import { gatherExchange } from "../../../src/tui/details/gather.ts";
import type { DetailLine, DetailOptions, ExchangeMaterial } from "../../../src/tui/details/material.ts";
import type { Line } from "../../../src/tui/view/style.ts";
import { play, playSelected } from "../../playbook.ts";

export function options(fields: Partial<DetailOptions> = {}): DetailOptions {
  return {
    columns: 78,
    toggled: new Set(),
    hidden: false,
    clock: (atMicros) => `${(atMicros / 1_000_000).toFixed(3)} s`,
    decodeWords: (text) => text,
    ...fields,
  };
}

/** What comes of the exchange of that tag in a dialogue; behind a login and INBOX selected unless `whole`. */
export function materialOf(transcript: string, tag: string, whole = false): ExchangeMaterial {
  const { observations } = whole ? play(transcript) : playSelected(transcript);
  return gathered(observations, tag);
}

export function gathered(observations: readonly Observation[], tag: string): ExchangeMaterial {
  const begun = observations.find((seen) => seen.kind === "exchangeStarted" && seen.exchange.tag === tag);
  if (begun?.kind !== "exchangeStarted") throw new Error(`no exchange ${tag}`);
  const gatherer = gatherExchange(begun.exchange.id);
  for (const seen of observations) gatherer.take(seen);
  const material = gatherer.material(undefined);
  if (material === undefined) throw new Error(`nothing gathered of ${tag}`);
  return material;
}

export function text(line: Line): string {
  return line
    .map((piece) => piece.text)
    .join("")
    .trimEnd();
}

/** One line a line, as they would be read without colour. */
export function shown(lines: readonly DetailLine[]): string {
  return lines.map(({ line }) => text(line)).join("\n");
}

/** The lines of a text literal in a test, without the indentation of the test. */
export function lines(written: string): string {
  const rows = written.replace(/^\n/, "").replace(/\n *$/, "").split("\n");
  const indent = Math.min(...rows.filter((row) => row.trim() !== "").map((row) => row.search(/\S/)));
  return rows.map((row) => row.slice(indent)).join("\n");
}
