import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailReader } from "../../../src/tui/run/mail-reader.ts";

test("words are given back as they are until the reader is there, which the first encoded one asks for", async () => {
  let ready = 0;
  const { decodeWords, isReady, load } = createMailReader(() => ready++);
  assert.equal(decodeWords("a subject"), "a subject");
  assert.equal(isReady(), false);
  const encoded = "=?utf-8?B?6K2w5LqL6Yyy?=";
  assert.equal(decodeWords(encoded), encoded);
  assert.equal(await load(), await load());
  assert.deepEqual([isReady(), ready], [true, 1]);
  assert.equal(decodeWords(encoded), "議事録");
});
