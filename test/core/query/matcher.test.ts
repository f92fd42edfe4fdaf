import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../../src/core/imap/defect.ts";
import type { Observation } from "../../../src/core/observation.ts";
import { createMatcher, type Matcher } from "../../../src/core/query/matcher.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";
import {
  atom,
  code,
  command,
  completed,
  defectFound,
  list,
  literal,
  notice,
  opened,
  push,
  request,
  response,
  started,
  state,
  status,
  tlsBegun,
} from "../../observations.ts";

function matcher(source: string): Matcher {
  return createMatcher(parseFilter(source).filter ?? assert.fail(source));
}

/** What a filter says of one observation by itself. */
const ROWS: readonly (readonly [source: string, observation: Observation, matches: boolean])[] = [
  ["", push(), true],
  ["cmd:fetch", completed(), true],
  ['cmd:"uid fetch"', completed(), true],
  ["cmd:f*", completed(), true],
  ["cmd:uid", completed(), false],
  ["cmd:fetch", push(), false],
  ["not cmd:fetch", push(), true],
  ["status:ok", completed(), true],
  ["status:no", completed(), false],
  ["status:lost", completed({ end: "connectionLost", status: undefined }), true],
  ["status:open", started(), true],
  ["code:trycreate", completed({ status: "NO", code: code("TRYCREATE") }), true],
  ["mailbox:inbox", completed(), true],
  ["mailbox:in*", completed(), true],
  ["mailbox:box", completed(), false],
  ["tag:A1", completed(), true],
  ["conn:1", completed(), true],
  ["conn:2", completed(), false],
  ["wait>1ms", completed(), true],
  ["wait>1.23ms", completed(), false],
  ["wait>=1.23ms", completed(), true],
  ["wait=1.23ms", completed(), true],
  ["wait<1.23ms", completed(), false],
  ["wait<=1.23ms", completed(), true],
  ["wait<1s", started(), false],
  ["not wait>1s", push(), true],
  ["down>12k up<100 octets>12.3k untagged=50", completed(), true],
  ["at>2s", push(), true],
  ["push", push(), true],
  ["push", completed(), false],
  ["push or state", state(), true],
  ["state:selected", state(), true],
  ["state:not-authenticated", state({ to: "notAuthenticated" }), true],
  ["defect", defectFound(), true],
  ["defect", completed(), false],
  ["defect", completed({ defects: [defect("client-bare-lf", "x")] }), true],
  ["defect:client-*", defectFound(), true],
  ["kind:defect", completed({ defects: [defect("client-bare-lf", "x")] }), false],
  ["tls", tlsBegun(), true],
  ["envelope", completed(), true],
  ["inbox", completed(), true],
  ["completed.", completed(), true],
  ["inbox", push(), true],
  ["exists", push(), true],
  ["text:inbox", push(), false],
  ["text:exists", push(), true],
  ["queue", notice("The queue was full."), true],
  ["text:queue", notice("The queue was full."), false],
  ["53422", opened(), true],
  ["bare-lf", defectFound(), true],
  ["cmd:fetch status:no or push", push(), true],
  ["(cmd:fetch or push) conn:2", push(), false],
];

for (const [source, observation, matches] of ROWS) {
  test(`${JSON.stringify(source)} ${matches ? "matches" : "does not match"} ${observation.kind}`, () => {
    assert.equal(matcher(source)(observation), matches);
  });
}

/** The answers of a filter to a whole run of observations. */
function matchAll(source: string, observations: readonly Observation[]): boolean[] {
  return observations.map(matcher(source));
}

test("an exchange matches text in any of its lines", () => {
  const run = [
    started(),
    request("a1 UID FETCH 1:50 (FLAGS)"),
    response("* 1 FETCH (Hello World)"),
    completed(),
  ];
  assert.deepEqual(matchAll('text:"hello w*d"', run), [false, false, true, true]);
  assert.deepEqual(matchAll("text:goodbye", run), [false, false, false, false]);
  assert.equal(matchAll("not text:hello", run).at(-1), false);
});

test("patterns found in different lines of an exchange add up", () => {
  const run = [started(), request("a1 one"), response("* two"), response("* three"), completed()];
  assert.equal(matchAll("text:one text:two text:three", run).at(-1), true);
  assert.equal(matchAll("text:one text:four", run).at(-1), false);
});

test("text in the kept head of a literal is found", () => {
  const fetched = response("* 1 FETCH (BODY[] {9}");
  const head = literal(9000, "Subject: Привет").literal;
  const run = [started(), { ...fetched, frame: { ...fetched.frame, literals: [head] } }, completed()];
  assert.equal(matchAll("text:привет", run).at(-1), true);
});

test("ambiguous responses count for every candidate, and pushes for none", () => {
  const ambiguous = response("* 5 EXISTS secret-word", {
    attribution: { certainty: "ambiguous", exchange: undefined, candidates: [1, 2], during: 1 },
  });
  const run = [started(), started({ id: 2 }), ambiguous, completed(), completed({ id: 2 })];
  assert.deepEqual(matchAll("text:secret-word", run), [false, false, true, true, true]);
  const unsolicited = response("* 5 EXISTS secret-word", {
    attribution: { certainty: "unsolicited", exchange: undefined, candidates: [], during: 1 },
  });
  const pushed = push({ response: unsolicited.response });
  assert.deepEqual(matchAll("text:secret-word", [started(), unsolicited, pushed, completed()]), [
    false,
    true,
    true,
    false,
  ]);
});

test("what was found for an exchange is forgotten with it", () => {
  const run = [started(), response("* needle"), completed(), started(), completed()];
  assert.deepEqual(matchAll("text:needle", run), [false, true, true, false, false]);
});

test("a user is known from a LOGIN that succeeded on", () => {
  const login = command("LOGIN", ["alice", "xxxxxxxx"], { kind: "login", user: "alice" });
  const refused = completed({ command: login, status: "NO" });
  const accepted = completed({ command: login, status: "OK" });
  assert.deepEqual(matchAll("user:alice", [refused, push(), accepted, push(), push({ connection: 2 })]), [
    true,
    false,
    true,
    true,
    false,
  ]);
});

test("names are searched as people read them", () => {
  const made = completed({
    command: command("SELECT", [atom("&BBAEQARFBDgEMg-")], {
      kind: "mailbox",
      mailbox: { raw: "&BBAEQARFBDgEMg-", name: "Архив" },
      target: undefined,
      parameters: [],
    }),
    mailbox: "Архив",
  });
  assert.equal(matcher("архив")(made), true);
  assert.equal(matcher("mailbox:АРХИВ")(made), true);
});

test("an unknown status or list never makes a matcher throw", () => {
  const odd = completed({
    status: undefined,
    command: command("", [list(literal(5))]),
    text: undefined,
    mailbox: undefined,
  });
  for (const source of ["foo", "status:no", "text:x", "code:x", "mailbox:x"])
    assert.equal(matcher(source)(odd), false);
  assert.equal(matcher("text:done")(push({ response: status() })), true);
});
