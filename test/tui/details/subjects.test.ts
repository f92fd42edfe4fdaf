import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "../../../src/core/text/explain.ts";
import { responseName, subjectsOf } from "../../../src/tui/details/subjects.ts";
import {
  code,
  data,
  defectFound,
  notice,
  push,
  request,
  response,
  state,
  status,
} from "../../observations.ts";
import { materialOf } from "./shown.ts";

test("the most telling subject comes first", () => {
  const refused = response("a1 NO", {
    response: status({ tag: "a1", status: "NO", code: code("TRYCREATE") }),
    role: "tagged",
  });
  const rows: readonly (readonly [entry: Parameters<typeof subjectsOf>[0], first: string | undefined])[] = [
    [refused, "code TRYCREATE"],
    [response("* 12 EXISTS", { response: data("EXISTS", { kind: "count" }, 12) }), "response EXISTS"],
    [push(), "response EXISTS"],
    [defectFound("client-bare-lf"), "defect client-bare-lf"],
    [state(), "state selected"],
    [request("DONE", { role: "done" }), "notion done"],
    [notice("behind"), undefined],
  ];
  for (const [entry, first] of rows) {
    const [subject] = subjectsOf(entry);
    assert.equal(subject && `${subject.topic} ${subject.name}`, first);
  }
});

test("every role and certainty that a dialogue has is explained", () => {
  const { dialogue } = materialOf(
    "C: a1 IDLE\nS: + idling\nS: * 6 EXISTS\nC: DONE\nS: \nS: a1 OK done",
    "a1",
  );
  for (const subject of dialogue.flatMap(subjectsOf)) {
    assert.doesNotMatch(explain(subject).words, /No RFC/, `${subject.topic} ${subject.name}`);
  }
});

test("a response without a name is called by its kind", () => {
  assert.equal(responseName({ kind: "continuation" }), "continuation");
  assert.equal(responseName({ kind: "malformed", name: undefined }), "malformed");
});
