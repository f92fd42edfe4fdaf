import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeCapture } from "../../../src/library/capture.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";
import { scripted, scriptOfEvents } from "./scripts.ts";

const CASES: readonly (readonly [name: string, transcript: string, steps: readonly string[]])[] = [
  [
    "pipelined commands come apart into steps, and pushes between them are of the one that runs",
    `S: * PREAUTH hi
     C: a SELECT INBOX
     C: b FETCH 1 FLAGS
     C: c NOOP
     S: * 3 EXISTS
     S: a OK selected
     S: * 1 FETCH (FLAGS ())
     S: b OK fetched
     S: * 4 EXISTS
     S: c OK done
     S: * 5 EXISTS`,
    [
      'a SELECT [authenticated] OK: command "* 3 EXISTS", command "a OK selected"',
      'b FETCH [selected INBOX] OK: command "* 1 FETCH (FLAGS ())", command "b OK fetched"',
      'c NOOP [selected INBOX] OK: command "* 4 EXISTS", command "c OK done", after "* 5 EXISTS"',
    ],
  ],
  [
    "of several commands that may have asked for it the oldest has an answer",
    `S: * PREAUTH hi
     C: a SELECT INBOX
     S: a OK selected
     C: b SEARCH ALL
     C: c SEARCH ALL
     S: * SEARCH 1
     S: b OK
     S: * SEARCH 2
     S: c OK`,
    [
      'a SELECT [authenticated] OK: command "a OK selected"',
      'b SEARCH [selected INBOX] OK: command "* SEARCH 1", command "b OK"',
      'c SEARCH [selected INBOX] OK: command "* SEARCH 2", command "c OK"',
    ],
  ],
  [
    "pushes of IDLE come before DONE or behind it, and continuation requests are no replies",
    `S: * PREAUTH hi
     C: a IDLE
     S: + idling
     S: * 6 EXISTS
     C: DONE
     S: * 7 EXISTS
     S: a OK done`,
    ['a IDLE [authenticated] OK: command "* 6 EXISTS", done "* 7 EXISTS", done "a OK done"'],
  ],
  [
    "a literal that is refused is answered as it was",
    `S: * PREAUTH hi
     C: a APPEND INBOX {99999999}
     S: a NO too big
     C: b NOOP
     S: b OK done`,
    ['a APPEND [authenticated] NO: command "a NO too big"', 'b NOOP [authenticated] OK: command "b OK done"'],
  ],
  [
    "a literal whose octets still come when it is refused is part of its command",
    `S: * PREAUTH hi
     C: a APPEND INBOX {6+}
     C| abc
     S: a NO too big
     C| def
     C:
     C: b NOOP
     S: b OK done`,
    ['a APPEND [authenticated] NO: command "a NO too big"', 'b NOOP [authenticated] OK: command "b OK done"'],
  ],
  [
    "what answers no command comes behind the last one",
    `S: * PREAUTH hi
     C: a NOOP
     S: a OK one
     S: a OK two
     S: zz OK three
     S: rubbish`,
    ['a NOOP [authenticated] OK: command "a OK one", after "a OK two", after "zz OK three", after "rubbish"'],
  ],
  [
    "a command without its completion is a step without status",
    `S: * PREAUTH hi
     C: a FETCH 1 FLAGS
     S: * BYE over`,
    ['a FETCH [authenticated] -: command "* BYE over"'],
  ],
  [
    "UNAUTHENTICATE leads back to where nobody is logged in",
    `S: * PREAUTH hi
     C: a UNAUTHENTICATE
     S: a OK done
     C: b CAPABILITY
     S: b OK done`,
    [
      'a UNAUTHENTICATE [authenticated] OK: command "a OK done"',
      'b CAPABILITY [notAuthenticated] OK: command "b OK done"',
    ],
  ],
];

for (const [name, transcript, steps] of CASES)
  test(name, () => assert.deepEqual(scripted(transcript).steps, steps));

test("delays count from the command, from DONE and from the completion", () => {
  const { script } = scripted(`S: * PREAUTH hi
    @10
    C: a IDLE
    S: + idling
    @30
    S: * 6 EXISTS
    @50
    C: DONE
    @57
    S: a OK done
    @100
    S: * 7 EXISTS`);
  const replies = script.connections[0]?.steps[0]?.replies ?? [];
  assert.deepEqual(
    replies.map(({ cue, delayMicros }) => [cue, delayMicros]),
    [
      ["command", 20_000],
      ["done", 7000],
      ["after", 43_000],
    ],
  );
});

test("responses of a listing that follow each other at once are one reply", () => {
  const events = eventsOf("S: * PREAUTH hi\nC: a FETCH 1:3 FLAGS");
  const text =
    "* 1 FETCH (FLAGS ())\r\n* 2 FETCH (FLAGS ())\r\n* 3 EXISTS\r\n* 3 FETCH (FLAGS ())\r\na OK\r\n";
  events.push({
    kind: "data",
    ...{ connection: 1, atMicros: 9000, from: "server", bytes: Buffer.from(text), redacted: [] },
  });
  const replies = scriptOfEvents(events).script.connections[0]?.steps[0]?.replies ?? [];
  assert.deepEqual(
    replies.map(({ name, run }) => [name, run.to - run.from]),
    [
      ["FETCH", 44],
      ["EXISTS", 12],
      ["FETCH", 22],
      ["OK", 6],
    ],
  );
});

