import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { fromLatin1, latin1 } from "../../../src/core/base/octets.ts";
import { MessageSettler, settledDigest, settledText } from "../../../src/core/replay/message-settler.ts";
import { chunked } from "../../chunks.ts";
import { ignoring } from "../../requests.ts";

const ALL = ignoring("date", "boundary", "/zz+/");

function settle(text: string): string {
  return settledText(fromLatin1(text), ALL);
}

test("header fields are left out with their folded lines, in the header of the message and of its parts", () => {
  assert.equal(
    settle("A: 1\r\nDate: x\r\n y\r\n\tz\r\nB: 2\r\n\r\nDate: stays\r\n"),
    "A: 1\r\nB: 2\r\n\r\nDate: stays\r\n",
  );
  const part =
    "Content-Type: a/b; boundary=q\r\n\r\n--q\r\nDate: x\r\nC: d\r\n\r\nDate: y\r\n--q--\r\nDate: z";
  assert.equal(
    settle(part),
    "Content-Type: a/b; boundary=1\r\n\r\n--1\r\nC: d\r\n\r\nDate: y\r\n--1--\r\nDate: z",
  );
});

test("boundaries are numbered in the order in which they are named, within each other too", () => {
  const nested =
    'T: m; boundary=a--\r\n\r\n--a--\r\nT: m; boundary="b c"\r\n\r\n--b c\r\n\r\n--b c--\r\n--a----  \r\n--other\r\n';
  assert.equal(
    settle(nested),
    "T: m; boundary=1\r\n\r\n--1\r\nT: m; boundary=2\r\n\r\n--2\r\n\r\n--2--\r\n--1--\r\n--other\r\n",
  );
});

test("what is left is the same in any chunking, with lines over every bound too", () => {
  const piece = fc.constantFrom(
    ...[
      "Date: a\r\n",
      "\r\n",
      " x\r\n",
      "B: boundary=q\r\n",
      "--q\r\n",
      "--q--\r\n",
      "y",
      "zzz",
      "\n",
      "-",
      "\r",
    ],
    "l".repeat(LIMITS.printHeadOctets),
    `${"z".repeat(LIMITS.printHeadOctets + 3)}\r\n`,
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.nat(9)),
      fc.integer({ min: 900, max: 70_000 }),
      (pieces, sizes, rest) => {
        const bytes = fromLatin1(pieces.join(""));
        let text = "";
        const settler = new MessageSettler(ALL, { update: (run) => (text += latin1(run)) });
        for (const run of chunked(bytes, sizes.values(), rest)) settler.update(run);
        settler.finish();
        assert.ok(text === settledText(bytes, ALL));
      },
    ),
    { numRuns: 60 },
  );
});

test("a message of which nothing is left out keeps its octets", () => {
  const text = "A: b\r\n\r\n--x\r\nbody\n\r\n-";
  assert.equal(settle(text), text);
  assert.equal(settledDigest(fromLatin1(text), ALL), settledDigest(fromLatin1(`Date: 1\r\n${text}`), ALL));
});
