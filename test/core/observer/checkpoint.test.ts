import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver } from "../../../src/core/observe.ts";
import { type Checkpoint, sizeOf } from "../../../src/core/observer/checkpoint.ts";
import type { CheckpointStore } from "../../../src/core/observer/checkpoint-store.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";

/** Before each event of a transcript that follows the prelude: whether there could be a checkpoint, and the last one. */
function checkpoints(transcript: string) {
  const could: boolean[] = [];
  let last: Checkpoint | undefined;
  const store: CheckpointStore = {
    before: (_event, observer) => {
      const checkpoint = observer.checkpoint();
      could.push(checkpoint !== undefined);
      last = checkpoint ?? last;
    },
    find: () => undefined,
    words: () => 0,
  };
  const observer = createObserver({ emit: () => {}, checkpoints: store });
  const prelude = eventsOf(SELECTED_PRELUDE).length;
  for (const event of eventsOf(`${SELECTED_PRELUDE}${transcript}`)) observer.take(event);
  return { could: could.slice(prelude), last };
}

test("a connection can be saved where nothing is under way in it, and nowhere else", () => {
  const cases: readonly (readonly [string, readonly boolean[]])[] = [
    ["C: a NOOP\nS: a OK x\nC: b NOOP", [true, false, true]],
    ["C| a NO\nC: OP\nS: a OK x\n-- end client", [true, false, false, true]],
    ["S| * 3 EX\nS: ISTS\n-- end client", [true, false, true]],
    ["C: a IDLE\nS: + x\nC: DONE\nS: a OK x\n-- end client", [true, false, false, false, true]],
    ["-- end client\n-- close client", [true, false]],
    ["-- omitted server\n-- close client", [true, false]],
    [
      "C: a STARTTLS\nS: a OK x\n-- starttls client\n-- tls client\nC: b NOOP",
      [true, false, false, false, true],
    ],
    [
      "C: a STARTTLS\nS: a OK x\n-- starttls client\nC: b NOOP\nS: b OK x\nC: c NOOP",
      [true, false, false, false, false, true],
    ],
  ];
  for (const [transcript, could] of cases) assert.deepEqual(checkpoints(transcript).could, could, transcript);
});

test("its size grows with what is known of messages", () => {
  const small = checkpoints("C: a NOOP").last;
  const flags = Array.from({ length: 500 }, (_, i) => `S: * ${i + 1} FETCH (FLAGS ())`).join("\n");
  const large = checkpoints(`S: * 500 EXISTS\n${flags}\nC: a NOOP`).last;
  assert.ok(small !== undefined && large !== undefined && sizeOf(large) - sizeOf(small) >= 500);
});
