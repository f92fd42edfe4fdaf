import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCommand, parseResponse, readFrames } from "../../src/library/parse.ts";

test("a command is parsed with and without its line end, as text, bytes or frame", () => {
  const [frame] = readFrames("client", "a1 SELECT INBOX\r\n");
  assert.ok(frame !== undefined);
  const forms = [
    "a1 SELECT INBOX",
    "a1 SELECT INBOX\r\n",
    new TextEncoder().encode("a1 SELECT INBOX\r\n"),
    frame,
  ];
  for (const form of forms) {
    const { value, defects } = parseCommand(form);
    assert.equal(value.tag, "a1");
    assert.equal(value.name, "SELECT");
    assert.equal(value.detail.kind === "mailbox" && value.detail.mailbox.name, "INBOX");
    assert.deepEqual(defects, []);
  }
});

test("a response is parsed with and without its line end", () => {
  for (const form of ["* 3 EXISTS", "* 3 EXISTS\r\n"]) {
    const { value, defects } = parseResponse(form);
    assert.equal(value.kind, "data");
    assert.equal(value.kind === "data" && value.number, 3);
    assert.deepEqual(defects, []);
  }
});

test("a literal that is not whole is no complete command", () => {
  const whole = parseCommand("a1 LOGIN {5}\r\nalice {3}\r\nabc");
  assert.deepEqual(whole.defects, []);
  assert.equal(whole.value.detail.kind === "login" && whole.value.detail.user, "alice");
  const [cut] = readFrames("client", "a1 LOGIN {5}\r\nali");
  assert.equal(cut?.end, "cut");
});

test("frames are whole units with their literals; the last may be cut", () => {
  const frames = readFrames("server", "* OK hi {3}\r\n* 1 FETCH (BODY[] {4}\r\n\r\n\r\n)\r\n* 2 EX");
  assert.deepEqual(
    frames.map(({ lines, literals, end }) => [lines.length, literals.length, end]),
    [
      [1, 0, "crlf"],
      [2, 1, "crlf"],
      [1, 0, "cut"],
    ],
  );
});

test("nothing at all is a value too", () => {
  assert.equal(parseCommand("").value.name, "");
  assert.equal(parseResponse("").value.kind, "malformed");
  assert.deepEqual(readFrames("client", ""), []);
});

test("no octets make the parsers throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseCommand(bytes);
      parseResponse(bytes);
      readFrames("client", bytes);
      readFrames("server", bytes);
    }),
  );
});
