import assert from "node:assert/strict";
import { test } from "node:test";
import { explainLines, titleOf, unique } from "../../../src/tui/details/explain-lines.ts";
import { lines, options, shown } from "./shown.ts";

test("each subject is explained in words, with where the RFC says so", () => {
  assert.equal(
    shown(
      explainLines(
        [
          { topic: "code", name: "TRYCREATE" },
          { topic: "notion", name: "tag" },
          { topic: "code", name: "TRYCREATE" },
        ],
        options({ columns: 60 }),
      ),
    ),
    lines(`
      [TRYCREATE] · response code
      The target mailbox does not exist, but could be created.
      stands in: tagged responses
      answers: APPEND, COPY, MOVE, REPLACE, UID COPY, UID MOVE,
               UID REPLACE
      RFC 9051 §7.1

      tag · notion
      A short word that the client invents for each command. The
      server repeats it in the line that completes the command, so
      that both know which one is meant.
      RFC 9051 §2.2.1
    `),
  );
});

test("a subject is there once, at its first place", () => {
  const tag = { topic: "notion", name: "tag" } as const;
  const ok = { topic: "response", name: "OK" } as const;
  assert.deepEqual(unique([tag, ok, tag]), [tag, ok]);
});

test("on a shared screen a name that somebody made up is no title", () => {
  assert.equal(titleOf({ topic: "flag", name: "geheim" }, true), "••• · flag");
  assert.equal(titleOf({ topic: "flag", name: "\\seen" }, true), "\\Seen · flag");
  assert.equal(titleOf({ topic: "flag", name: "geheim" }, false), "geheim · flag");
  assert.equal(titleOf({ topic: "state", name: "selected" }, true), "selected · state");
});
