import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_IGNORED } from "../../../src/core/replay/ignore.ts";
import { settledExact, settledFields } from "../../../src/core/replay/settle.ts";
import { asked, ignoring } from "../../requests.ts";

test("without rules nothing is made anew", () => {
  const request = asked("SELECT a");
  assert.equal(settledFields(request, NOTHING_IGNORED), request.fields);
  assert.equal(settledExact(request, NOTHING_IGNORED), request.exact);
});

test("the command itself is never left out by a pattern", () => {
  const fields = settledFields(asked("SELECT SELECT"), ignoring(/SELECT/));
  assert.deepEqual(
    fields.map(({ value }) => value),
    ["SELECT", ""],
  );
});

test("at exact level too a message is compared without what is left out, short or long", () => {
  const ignored = ignoring("date");
  for (const body of ["x", "x".repeat(5000)]) {
    const [one, other, third] = [
      `Date: 1\r\n\r\n${body}`,
      `Date: 22\r\n\r\n${body}`,
      `Date: 1\r\n\r\ny${body}`,
    ].map((message) => settledExact(asked(`APPEND a {${message.length}}\r\n${message}`, ignored), ignored));
    assert.equal(one, other);
    assert.notEqual(one, third);
  }
});

test("a message of which only the head is known, by that, and else by its digest", () => {
  const ignored = ignoring("date");
  const long = `Date: 1\r\n\r\n${"x".repeat(100_000)}`;
  const settled = settledFields(asked(`APPEND a {${long.length}}\r\n${long}`), ignored).at(-1);
  assert.match(settled?.value ?? "", /^…100011 octets, digest/);
  const short = "Date: 1\r\n\r\nx";
  const other = settledFields(asked(`APPEND a {${short.length}}\r\n${short}`), ignored).at(-1);
  assert.match(other?.value ?? "", /^…settled digest/);
});
