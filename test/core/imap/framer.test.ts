import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { concat, latin1, utf8 } from "../../../src/core/base/octets.ts";
import type { Frame } from "../../../src/core/imap/frame.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { createFramer } from "../../../src/core/imap/framer.ts";
import type { Framer } from "../../../src/core/imap/framer-options.ts";
import { isFreeText } from "../../../src/core/imap/free-text.ts";
import { chunked, octetStream } from "../../chunks.ts";
import { runs } from "../../runs.ts";

function framing(from: "client" | "server"): { framer: Framer; frames: Frame[] } {
  const frames: Frame[] = [];
  const framer = createFramer({
    from,
    literalHeadOctets: LIMITS.literalHeadOctets,
    opensLiterals: (line) => from === "client" || !isFreeText(line),
    onAnnounced: () => {},
    onFrame: (frame) => {
      frames.push(frame);
      return true;
    },
  });
  return { framer, frames };
}

function plain(frame: Frame): unknown {
  return {
    ...frame,
    lines: frame.lines.map((line) => latin1(line)),
    literals: frame.literals.map((literal) => ({ ...literal, head: latin1(literal.head) })),
  };
}

function framesOf(from: "client" | "server", chunks: readonly Uint8Array[]): unknown[] {
  const { framer, frames } = framing(from);
  for (const chunk of chunks) framer.push(chunk, 7);
  framer.finish();
  return frames.map(plain);
}

interface Row {
  readonly name: string;
  readonly from: "client" | "server";
  readonly octets: string;
  readonly lines: readonly (readonly string[])[];
}

const ROWS: readonly Row[] = [
  { name: "lines", from: "client", octets: "a NOOP\r\nb NOOP\r\n", lines: [["a NOOP"], ["b NOOP"]] },
  {
    name: "bare LF ends a line",
    from: "client",
    octets: "a NOOP\nb NOOP\r\n",
    lines: [["a NOOP"], ["b NOOP"]],
  },
  { name: "a CR inside stays", from: "client", octets: "a N\rOOP\r\n", lines: [["a N\rOOP"]] },
  {
    name: "literals, synchronizing and not",
    from: "client",
    octets: "a LOGIN {5}\r\nalice {3+}\r\nx\r\n\r\n",
    lines: [["a LOGIN {5}", " {3+}", ""]],
  },
  { name: "literal of no octets", from: "client", octets: "a X {0}\r\n\r\n", lines: [["a X {0}", ""]] },
  {
    name: "a literal may hold anything",
    from: "server",
    octets: "* 1 FETCH (BODY[] ~{11}\r\nA1 OK\r\n{9}\r)\r\n",
    lines: [["* 1 FETCH (BODY[] ~{11}", ")"]],
  },
  {
    name: "free text opens no literal",
    from: "server",
    octets: "* OK quota {5}\r\na OK {9}\r\n+ {3}\r\n",
    lines: [["* OK quota {5}"], ["a OK {9}"], ["+ {3}"]],
  },
  {
    name: "a malformed line opens no literal",
    from: "server",
    octets: "what is {5}\r\n* OK\r\n",
    lines: [["what is {5}"], ["* OK"]],
  },
  { name: "`{n}` inside a line is text", from: "client", octets: "a X {5} y\r\n", lines: [["a X {5} y"]] },
  { name: "cut in a line", from: "client", octets: "a NO", lines: [["a NO"]] },
  { name: "cut in a literal", from: "client", octets: "a X {9}\r\nabc", lines: [["a X {9}", ""]] },
];

for (const row of ROWS) {
  test(`RFC 9051 §4.3: ${row.name}`, () => {
    const bytes = utf8(row.octets);
    const whole = framesOf(row.from, [bytes]);
    assert.deepEqual(
      whole.map((frame) => (frame as { lines: string[] }).lines),
      row.lines,
    );
    const octetByOctet = framesOf(
      row.from,
      Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)),
    );
    assert.deepEqual(octetByOctet, whole);
  });
}

test("law: any chunking gives the same frames", () => {
  for (const from of ["client", "server"] as const) {
    fc.assert(
      fc.property(octetStream, fc.infiniteStream(fc.nat(12)), (bytes, sizes) => {
        assert.deepEqual(framesOf(from, chunked(bytes, sizes)), framesOf(from, [bytes]));
      }),
      { numRuns: runs(300) },
    );
  }
});

test("law: the octets of the frames add up to the octets that came", () => {
  fc.assert(
    fc.property(octetStream, (bytes) => {
      const { framer, frames } = framing("server");
      framer.push(bytes, 0);
      framer.finish();
      assert.equal(
        frames.reduce((sum, frame) => sum + frame.octets, 0),
        bytes.length,
      );
    }),
  );
});

test("a line over the limit is kept up to it, with its literal header, for any chunking", () => {
  const line = utf8(`a X ${"y".repeat(LIMITS.lineOctets + 5000)} {3}\r\n`);
  const bytes = concat([line, utf8("abc\r\nb NOOP\r\n")]);
  const { framer, frames } = framing("client");
  framer.push(bytes, 0);
  assert.equal(frames.length, 2);
  assert.equal(frames[0]?.literals[0]?.octets, 3);
  assert.ok((frames[0]?.droppedOctets ?? 0) > 4900);
  assert.deepEqual(
    framesOf("client", chunked(bytes, [100_003, 7, 65_536].values(), 65_536)),
    framesOf("client", [bytes]),
  );
});

