/** The server's side of SCRAM against the dialogues that the RFCs give. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SaslTurn } from "../../../src/core/replay/mechanism.ts";
import { type HashName, startScram } from "../../../src/core/replay/scram.ts";
import { cryptoWith } from "./crypto.ts";

interface Dialogue {
  readonly rfc: string;
  readonly hash: HashName;
  readonly nonce: string;
  readonly salt: string;
  readonly first: string;
  readonly serverFirst: string;
  readonly final: string;
  readonly serverFinal: string;
}

const DIALOGUES: readonly Dialogue[] = [
  {
    rfc: "RFC 5802 §5",
    hash: "sha1",
    nonce: "3rfcNHYJY1ZVvWVs7j",
    salt: "QSXCR+Q6sek8bf92",
    first: "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
    serverFirst: "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
    final: "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
    serverFinal: "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
  },
  {
    rfc: "RFC 7677 §3",
    hash: "sha256",
    nonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
    salt: "W22ZaJ0SNY7soEsUEjb6gQ==",
    first: "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    serverFirst: "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    final:
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    serverFinal: "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
  },
];

function begin({ hash, nonce, salt }: Dialogue, password = "pencil") {
  return startScram({ hash, password, crypto: cryptoWith(nonce, Buffer.from(salt, "base64")) });
}

function told(turn: SaslTurn): string {
  return turn.kind === "challenge" ? Buffer.from(turn.text, "base64").toString() : turn.kind;
}

for (const dialogue of DIALOGUES) {
  test(`the dialogue of ${dialogue.rfc} is answered to the letter`, () => {
    const scram = begin(dialogue);
    assert.equal(told(scram(undefined)), "");
    assert.equal(told(scram(Buffer.from(dialogue.first))), dialogue.serverFirst);
    assert.equal(told(scram(Buffer.from(dialogue.final))), dialogue.serverFinal);
    assert.deepEqual(scram(Buffer.alloc(0)), { kind: "done", user: "user" });
  });

  test(`another password fails in ${dialogue.rfc}, and says which was expected`, () => {
    const scram = begin(dialogue, "crayon");
    scram(Buffer.from(dialogue.first));
    const turn = scram(Buffer.from(dialogue.final));
    assert.deepEqual(turn, { kind: "failed", why: "the password is not the one that --password gives" });
  });
}

const [example] = DIALOGUES;
assert.ok(example !== undefined);

const BROKEN: readonly (readonly [name: string, first: string, final: string])[] = [
  ["no message at all", "", ""],
  ["channel binding", "p=tls-unique,,n=user,r=abc", ""],
  ["another nonce", example.first, "c=biws,r=somethingelse,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="],
  ["a nonce that is only begun", example.first, "c=biws,r=fyko,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="],
  ["another header", example.first, example.final.replace("c=biws", "c=eSws")],
  ["no proof", example.first, example.final.replace(/,p=.*/, "")],
  ["a proof that is no Base64", example.first, example.final.replace(/,p=.*/, ",p=?")],
];

for (const [name, first, final] of BROKEN) {
  test(`SCRAM fails with a reason: ${name}`, () => {
    const scram = begin(example);
    const turn = scram(Buffer.from(first));
    assert.equal((turn.kind === "failed" ? turn : scram(Buffer.from(final))).kind, "failed");
  });
}

test("names with commas and equals signs are given as they are", () => {
  const scram = begin(example, "");
  scram(Buffer.from("n,,n=a=2Cb=3Dc,r=x"));
  const [nonce = ""] = told(begin(example)(Buffer.from("n,,n=a=2Cb=3Dc,r=x"))).split(",");
  assert.equal(nonce, `r=x${example.nonce}`);
});
