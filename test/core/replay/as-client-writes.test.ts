import assert from "node:assert/strict";
import { test } from "node:test";
import { createClientScript } from "../../../src/core/replay/as-client-script.ts";
import { COMMANDS } from "../../../src/core/vocabulary/vocabulary.ts";
import { eventsOf } from "../../playbook.ts";

/** What a command changes behind SELECT or EXAMINE. */
function reason(command: string, opens = "SELECT"): string | undefined {
  const code = opens === "SELECT" ? "READ-WRITE" : "READ-ONLY";
  const session = `S: * PREAUTH ready\nC: s ${opens} INBOX\nS: s OK [${code}]\nC: a ${command}\nS: a OK`;
  const builder = createClientScript();
  for (const event of eventsOf(session)) builder.take(event);
  return builder.finish().connections[0]?.steps[1]?.writes;
}

test("what changes messages, mailboxes and settings writes", () => {
  for (const command of [
    ...[
      "STORE 1 +FLAGS (\\Seen)",
      "UID STORE 1 FLAGS ()",
      "COPY 1 x",
      "UID MOVE 1 x",
      "EXPUNGE",
      "UID EXPUNGE 1",
    ],
    ...[
      "CREATE x",
      "DELETE x",
      "RENAME x y",
      "SUBSCRIBE x",
      "UNSUBSCRIBE x",
      "SETACL x y r",
      "SETQUOTA x ()",
    ],
    ...["SETMETADATA x (/private/y NIL)", "XFROB x", "CLOSE", "APPEND x {2+}\nC| hi\nC: "],
  ]) {
    assert.notEqual(reason(command), undefined, command);
  }
});

test("fetching a body without PEEK sets \\Seen where the mailbox may be written to", () => {
  for (const items of ["BODY[]", "(UID BODY[TEXT]<0.9>)", "RFC822", "RFC822.TEXT", "(BINARY[1])"]) {
    assert.equal(reason(`FETCH 1 ${items}`), "sets \\Seen", items);
    assert.equal(reason(`UID FETCH 1 ${items}`, "EXAMINE"), undefined, items);
  }
  for (const items of ["BODY.PEEK[]", "BODY", "RFC822.HEADER", "FULL", "(FLAGS ENVELOPE RFC822.SIZE)"]) {
    assert.equal(reason(`FETCH 1 ${items}`), undefined, items);
  }
  assert.equal(reason("CLOSE", "EXAMINE"), undefined);
});

test("only EXAMINE makes a mailbox safe: another server may let SELECT write, and a pipelined one is not answered yet", () => {
  const writes = (session: string): (string | undefined)[] => {
    const builder = createClientScript();
    for (const event of eventsOf(session)) builder.take(event);
    return (builder.finish().connections[0]?.steps ?? []).map((step) => step.writes);
  };
  const readOnly = "S: * PREAUTH\nC: s SELECT x\nS: s OK [READ-ONLY]\nC: a FETCH 1 BODY[]\nS: a OK";
  assert.deepEqual(writes(readOnly), [undefined, "sets \\Seen"]);
  const pipelined =
    "S: * PREAUTH\nC: e EXAMINE x\nS: e OK [READ-ONLY]\nC: s SELECT y\nC: a FETCH 1 BODY[]\nS: s OK [READ-WRITE]\nS: a OK";
  assert.deepEqual(writes(pipelined), [undefined, undefined, "sets \\Seen"]);
});

test("what only reads does not write", () => {
  for (const command of [
    "NOOP",
    'LIST "" *',
    "STATUS x (MESSAGES)",
    "SEARCH ALL",
    "UID SEARCH ALL",
    "UNSELECT",
    "IDLE",
  ]) {
    assert.equal(reason(command), undefined, command);
  }
});

test("every command whose name says that it changes something is in the table", () => {
  const telling = COMMANDS.filter(({ name }) =>
    /SET|DELETE|CREATE|RENAME|STORE|APPEND|COPY|MOVE|EXPUNGE|REPLACE/.test(name),
  );
  assert.ok(telling.length > 10);
  // RESET is no setting, and GETMETADATA reads.
  const reads = telling.filter(({ name }) => reason(`${name} x`) === undefined).map(({ name }) => name);
  assert.deepEqual(reads, []);
});
