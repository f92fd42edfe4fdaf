import assert from "node:assert/strict";
import { test } from "node:test";
import { framedRows, framedStyle } from "../../../src/tui/details/framed-rows.ts";
import { request, response, status } from "../../observations.ts";
import { materialOf } from "./shown.ts";

function rows(transcript: string, hidden: boolean): readonly string[] {
  return materialOf(transcript, "a1").dialogue.flatMap((entry) =>
    entry.kind === "request" || entry.kind === "response"
      ? framedRows(entry, hidden).map(({ text }) => text)
      : [],
  );
}

const APPEND = `C: a1 APPEND Geheim {90+}\nC| ${"x".repeat(90)}\nC:\nS: * OK [ALERT] Geheim is full\nS: a1 NO [OVERQUOTA] Geheim is full`;

test("rows stand as they were said", () => {
  assert.deepEqual(rows(APPEND, false), [
    "C: a1 APPEND Geheim {90+}",
    "C: | {90 octets}",
    "S: * OK [ALERT] Geheim is full",
    "S: a1 NO [OVERQUOTA] Geheim is full",
  ]);
});

test("on a shared screen their shape and their sizes stay", () => {
  assert.deepEqual(rows(APPEND, true), [
    "C: a1 APPEND ••• {90}",
    "| {90 octets}",
    "S: * OK [ALERT] •••",
    "S: a1 NO [OVERQUOTA] •••",
  ]);
});

test("lines of the client that are no command are named by what they are", () => {
  assert.deepEqual(
    framedRows(request("AGFsaWNl", { role: "sasl" }), true).map(({ text }) => text),
    ["C: (sasl)"],
  );
  assert.deepEqual(
    framedRows(request("DONE", { role: "done" }), true).map(({ text }) => text),
    ["C: DONE"],
  );
});

test("completions have the style of their status", () => {
  const completion = (tag: string | undefined, word: "OK" | "NO" | "BAD"): string =>
    framedStyle(response("", { response: status({ tag, status: word }) }));
  assert.deepEqual(
    [completion("a1", "OK"), completion("a1", "NO"), completion("a1", "BAD"), completion(undefined, "NO")],
    ["ok", "no", "bad", "server"],
  );
});
