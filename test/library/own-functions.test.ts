import assert from "node:assert/strict";
import { test } from "node:test";
import type { Played } from "../../src/core/replay/played.ts";
import { createOwnFunctions } from "../../src/library/own-functions.ts";
import { asked } from "../requests.ts";

const NOOP = asked("NOOP");
const PLAYED: Played = { client: 1, atMicros: 0, request: NOOP, outcome: { kind: "refused", why: "" } };

test("what a user's functions throw is told once, and thrown again at the end", () => {
  const told: string[] = [];
  const first = new TypeError("no \x1b such field");
  const own = createOwnFunctions(
    {
      match: () => {
        throw first;
      },
      onPlayed: () => {
        throw new Error("later");
      },
    },
    (what) => told.push(what),
  );
  own.rethrow();
  assert.equal(typeof own.match === "function" && own.match(NOOP, NOOP), false);
  own.onPlayed(PLAYED);
  assert.deepEqual(told, ["Your function match has thrown: TypeError: no \u241b such field"]);
  assert.throws(own.rethrow, (error) => error === first);
});

test("what they give is taken as it is, and without any it is by meaning", () => {
  const played: Played[] = [];
  const own = createOwnFunctions({ match: () => true, onPlayed: (one) => played.push(one) }, assert.fail);
  own.onPlayed(PLAYED);
  assert.equal(typeof own.match === "function" && own.match(NOOP, NOOP), true);
  assert.deepEqual(played, [PLAYED]);
  assert.equal(createOwnFunctions({}, assert.fail).match, "canonical");
  assert.equal(createOwnFunctions({ match: "exact" }, assert.fail).match, "exact");
  own.rethrow();
});
