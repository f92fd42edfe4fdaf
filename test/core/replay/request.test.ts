import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { latin1 } from "../../../src/core/base/octets.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { readRequest } from "../../../src/core/replay/request.ts";
import { octetStream } from "../../chunks.ts";
import { asked, requestOf } from "../../requests.ts";

test("the exact text has all octets behind the tag, and long literals by their digest", () => {
  assert.equal(asked('SELECT  "a"').exact, 'SELECT  "a"');
  assert.equal(asked("SELECT {1}\r\na (x)").exact, "SELECT {1}\r\na (x)");
  assert.notEqual(asked("SELECT {1}\r\na").exact, asked("SELECT {1+}\r\na").exact);
  const long = "x".repeat(1000);
  const { exact } = asked(`APPEND a {1000}\r\n${long}`);
  assert.match(exact, /^APPEND a \{1000\}\r\n…1000 octets, digest [0-9a-f]{16}$/);
  assert.notEqual(exact, asked(`APPEND a {1000}\r\n${long.slice(1)}y`).exact);
  assert.notEqual(requestOf("a NOOP\r\n").exact, requestOf("a NOOP\n").exact);
});

test("the tag is no part of it", () => {
  assert.deepEqual(requestOf("zz9 NOOP\r\n").exact, requestOf("a NOOP\r\n").exact);
});

test("a literal that never came is known by its size, and may be any of that", () => {
  const frame = { ...frameOf("client", "a APPEND b {5}\r\n"), end: "refused" as const };
  const { exact, fields, isRefused } = readRequest(frame);
  assert.equal(exact, "APPEND b {5}\r\n…5 octets, xxxxxxxx");
  assert.equal(fields.at(-1)?.value, "…5 octets, xxxxxxxx");
  assert.ok(isRefused);
});

test("the same in any chunking", () => {
  const text = 'a1 UID SEARCH CHARSET UTF-8 FROM {12}\r\njoe@a.\r\nb.cd SUBJECT "x"\r\n';
  for (let chunk = 1; chunk < 20; chunk++) {
    const { exact, fields } = requestOf(text, undefined, chunk);
    assert.deepEqual({ exact, fields }, (({ exact, fields }) => ({ exact, fields }))(requestOf(text)));
  }
});

test("octets of any kind give a request", () => {
  fc.assert(
    fc.property(octetStream, (bytes) => {
      for (const authenticated of [true, false]) {
        const request = readRequest(frameOf("client", bytes), [], authenticated);
        assert.equal(request.fields[0]?.name, "command");
      }
      assert.ok(requestOf(`${latin1(bytes)}\r\n`).fields.length > 0);
    }),
  );
});
