/** One term of a filter: a field with its value, a kind, or a word. */

import { whyNever } from "./closed-values.ts";
import {
  ALIASES,
  NUMBER_FIELDS,
  type NumberFieldName,
  TEXT_FIELDS,
  type TextFieldName,
} from "./field-table.ts";
import type { Filter, FilterError, Kind } from "./filter.ts";
import type { FieldPiece, WordPiece } from "./scan.ts";
import { suggest } from "./suggest.ts";

/** Bare words that name a kind; `defect` is not among them, since it finds the exchanges that have one too. */
export const KIND_WORDS: ReadonlyMap<string, Kind> = new Map([
  ["connection", "connection"],
  ["tls", "tls"],
  ["state", "state"],
  ["exchange", "exchange"],
  ["push", "push"],
  ["notice", "notice"],
]);

/** Factors to microseconds; no unit stands for `ms`. */
export const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1000],
  ["ms", 1000],
  ["s", 1_000_000],
]);
/** Factors of counts and octets. */
export const COUNT_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["k", 1000],
  ["K", 1000],
  ["M", 1_000_000],
]);

/** The largest number that is told apart: 1000 M M octets, or 31 years. */
const LARGEST = 1e15;

/** What a piece means; or what is wrong with it. Never throws. */
export function formTerm(piece: FieldPiece | WordPiece): Filter | FilterError {
  if (piece.kind === "word") return formWord(piece);
  const name = piece.field.toLowerCase();
  const field = ALIASES.get(name) ?? name;
  if (isTextField(field)) return formText(field, piece);
  if (isNumberField(field)) return formNumber(field, piece);
  const names = [...Object.keys(TEXT_FIELDS), ...Object.keys(NUMBER_FIELDS), ...ALIASES.keys()];
  const other = suggest(name, names);
  const advice = other === undefined ? `The fields are ${names.join(", ")}.` : `Did you mean ${other}?`;
  return {
    column: piece.column,
    message: `There is no field ${piece.field}. ${advice} (Quote it to search for it.)`,
  };
}

function formWord({ text, quoted, column }: WordPiece): Filter | FilterError {
  if (text === "") return { column, message: "There is nothing to search for." };
  const lower = text.toLowerCase();
  if (!quoted) {
    if (lower === "and") return { column, message: "Terms side by side already mean and: leave it out." };
    if (lower === "defect") return { kind: "text", field: "defect", pattern: "*" };
    const kind = KIND_WORDS.get(lower);
    if (kind !== undefined) return { kind: "is", of: kind };
  }
  return { kind: "word", pattern: text };
}

function formText(field: TextFieldName, piece: FieldPiece): Filter | FilterError {
  const { operator, value, valueColumn, quoted } = piece;
  if (operator !== ":" && operator !== "=") {
    return { column: piece.column, message: `${piece.field} is not a number: write ${piece.field}:value.` };
  }
  if (value === "" && !quoted) {
    return {
      column: valueColumn,
      message: `A value is missing after ${piece.field}${operator} (quotes hold spaces and parentheses).`,
    };
  }
  const message = whyNever(field, value);
  return message === undefined ? { kind: "text", field, pattern: value } : { column: valueColumn, message };
}

function formNumber(
  field: NumberFieldName,
  { field: written, operator, value, valueColumn }: FieldPiece,
): Filter | FilterError {
  const { unit } = NUMBER_FIELDS[field];
  const [, digits, suffix] = /^(\d+(?:\.\d*)?|\.\d+)(.*)$/.exec(value) ?? [];
  const factor = (unit === "time" ? TIME_UNITS : COUNT_UNITS).get(suffix ?? "");
  if (digits === undefined || factor === undefined) {
    const example =
      unit === "time"
        ? `${written}>500ms or ${written}>2s`
        : `${written}>100, ${written}>10k or ${written}>2M`;
    const fault =
      value === "" ? "A number is missing here" : `${value} is not a ${unit === "time" ? "time" : "count"}`;
    return { column: valueColumn, message: `${fault}: write for example ${example}.` };
  }
  const number = Math.min(Math.round(Number(digits) * factor), LARGEST);
  return { kind: "number", field, comparison: operator === ":" ? "=" : operator, value: number };
}

function isTextField(name: string): name is TextFieldName {
  return Object.hasOwn(TEXT_FIELDS, name);
}

function isNumberField(name: string): name is NumberFieldName {
  return Object.hasOwn(NUMBER_FIELDS, name);
}
