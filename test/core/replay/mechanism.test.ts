/** SASL that takes any secret: prompts, users, and what cannot be played. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlayable, MECHANISMS, saslOctets } from "../../../src/core/replay/mechanism.ts";
import { cryptoWith } from "./crypto.ts";

/** What the server asks and what the client says, in turns; then the user. */
const DIALOGUES: readonly (readonly [
  mechanism: string,
  turns: readonly string[],
  user: string | undefined,
])[] = [
  ["PLAIN", ["", "\0alice\0secret"], "alice"],
  ["PLAIN", ["", "admin\0alice\0secret"], "alice"],
  ["LOGIN", ["Username:", "alice", "Password:", "secret"], "alice"],
  ["EXTERNAL", ["", "alice"], "alice"],
  ["EXTERNAL", ["", ""], undefined],
  ["CRAM-MD5", ["<chance@imapscope>", "alice smith b913a602c7eda7a495b4e6e7334d3890"], "alice smith"],
  ["XOAUTH2", ["", "user=alice\x01auth=Bearer secret\x01\x01"], "alice"],
  ["OAUTHBEARER", ["", "n,a=alice,\x01host=x\x01auth=Bearer secret\x01\x01"], "alice"],
  ["PLAIN", ["", "nothing that has a user"], undefined],
  ["PLAIN", ["", "\0жанна\0secret"], "жанна"],
];

for (const [name, turns, user] of DIALOGUES) {
  test(`${name} asks ${turns
    .filter((_turn, at) => at % 2 === 0)
    .map((turn) => JSON.stringify(turn))
    .join(", ")} and takes any secret of ${user}`, () => {
    const sasl = MECHANISMS[name]?.start({
      crypto: cryptoWith("chance", Buffer.alloc(1)),
      password: undefined,
    });
    assert.ok(sasl !== undefined);
    let turn = sasl(undefined);
    for (let at = 0; at < turns.length; at += 2) {
      assert.deepEqual(turn, { kind: "challenge", text: Buffer.from(turns[at] ?? "").toString("base64") });
      turn = sasl(Buffer.from(turns[at + 1] ?? ""));
    }
    assert.deepEqual(turn, { kind: "done", user });
  });
}

test("an initial response answers the first prompt", () => {
  const start = (name: string) =>
    MECHANISMS[name]?.start({ crypto: cryptoWith("chance", Buffer.alloc(1)), password: undefined });
  assert.deepEqual(start("PLAIN")?.(Buffer.from("\0alice\0x")), { kind: "done", user: "alice" });
  assert.equal(start("LOGIN")?.(Buffer.from("alice")).kind, "challenge");
});

test("SCRAM is played with a password only, and what is no mechanism never", () => {
  assert.equal(isPlayable("SCRAM-SHA-256", undefined), false);
  assert.equal(isPlayable("SCRAM-SHA-256", "secret"), true);
  for (const name of ["SCRAM-SHA-256-PLUS", "GSSAPI", "DIGEST-MD5", "constructor", ""]) {
    assert.equal(isPlayable(name, "secret"), false, name);
  }
});

test("a line of SASL is Base64, or = for nothing", () => {
  assert.deepEqual(saslOctets("="), new Uint8Array(0));
  assert.deepEqual(saslOctets(""), new Uint8Array(0));
  assert.equal(saslOctets("***"), undefined);
});
