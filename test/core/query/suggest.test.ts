import assert from "node:assert/strict";
import { test } from "node:test";
import { suggest } from "../../../src/core/query/suggest.ts";

const NAMES = ["cmd", "command", "mailbox", "wait", "total", "tag"];

const ROWS: readonly (readonly [written: string, meant: string | undefined])[] = [
  ["wiat", "wait"],
  ["mailbx", "mailbox"],
  ["mail", "mailbox"],
  ["comand", "command"],
  ["totl", "total"],
  ["subject", undefined],
  ["x", undefined],
  ["", undefined],
];

for (const [written, meant] of ROWS) {
  test(`${JSON.stringify(written)} means ${meant}`, () => assert.equal(suggest(written, NAMES), meant));
}