test("what imapscope said itself is not the server's, and completes nothing", () => {
  const events = eventsOf(
    "S: * PREAUTH hi\nC: a NOOP\nS: a OK done\nC: b NOOP\nS: b BAD from here\nS: * 1 EXISTS",
  );
  const own = events.map((event) =>
    event.kind === "data" && event.bytes[0] === 0x62 && event.from === "server"
      ? { ...event, byImapscope: true }
      : event,
  );
  const { steps } = scriptOfEvents(own);
  assert.deepEqual(steps, [
    'a NOOP [authenticated] OK: command "a OK done", after "* 1 EXISTS"',
    "b NOOP [authenticated] -: ",
  ]);
});

test("what was not relayed has no place in the stream", () => {
  const events = eventsOf("S: * PREAUTH hi\nS: * injected\nC: a NOOP\nS: a OK done");
  const own = events.map((event, at) => (at === 2 ? { ...event, relayed: false } : event)) as typeof events;
  const { script } = scriptOfEvents(own);
  assert.deepEqual(script.connections[0]?.steps[0]?.replies[0]?.run, { connection: 1, from: 14, to: 25 });
});

test("a script ends where the octets cannot be followed, and says so", () => {
  const { steps, script } = scripted(`S: * PREAUTH hi
    C: a NOOP
    S: a OK done
    -- omitted server
    S: * 1 EXISTS`);
  assert.deepEqual(steps, ['a NOOP [authenticated] OK: command "a OK done"']);
  assert.match(script.problems.join(), /^Connection 1 is played as far as it can be read: /);
});

test("STARTTLS and COMPRESS are steps like others, and the stream goes on behind them", () => {
  const { steps, script } = scripted(
    `S: * OK hi
     C: a STARTTLS
     S: a OK begin
     -- starttls client
     -- starttls server
     C: b LOGIN x y
     S: b OK in
     C: c COMPRESS DEFLATE
     S: c OK deflate
     -- deflate server
     -- deflate client
     C: d NOOP
     S: d OK done`,
    { tls: false },
  );
  assert.deepEqual(steps, [
    'a STARTTLS [notAuthenticated] OK: command "a OK begin"',
    'b LOGIN [notAuthenticated] OK: command "b OK in"',
    'c COMPRESS [authenticated] OK: command "c OK deflate"',
    'd NOOP [authenticated] OK: command "d OK done"',
  ]);
  assert.deepEqual(script.problems, []);
  assert.equal(script.connections[0]?.listener, "imap://127.0.0.1");
});

test("a connection that begins midway has no greeting, and its state is not known", () => {
  const { script, steps } = scripted("C: a NOOP\nS: a OK done", { midway: true });
  assert.equal(script.connections[0]?.greeting, undefined);
  assert.deepEqual(steps, ['a NOOP [unknown] OK: command "a OK done"']);
});

for (const [transcript, closedByServer] of [
  ["C: a NOOP\nS: a OK x\nS: * BYE idle for too long\n-- end server", true],
  ["C: a LOGOUT\nS: * BYE x\nS: a OK x\n-- end server", false],
  ["C: a NOOP\nS: a OK x\n-- end client\n-- end server", false],
  ["C: a NOOP\nS: a OK x\n-- close server", true],
] as const)
  test(`whether the server ended it unasked is known of ${JSON.stringify(transcript)}`, () => {
    const { script } = scripted(`S: * PREAUTH hi\n${transcript}`);
    assert.equal(script.connections[0]?.closedByServer, closedByServer);
  });

test("what a server says before any command is told as left out", () => {
  const { script } = scripted("S: * OK hi\nS: * OK still here\nC: a NOOP\nS: a OK");
  assert.deepEqual(script.problems, ["Connection 1 says OK before any command, which is left out"]);
});

test("literals of the client are told apart by all their octets", () => {
  const append = (last: string): string => {
    const { script } = scripted(`S: * PREAUTH hi
      C: a APPEND INBOX {200003+}
      C| ${"x".repeat(200_000)}ab${last}
      C:
      S: a OK`);
    return script.connections[0]?.steps[0]?.request.exact ?? "";
  };
  assert.equal(append("1"), append("1"));
  assert.notEqual(append("1"), append("2"));
});

test("what QRESYNC tells while a mailbox is selected is not learned of the one before", () => {
  const { script } = scripted(`${SELECTED_PRELUDE}
    C: a SELECT Other (QRESYNC (7 5))
    S: * 1 FETCH (UID 900 FLAGS ())
    S: a OK selected`);
  assert.equal(script.messages.find("INBOX", "uid", 900), undefined);
});

test("the hierarchy delimiter is that of the first LIST", () => {
  assert.equal(
    scripted('S: * PREAUTH x\nC: a LIST "" ""\nS: * LIST () "." ""\nS: a OK').script.delimiter,
    ".",
  );
});

test("the capture of the demo is played whole", () => {
  const { events } = decodeCapture(readFileSync("demo/session.imapcap"));
  const { script, text } = scriptOfEvents(events);
  assert.deepEqual(script.problems, []);
  assert.deepEqual(
    script.connections.map(({ steps }) => steps.length),
    [22, 2, 12],
  );
  for (const { steps } of script.connections)
    for (const { tag, replies } of steps) {
      const completion = replies.findLast(({ cue }) => cue !== "after");
      assert.equal(completion?.tagged, true);
      if (completion !== undefined) assert.ok(text(completion.run).startsWith(`${tag} `));
    }
});
