import assert from "node:assert/strict";
import { test } from "node:test";
import type { Filter } from "../../../src/core/query/filter.ts";
import { scan } from "../../../src/core/query/scan.ts";
import { formTerm } from "../../../src/core/query/term.ts";

const ROWS: readonly (readonly [source: string, filter: Filter])[] = [
  ["push", { kind: "is", of: "push" }],
  ["TLS", { kind: "is", of: "tls" }],
  ["connection", { kind: "is", of: "connection" }],
  ["exchange", { kind: "is", of: "exchange" }],
  ['"push"', { kind: "word", pattern: "push" }],
  ["defect", { kind: "text", field: "defect", pattern: "*" }],
  ["fetch", { kind: "word", pattern: "fetch" }],
  ["cmd:fetch", { kind: "text", field: "cmd", pattern: "fetch" }],
  ["Command:fetch", { kind: "text", field: "cmd", pattern: "fetch" }],
  ["status=no", { kind: "text", field: "status", pattern: "no" }],
  ['mailbox:""', { kind: "text", field: "mailbox", pattern: "" }],
  ["kind:push", { kind: "text", field: "kind", pattern: "push" }],
  ["kind:re*", { kind: "text", field: "kind", pattern: "re*" }],
  ["conn:2", { kind: "number", field: "conn", comparison: "=", value: 2 }],
  ["connection=2", { kind: "number", field: "conn", comparison: "=", value: 2 }],
  ["wait>500", { kind: "number", field: "wait", comparison: ">", value: 500_000 }],
  ["wait>=500ms", { kind: "number", field: "wait", comparison: ">=", value: 500_000 }],
  ["total<1.001s", { kind: "number", field: "total", comparison: "<", value: 1_001_000 }],
  ["gap<=.5s", { kind: "number", field: "gap", comparison: "<=", value: 500_000 }],
  ["up>1.5k", { kind: "number", field: "up", comparison: ">", value: 1500 }],
  ["down>2M", { kind: "number", field: "down", comparison: ">", value: 2_000_000 }],
  [`down>${"9".repeat(400)}`, { kind: "number", field: "down", comparison: ">", value: 1e15 }],
];

for (const [source, filter] of ROWS) {
  test(`means ${source.slice(0, 20)}`, () => {
    const pieces = scan(source);
    const [piece] = "message" in pieces ? [] : pieces;
    assert.ok(piece?.kind === "word" || piece?.kind === "field");
    assert.deepEqual(formTerm(piece), filter);
  });
}
