import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../../src/core/imap/defect.ts";
import type { Observation } from "../../../src/core/observation.ts";
import {
  exchangeOf,
  NUMBER_FIELDS,
  type NumberFieldName,
  TEXT_FIELDS,
  type TextFieldName,
  untagged,
} from "../../../src/core/query/field-table.ts";
import {
  code,
  command,
  completed,
  defectFound,
  exchange,
  mailbox,
  notice,
  opened,
  push,
  request,
  response,
  started,
  state,
  status,
} from "../../observations.ts";

const TEXTS: readonly (readonly [
  field: TextFieldName,
  observation: Observation,
  values: readonly unknown[],
])[] = [
  ["cmd", completed(), ["UID FETCH", "FETCH"]],
  ["cmd", completed({ commandName: "NOOP" }), ["NOOP"]],
  ["cmd", request("x", { command: command("NOOP") }), ["NOOP"]],
  ["cmd", push(), [undefined]],
  ["status", completed({ status: "NO" }), ["NO", "NO"]],
  ["status", completed({ status: undefined, end: "connectionLost" }), [undefined, "lost"]],
  ["status", push({ response: status({ status: "BYE" }) }), ["BYE"]],
  ["status", push(), []],
  ["code", completed({ code: code("TRYCREATE") }), ["TRYCREATE"]],
  ["code", push({ response: status({ code: code("ALERT") }) }), ["ALERT"]],
  ["code", notice("x"), ["behind"]],
  ["code", state(), [undefined]],
  ["mailbox", completed(), ["INBOX", undefined]],
  [
    "mailbox",
    completed({ command: command("COPY", [], { kind: "copy", set: "$", mailbox: mailbox("Trash") }) }),
    ["INBOX", "Trash"],
  ],
  ["mailbox", push(), ["INBOX"]],
  ["mailbox", opened(), []],
  ["tag", completed(), ["a1"]],
  ["tag", response("x", { response: status({ tag: "a1" }) }), ["a1"]],
  ["kind", push(), ["push"]],
  ["defect", defectFound(), ["client-bare-lf"]],
  ["defect", completed({ defects: [defect("client-nul", "x")] }), ["client-nul"]],
  ["defect", response("x", { defects: [defect("server-nul", "x")] }), ["server-nul"]],
  ["defect", notice("x"), []],
  ["state", state(), ["selected"]],
  ["state", completed(), []],
];

for (const [field, observation, values] of TEXTS) {
  test(`${field} of ${observation.kind}`, () => assert.deepEqual(TEXT_FIELDS[field](observation), values));
}

const NUMBERS: readonly (readonly [
  field: NumberFieldName,
  observation: Observation,
  value: number | undefined,
])[] = [
  ["conn", push(), 1],
  ["id", completed(), 1],
  ["id", defectFound(), 1],
  ["id", response("x"), 1],
  ["id", push(), undefined],
  ["at", push(), 3_000_000],
  ["gap", completed(), 2_000_000],
  ["upload", completed(), 100],
  ["wait", completed(), 1230],
  ["download", completed(), 43_670],
  ["total", completed(), 45_000],
  ["wait", started(), undefined],
  ["wait", push(), undefined],
  ["up", completed(), 34],
  ["down", completed(), 12_345],
  ["octets", completed(), 12_379],
  ["down", push(), 13],
  ["up", push(), undefined],
  ["octets", push(), 13],
  ["up", request("x"), 3],
  ["down", response("x"), 3],
  ["octets", notice("x"), undefined],
  ["untagged", completed(), 50],
  ["untagged", push(), undefined],
];

for (const [field, observation, value] of NUMBERS) {
  test(`${field} of ${observation.kind} is ${value}`, () =>
    assert.equal(NUMBER_FIELDS[field].of(observation), value));
}

test("ambiguous responses do not count as an exchange's own", () => {
  assert.equal(untagged(exchange({ attributed: { certain: 1, likely: 2, ambiguous: 4 } })), 3);
  assert.equal(exchangeOf(push()), undefined);
});
