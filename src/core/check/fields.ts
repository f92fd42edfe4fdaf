/** The fields of each record of a capture, as docs/capture.schema.json has them: what must be there, and of what kind. */
import type { CaptureRecord } from "../capture/record.ts";
import { type CheckProblem, type ProblemPlace, problem } from "./problem.ts";

interface FieldRow {
  readonly what: string;
  readonly holds: (value: unknown) => boolean;
  readonly required: boolean;
}

type Fields = Readonly<Record<string, FieldRow>>;

function must(what: string, holds: FieldRow["holds"]): FieldRow {
  return { what, holds, required: true };
}

function may({ what, holds }: FieldRow): FieldRow {
  return { what, holds, required: false };
}

function oneOf(...values: readonly unknown[]): FieldRow {
  return must(values.map((value) => JSON.stringify(value)).join(" or "), (value) => values.includes(value));
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

const TEXT = must("a text", (value) => typeof value === "string");
const TIME = must("a number of milliseconds", (value) => typeof value === "number" && value >= 0);
const COUNT = must("a whole number", isCount);
const CONNECTION = must("a whole number from 1 on", (value) => isCount(value) && value >= 1);
const DATE = must(
  "a date and time in UTC such as 2026-11-22T19:00:00.000Z",
  (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
);
const WORDS = must(
  "a list of texts",
  (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
);
const LEG = oneOf("client", "server");
/** What it holds is read, and reported, with the octets. */
const SPANS = must("a list of spans", (value) => Array.isArray(value));
const BASE64 = must("Base64", (value) => typeof value === "string" && value.length % 4 === 0);

const EVENT: Fields = { type: TEXT, connection: CONNECTION, at: TIME };
const OCTETS: Fields = { text: TEXT, base64: BASE64, octets: COUNT, omitted: COUNT };

const TYPES: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  [
    "capture",
    { type: TEXT, version: must("a number", isCount), createdAt: DATE, createdBy: TEXT, redacted: WORDS },
  ],
  ["open", { ...EVENT, client: TEXT, listener: TEXT, upstream: TEXT, midway: may(oneOf(true)) }],
  [
    "tls",
    {
      ...{ ...EVENT, leg: LEG, protocol: TEXT, cipher: TEXT, serverName: may(TEXT), alpn: may(TEXT) },
      ...{ subject: may(TEXT), fingerprint: may(TEXT), reused: may(oneOf(true, false)) },
    },
  ],
  [
    "data",
    {
      ...{
        ...EVENT,
        from: LEG,
        by: may(oneOf("imapscope")),
        relayed: may(oneOf(false)),
        redacted: may(SPANS),
      },
      ...Object.fromEntries(Object.entries(OCTETS).map(([name, row]) => [name, may(row)])),
      reason: may(TEXT),
    },
  ],
  ["starttls", { ...EVENT, leg: LEG }],
  ["deflate", { ...EVENT, from: LEG }],
  ["end", { ...EVENT, from: LEG, closeNotify: may(oneOf(false)) }],
  ["close", { ...EVENT, by: oneOf("client", "server", "imapscope"), reason: TEXT }],
  ["error", { ...EVENT, leg: LEG, code: TEXT, message: may(TEXT) }],
]);

/** What is wrong with the fields of a record, be they many. */
export function fieldProblems(record: CaptureRecord, place: ProblemPlace): CheckProblem[] {
  const { type } = record;
  if (typeof type !== "string")
    return [problem("field-missing", place, { type: "the record", field: "type" })];
  const fields = TYPES.get(type);
  if (fields === undefined) return [problem("type-unknown", place, { type: JSON.stringify(type) })];
  const found: CheckProblem[] = [];
  for (const [field, { what, holds, required }] of Object.entries(fields)) {
    const there = Object.hasOwn(record, field);
    if (!there && required) found.push(problem("field-missing", place, { type, field }));
    if (there && !holds(record[field])) found.push(problem("field-invalid", place, { type, field, what }));
  }
  for (const field of Object.keys(record)) {
    if (!Object.hasOwn(fields, field)) {
      found.push(problem("field-unknown", place, { type, field: JSON.stringify(field) }));
    }
  }
  const given = Object.keys(OCTETS).filter((field) => Object.hasOwn(record, field)).length;
  if (type === "data" && given !== 1) {
    found.push(problem("octets-unclear", place, { count: given === 0 ? "none" : given }));
  }
  return found;
}
