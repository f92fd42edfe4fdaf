import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf } from "../../../src/core/text/verdict.ts";
import { playSelected } from "../../playbook.ts";

const VERDICTS: readonly (readonly [
  what: string,
  dialogue: string,
  tag: string,
  verdict: RegExp | undefined,
])[] = [
  [
    "a wait",
    "@100\nC: a1 NOOP\n@4300\nS: a1 OK done",
    "a1",
    /^The server: 4\.2 s of 4\.2 s until its answer began\.$/,
  ],
  [
    "a wait behind others",
    "@100\nC: a1 NOOP\nC: a2 NOOP\n@4300\nS: a1 OK done\nS: a2 OK done",
    "a2",
    /^The server: .* Other commands were in flight/,
  ],
  [
    "a download",
    "@100\nC: a1 FETCH 1 FLAGS\nS: * 1 FETCH (FLAGS ())\n@3100\nS: a1 OK done",
    "a1",
    /^The answer: 3\.0 s of 3\.0 s for its \d+ octets to come\.$/,
  ],
  [
    "an upload that had to wait",
    "@100\nC: a1 APPEND Sent {3}\n@2140\nS: + go on\nC| abc\nC:\nS: a1 OK done",
    "a1",
    /^The client: 2\.0 s of 2\.0 s .* octets to come; 2\.0 s of that until the server let it go on\.$/,
  ],
  ["one that is not over", "C: a1 NOOP", "a1", undefined],
  ["IDLE", "@100\nC: a1 IDLE\n@150\nS: + idling\n@90000\nC: DONE\nS: a1 OK done", "a1", undefined],
];

for (const [what, dialogue, tag, verdict] of VERDICTS) {
  test(`the verdict on ${what}`, () => {
    const seen = playSelected(dialogue).observations.flatMap((each) =>
      (each.kind === "exchange" || each.kind === "exchangeStarted") && each.exchange.tag === tag
        ? [each.exchange]
        : [],
    );
    const sentence = verdictOf(seen.at(-1) ?? assert.fail(tag));
    if (verdict === undefined) assert.equal(sentence, undefined);
    else assert.match(sentence ?? "", verdict);
  });
}