test("an octet at a time of a long line stays linear", () => {
  const bytes = utf8("x".repeat(300_000));
  const { framer } = framing("client");
  const started = performance.now();
  for (let i = 0; i < bytes.length; i++) framer.push(bytes.subarray(i, i + 1), 0);
  assert.ok(performance.now() - started < 10_000);
});

test("times are those of the first and last octet, and of the header", () => {
  const { framer, frames } = framing("client");
  framer.push(utf8("a X {3}\r\n"), 10);
  framer.continued(20);
  framer.push(utf8("abc"), 30);
  framer.push(utf8("\r\n"), 40);
  const [frame] = frames;
  assert.equal(frame?.startMicros, 10);
  assert.equal(frame?.endMicros, 40);
  assert.equal(frame?.literals[0]?.announcedMicros, 10);
  assert.equal(frame?.literals[0]?.continuedMicros, 20);
});

test("what has come of a frame is told while it is received, and nothing between frames", () => {
  const { framer } = framing("server");
  assert.equal(framer.underWay(), undefined);
  framer.push(utf8("* 1 FETCH (BODY[] {9}\r\nabc"), 5);
  framer.push(utf8("de"), 6);
  assert.deepEqual(framer.underWay(), { startMicros: 5, octets: 28 });
  framer.push(utf8("fghi)\r\n"), 7);
  assert.equal(framer.underWay(), undefined);
});

test("a literal that is refused as it is announced ends its frame and the push", () => {
  const frames: Frame[] = [];
  const framer = createFramer({
    from: "client",
    literalHeadOctets: 0,
    opensLiterals: () => true,
    onAnnounced: () => framer.refuse(),
    onFrame: (frame) => {
      frames.push(frame);
      return false;
    },
  });
  const octets = utf8("a APPEND x {3}\r\nb NOOP\r\n");
  const taken = framer.push(octets, 0);
  assert.equal(taken, 16);
  assert.equal(framer.push(octets.subarray(taken), 0), 8);
  assert.deepEqual(
    frames.map(({ end, octets }) => [end, octets]),
    [
      ["refused", 16],
      ["crlf", 8],
    ],
  );
});

test("a refused literal ends its frame; what follows is a new one", () => {
  const { framer, frames } = framing("client");
  framer.push(utf8("a X {300}\r\n"), 0);
  framer.refuse();
  framer.push(utf8("b NOOP\r\n"), 0);
  assert.deepEqual(
    frames.map((frame) => frame.end),
    ["refused", "crlf"],
  );
});

test("onFrame can stop the framer behind a frame", () => {
  const framer = createFramer({
    from: "server",
    literalHeadOctets: 0,
    opensLiterals: () => true,
    onAnnounced: () => {},
    onFrame: () => false,
  });
  assert.equal(framer.push(utf8("a OK\r\nrest"), 0), 6);
});

test("literal heads are bounded", () => {
  const octets = LIMITS.literalHeadOctets + 100;
  const frame = frameOf("server", `* 1 FETCH (BODY[] {${octets}}\r\n${"z".repeat(octets)})\r\n`);
  assert.equal(frame.literals[0]?.head.length, LIMITS.literalHeadOctets);
  assert.equal(frame.literals[0]?.received, octets);
});

/** Frames, and the runs that pass, of lines that begin with `p`, for which nobody asks. */
function passing(chunks: readonly string[]): string[] {
  const told: string[] = [];
  const framer = createFramer({
    from: "server",
    literalHeadOctets: 0,
    opensLiterals: () => true,
    onAnnounced: () => {},
    onFrame: ({ lines, octets }) => {
      told.push(`frame ${latin1(lines[0] ?? utf8(""))} ${octets}`);
      return true;
    },
    passes: (bytes, start, startMicros, endMicros) => {
      let end = start;
      while (bytes[end] === 0x70 && bytes.indexOf(0x0a, end) >= 0) end = bytes.indexOf(0x0a, end) + 1;
      if (end > start)
        told.push(`passed ${JSON.stringify(latin1(bytes, start, end))} ${startMicros} ${endMicros}`);
      return end;
    },
  });
  for (const [at, chunk] of chunks.entries()) framer.push(utf8(chunk), at);
  framer.finish();
  return told;
}

test("units that nobody asks for pass, also one that a read cut off, with the times of its first and last octet", () => {
  assert.deepEqual(passing(["p1\r\np2\r\na\r\np", "3", "\r", "\np4\r\nb"]), [
    'passed "p1\\r\\np2\\r\\n" 0 0',
    "frame a 3",
    'passed "p3\\r\\n" 0 3',
    'passed "p4\\r\\n" 3 3',
    "frame b 1",
  ]);
});

test("what stands behind a literal is part of its unit, and never passes by itself", () => {
  assert.deepEqual(passing(["x {1}\r\n", "yp", "q\r\n"]), ["frame x {1} 12"]);
});
