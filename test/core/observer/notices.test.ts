import assert from "node:assert/strict";
import { test } from "node:test";
import { OMITTED_NOTICES, OPAQUE_TEXTS } from "../../../src/core/observer/notices.ts";
import { eventsOf, playEvents } from "../../playbook.ts";

test("octets that the recorder missed are told as such, once", () => {
  const events = eventsOf("S: * OK hi\n-- omitted server\n-- omitted client").map((event) =>
    event.kind === "omitted" ? { ...event, reason: "behind" as const } : event,
  );
  assert.deepEqual(playEvents(events).notices, ["behind"]);
});

test("every notice is a sentence", () => {
  const texts = [...Object.values(OPAQUE_TEXTS), ...Object.values(OMITTED_NOTICES).map(({ text }) => text)];
  assert.ok(texts.every((text) => /^\p{Lu}?.*\.$/u.test(text)));
});

test("a connection that is passed through is said to be, once", () => {
  const events = eventsOf("-- omitted client\n-- omitted server\n-- omitted client\n-- close client").map(
    (event) => (event.kind === "omitted" ? { ...event, reason: "passedThrough" as const } : event),
  );
  assert.deepEqual(playEvents(events).notices, ["passedThrough"]);
});
