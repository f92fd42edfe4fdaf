import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { StepStore } from "../../../src/core/replay/recorded-step.ts";
import { createShelf } from "../../../src/core/replay/shelf.ts";
import { framed } from "../../requests.ts";

function storeWith(counted: { reads: number }): StepStore {
  const shelf = createShelf();
  return new StepStore({
    put: shelf.put,
    get: (place) => {
      counted.reads++;
      return shelf.get(place);
    },
  });
}

function put(store: StepStore, id: number, text: string) {
  const { frame, prints, request } = framed(`a${id} ${text}\r\n`);
  const record = { atMicros: id, tag: `a${id}`, replies: [], frame, prints, authenticated: true };
  return store.put(id, request.command.name, "OK", record);
}

test("a step tells its name and status without being read, and the rest of its record", () => {
  const counted = { reads: 0 };
  const step = put(storeWith(counted), 7, "STATUS INBOX (MESSAGES)");
  step.standing = { connection: 3, state: "selected", mailbox: "Sent" };
  assert.deepEqual(
    [step.id, step.command, step.status, step.connection, step.state, step.mailbox],
    [7, "STATUS", "OK", 3, "selected", "Sent"],
  );
  assert.equal(counted.reads, 0);
  assert.deepEqual([step.atMicros, step.tag, step.replies], [7, "a7", []]);
  assert.equal(step.request.exact, "STATUS INBOX (MESSAGES)");
  assert.equal(step.request, step.request);
  assert.equal(counted.reads, 1);
});

test("only what was asked for last is kept, by number and by octets", () => {
  const many = { reads: 0 };
  const store = storeWith(many);
  const steps = Array.from({ length: LIMITS.recordsKept + 1 }, (_, at) => put(store, at, "NOOP"));
  for (const { tag } of steps) assert.ok(tag.startsWith("a"));
  assert.equal(many.reads, steps.length);
  assert.equal(steps.at(-1)?.tag, `a${LIMITS.recordsKept}`);
  assert.equal(many.reads, steps.length);
  assert.equal(steps[0]?.tag, "a0");
  assert.equal(many.reads, steps.length + 1);

  const large = { reads: 0 };
  const other = storeWith(large);
  const octets = LIMITS.printHeadOctets;
  const count = Math.ceil(LIMITS.recordsKeptOctets / octets) + 1;
  const appends = Array.from({ length: count }, (_, at) =>
    put(other, at, `APPEND INBOX {${octets}}\r\n${"x".repeat(octets)}`),
  );
  for (const { tag } of appends) assert.ok(tag.startsWith("a"));
  assert.equal(appends[0]?.tag, "a0");
  assert.equal(large.reads, count + 1);
});
