/** Exchanges are put away in the order in which they began, and as soon as nothing more can be of them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { createScriptBuilder } from "../../../src/core/replay/build-script.ts";
import type { Script } from "../../../src/core/replay/script.ts";
import { createShelf } from "../../../src/core/replay/shelf.ts";
import { eventsOf } from "../../playbook.ts";

/** The script, and how many exchanges had been put away before the end. */
function built(transcript: string): { readonly script: Script; readonly early: number } {
  const shelf = createShelf();
  let count = 0;
  const builder = createScriptBuilder(undefined, {
    get: shelf.get,
    put: (octets) => {
      count++;
      return shelf.put(octets);
    },
  });
  for (const event of eventsOf(transcript)) builder.take(event);
  const early = count;
  return { script: builder.finish(), early };
}

function exchanges(count: number, first = 0): string {
  return Array.from({ length: count }, (_, at) => `C: x${first + at} NOOP\nS: x${first + at} OK`).join("\n");
}

test("all but the last exchange are put away while the capture goes on", () => {
  const { script, early } = built(`S: * PREAUTH hi\n${exchanges(50)}`);
  assert.equal(script.connections[0]?.steps.length, 50);
  assert.equal(early, 49);
});

test("the order is that in which they began, whichever is answered first, and each stands where those before it led", () => {
  const { script } = built(`
    S: * PREAUTH hi
    C: a SELECT INBOX
    C: b FETCH 1 FLAGS
    C: c NOOP
    S: a OK
    S: c OK
    S: b OK`);
  assert.deepEqual(
    script.connections[0]?.steps.map(({ tag, state, mailbox }) => [tag, state, mailbox]),
    [
      ["a", "authenticated", undefined],
      ["b", "selected", "INBOX"],
      ["c", "selected", "INBOX"],
    ],
  );
});

test("a command that is never answered is given up when very many behind it are", () => {
  const { script, early } = built(`S: * PREAUTH hi\nC: lost NOOP\n${exchanges(LIMITS.draftsBehind + 50)}`);
  assert.ok(early >= 50, String(early));
  const [first, second] = script.connections[0]?.steps ?? [];
  assert.deepEqual([first?.tag, first?.status, second?.tag, second?.status], ["lost", undefined, "x0", "OK"]);
});

test("a connection knows the capabilities that were told last, before and behind the login, and what may be told again", () => {
  const { script } = built(`
    S: * OK [CAPABILITY IMAP4rev1 A] hi
    C: a ID NIL
    S: * ID NIL
    S: a OK
    C: b CAPABILITY
    S: * CAPABILITY IMAP4rev1 B
    S: b OK
    C: c LOGIN alice xxxxxxxx
    S: c OK [CAPABILITY IMAP4rev1 C] in
    C: d NAMESPACE
    S: d NO
    C: e ID NIL
    S: * ID NIL
    S: e OK`);
  const [connection] = script.connections;
  const text = (line: Uint8Array | undefined) =>
    Buffer.from(line ?? [])
      .toString()
      .trim();
  assert.equal(text(connection?.capabilities.before), "* CAPABILITY IMAP4rev1 B");
  assert.equal(text(connection?.capabilities.behind), "c OK [CAPABILITY IMAP4rev1 C] in");
  assert.deepEqual(
    [...(connection?.told ?? [])].map(([name, { tag }]) => [name, tag]),
    [["ID", "e"]],
  );
});
