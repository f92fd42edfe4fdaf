import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1 } from "../../../src/core/base/octets.ts";
import { frameOf, framesOf } from "../../../src/core/imap/frame-of.ts";

test("frames of octets, the last one cut", () => {
  const frames = framesOf("client", "a LOGIN {1}\r\nu {1}\r\np\r\nb NOOP\r\nc NO");
  assert.deepEqual(
    frames.map(({ lines, end }) => [lines.map((line) => latin1(line)), end]),
    [
      [["a LOGIN {1}", " {1}", ""], "crlf"],
      [["b NOOP"], "crlf"],
      [["c NO"], "cut"],
    ],
  );
});

test("the first frame, or an empty one", () => {
  assert.equal(frameOf("server", "* OK hi").end, "cut");
  assert.equal(frameOf("server", "").octets, 0);
});
