import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { fromLatin1, latin1 } from "../../../src/core/base/octets.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { digestOf } from "../../../src/core/replay/digest.ts";
import { printsByLiteral } from "../../../src/core/replay/literal-print.ts";
import { asked, ignoring, requestOf } from "../../requests.ts";

const LONG = "x".repeat(LIMITS.printHeadOctets + 100);

test("a literal is told by its octets, its digest and its head, in any chunking", () => {
  for (const chunk of [1, 7, 1 << 20]) {
    const text = `a1 APPEND a {3}\r\nabc {0}\r\n {${LONG.length}+}\r\n${LONG}\r\n`;
    const prints = requestOf(text, undefined, chunk).fields.flatMap(({ print }) => print ?? []);
    assert.deepEqual(
      prints.map(({ octets, digest, head }) => [octets, digest, head.length]),
      [
        [3, digestOf(fromLatin1("abc")), 3],
        [0, digestOf(new Uint8Array(0)), 0],
        [LONG.length, digestOf(fromLatin1(LONG)), LIMITS.printHeadOctets],
      ],
    );
  }
});

test("all heads of a command together are bounded, and digests are there nevertheless", () => {
  const count = LIMITS.printHeadsOctets / LIMITS.printHeadOctets + 3;
  const literals = Array.from({ length: count }, () => ` {${LONG.length}+}\r\n${LONG}`).join("");
  const prints = asked(`APPEND a${literals}`).fields.flatMap(({ print }) => print ?? []);
  assert.equal(prints.length, count);
  assert.ok(prints.every(({ digest }) => digest !== undefined));
  assert.equal(
    prints.reduce((sum, { head }) => sum + head.length, 0),
    LIMITS.printHeadsOctets,
  );
});

test("with rules there is a digest of what they leave", () => {
  const ignored = ignoring("date");
  const [one, other] = ["Date: 1", "Date: 22"].map((date) => {
    const message = `${date}\r\nSubject: a\r\n\r\nb`;
    return asked(`APPEND a {${message.length}}\r\n${message}`, ignored).fields.at(-1)?.print;
  });
  assert.ok(one?.settled !== undefined);
  assert.equal(one.settled, other?.settled);
  assert.notEqual(one.digest, other?.digest);
});

test("without prints a literal is known by its head, if that is all of it", () => {
  const frame = frameOf("client", `a1 APPEND a {3}\r\nabc {${LONG.length}}\r\n${LONG}\r\n`);
  const prints = [...printsByLiteral(frame, []).values()];
  assert.deepEqual(
    prints.map(({ octets, digest }) => [octets, digest]),
    [
      [3, digestOf(fromLatin1("abc"))],
      [LONG.length, undefined],
    ],
  );
  assert.equal(latin1(prints[0]?.head ?? new Uint8Array(0)), "abc");
});
