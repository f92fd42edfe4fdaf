import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defect } from "../../src/core/imap/defect.ts";
import type { ConnectionObservation, Observation } from "../../src/core/observation.ts";
import { createJsonPrinter, formatDropped, formatJson } from "../../src/print/json-printer.ts";
import { validate } from "../json-schema.ts";
import {
  closed,
  code,
  completed,
  defectFound,
  notice,
  opened,
  push,
  started,
  state,
  status,
  TIMINGS,
  tlsBegun,
} from "../observations.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../../docs/json.schema.json", import.meta.url), "utf8"));

function connection(event: ConnectionObservation["event"]): ConnectionObservation {
  return { kind: "connection", connection: 1, atMicros: 1, event };
}

const PRINTED: readonly Observation[] = [
  opened(),
  closed(),
  connection({ kind: "end", from: "server" }),
  connection({ kind: "error", connection: 1, atMicros: 1, leg: "server", code: "ECONNRESET" }),
  connection({ kind: "error", connection: 1, atMicros: 1, leg: "server", code: "ECONNRESET", message: "x" }),
  tlsBegun(),
  { kind: "tls", connection: 1, atMicros: 1, event: { kind: "starttls", leg: "client" } },
  state(),
  state({ to: "logout", mailbox: undefined, exchange: undefined }),
  completed(),
  completed({
    code: code("TRYCREATE"),
    status: "NO",
    mailbox: undefined,
    defects: [defect("client-nul", "x", { offset: 3 })],
  }),
  completed({
    end: "connectionLost",
    status: undefined,
    text: undefined,
    timings: { ...TIMINGS, completedMicros: undefined, totalMicros: undefined, continuationMicros: [120] },
  }),
  push(),
  push({ response: status({ status: "BYE", code: code("ALERT") }), mailbox: undefined, during: 1 }),
  push({ response: { kind: "malformed", tag: undefined, name: undefined, text: "?" } }),
  defectFound(),
  notice("Full."),
];

test("what is printed fits the schema, one object a line", () => {
  const lines: string[] = [];
  const printer = createJsonPrinter({ write: (text) => lines.push(text) });
  for (const observation of PRINTED) printer.print(observation);
  lines.push(formatDropped(3));
  assert.equal(lines.length, PRINTED.length + 1);
  for (const line of lines) {
    assert.match(line, /^[^\n]*\n$/);
    assert.deepEqual(validate(SCHEMA, JSON.parse(line)), [], line);
  }
});

test("the schema refuses what is not documented", () => {
  const object = JSON.parse(formatJson(push()) ?? "");
  assert.notDeepEqual(validate(SCHEMA, { ...object, surprise: 1 }), []);
  assert.notDeepEqual(validate(SCHEMA, { ...object, octets: -1 }), []);
  assert.notDeepEqual(validate(SCHEMA, { ...object, kind: "exchange" }), []);
});

test("the example of docs/json.md fits the schema", () => {
  const page = readFileSync(new URL("../../docs/json.md", import.meta.url), "utf8");
  const examples = page.match(/^ {4}\{"kind"[\s\S]*?\}\n(?=\n)/gm) ?? [];
  assert.equal(examples.length, 2);
  for (const example of examples) assert.deepEqual(validate(SCHEMA, JSON.parse(example)), []);
});

test("the dialogue is not printed, nor what does not match", () => {
  const lines: string[] = [];
  const asked: Observation[] = [];
  const matches = (observation: Observation): boolean => {
    asked.push(observation);
    return observation.kind === "push";
  };
  const printer = createJsonPrinter({ write: (text) => lines.push(text), matches });
  for (const observation of [started(), completed(), push()]) printer.print(observation);
  assert.equal(lines.length, 1);
  assert.equal(asked.length, 3);
});

test("hostile text is escaped and comes back as it was", () => {
  const text = "\u001b[2J\u009b\u202e\u2028\u{e0041}\u007f é 😀";
  const json = formatJson(notice(text)) ?? "";
  assert.doesNotMatch(json, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.equal(JSON.parse(json).text, text);
});
