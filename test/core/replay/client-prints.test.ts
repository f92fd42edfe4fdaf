import assert from "node:assert/strict";
import { test } from "node:test";
import { createClientPrints } from "../../../src/core/replay/client-prints.ts";
import type { LiteralPrint } from "../../../src/core/replay/literal-print.ts";
import { eventsOf } from "../../playbook.ts";

/** Of each frame of the client the octets of its literals. */
function printsOf(transcript: string, frames: number): readonly (readonly number[])[] {
  const prints = createClientPrints(false);
  for (const event of eventsOf(transcript)) prints.take(event);
  return Array.from({ length: frames }, () => prints.next().map(({ octets }: LiteralPrint) => octets));
}

test("each frame of the client has the prints of its literals, in order", () => {
  const transcript = `S: * OK hi
    C: a LOGIN {5}
    S: + go on
    C| alice
    C:  {3+}
    C: pwd
    S: a OK in
    C: b NOOP
    S: b OK
    C: c APPEND INBOX {0+}
    C:
    S: c OK`;
  assert.deepEqual(printsOf(transcript, 4), [[5, 3], [], [0], []]);
});

test("a literal that the server refused is no part of what follows", () => {
  const transcript = `S: * PREAUTH hi
    C: a APPEND INBOX {99}
    S: a NO too big
    C: b APPEND INBOX {2+}
    C: hi
    S: b OK`;
  assert.deepEqual(printsOf(transcript, 2)[1], [2]);
});

test("lines of SASL and IDLE that look like literals are none", () => {
  const transcript = `S: * OK hi
    C: a AUTHENTICATE LOGIN
    S: + VXNlcg==
    C: {3+}
    S: a OK
    C: b NOOP
    S: b OK`;
  assert.deepEqual(printsOf(transcript, 3), [[], [], []]);
});
