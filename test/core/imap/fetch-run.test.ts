import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1, utf8 } from "../../../src/core/base/octets.ts";
import { fetchRunEnd } from "../../../src/core/imap/fetch-run.ts";

const rest = (text: string, start = 0): string => {
  const octets = utf8(text);
  return latin1(octets, fetchRunEnd(octets, start));
};

const RUN = "* 1 FETCH (FLAGS ())\r\n* 22 FETCH (UID 5)\n";

test("a run of whole FETCH responses is passed, up to what is none", () => {
  assert.equal(rest(`${RUN}a OK done\r\n`), "a OK done\r\n");
  assert.equal(rest(`a OK\r\n${RUN}`, 6), "");
});

const STOPS = [
  "* 3 FETCH (BODY[] {5}\r\nhello)\r\n",
  "* 3 FETCH (BODY[] {5}\nhello)\n",
  "* 3 FETCH (UID 5",
  "* OK [ALERT] text\r\n",
  "* 3 EXISTS\r\n",
  "* 3 OK x\r\n",
  "* FETCH (UID 5)\r\n",
  "*  3 FETCH (UID 5)\r\n",
  "* 12345678901 FETCH (UID 5)\r\n",
  "3 FETCH (UID 5)\r\n",
  "+ FETCH\r\n",
  "\r\n",
  "",
];

for (const stop of STOPS) {
  test(`it ends before ${JSON.stringify(stop)}`, () => {
    assert.equal(rest(RUN + stop), stop);
    assert.equal(rest(stop), stop);
  });
}
