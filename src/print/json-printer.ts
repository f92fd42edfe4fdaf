/** Observations as JSON, one object a line, for scripts (`--json`). */
import type { Observation } from "../core/observation.ts";
import { toJsonObject } from "./json-object.ts";

export interface JsonPrinterOptions {
  /** Takes whole lines with their line ends. */
  readonly write: (text: string) => void;
  /** Which observations to print; all where it is left out. Called once for each, in order. */
  readonly matches?: (observation: Observation) => boolean;
}

export interface JsonPrinter {
  /** Takes every observation, in order; prints those of a documented kind. */
  readonly print: (observation: Observation) => void;
}

export function createJsonPrinter({ write, matches = () => true }: JsonPrinterOptions): JsonPrinter {
  return {
    print(observation) {
      if (!matches(observation)) return;
      const text = formatJson(observation);
      if (text !== undefined) write(`${text}\n`);
    },
  };
}

/** The JSON text of an observation on one line, or `undefined` for the kinds that are not printed. */
export function formatJson(observation: Observation): string | undefined {
  const object = toJsonObject(observation);
  return object && escapeUnsafe(JSON.stringify(object));
}

/** Says in the same form that lines were dropped because nobody took them. */
export function formatDropped(lines: number): string {
  return `${JSON.stringify({ kind: "notice", code: "outputDropped", text: `${lines} lines were dropped`, lines })}\n`;
}

/**
 * JSON itself escapes C0 controls only; it is as often looked at on a terminal as read by a program, so everything that
 * could move a cursor or turn the reading direction is escaped. A reader gets the same text.
 */
function escapeUnsafe(json: string): string {
  return json.replace(/[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
