import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { concat, displayText, fromLatin1, utf8 } from "../../../src/core/base/octets.ts";
import { createCaptureDecoder } from "../../../src/core/capture/decode.ts";
import { encodeHeader } from "../../../src/core/capture/encode.ts";
import type { CaptureProblem } from "../../../src/core/capture/format.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { chunked } from "../../chunks.ts";
import { runs } from "../../runs.ts";
import { captureOf, comparable, decoded, HEADER, wireEvent } from "../../wire-events.ts";

const FIRST = encodeHeader(HEADER);
const DATA = '{"type":"data","connection":1,"at":1.000,"from":"server"';
const sizes = fc.infiniteStream(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6000 })));

function end(connection: number): string {
  return `{"type":"end","connection":${connection},"at":2.000,"from":"client"}\n`;
}

/** Decodes whole and octet by octet, which must give the same. */
function read(file: string | Uint8Array) {
  const bytes = typeof file === "string" ? utf8(file) : file;
  const whole = decoded([bytes]);
  assert.deepEqual(decoded(chunked(bytes, [].values())), whole);
  return whole;
}

/** Events in short: the connection of an `end`, the text of data. */
function brief(events: readonly WireEvent[]): (string | number)[] {
  return events.map((event) => (event.kind === "data" ? displayText(event.bytes) : event.connection));
}

function places(problems: readonly CaptureProblem[]): string[] {
  return problems.map(({ kind, line }) => `${kind} ${line}`);
}

test("law: decode(encode(events)) = events, for any events and chunks, raw and plain", () => {
  fc.assert(
    fc.property(fc.array(wireEvent), sizes, fc.boolean(), (events, chunks, plainOnly) => {
      const result = decoded(chunked(captureOf(events, { plainOnly }), chunks, 1000));
      assert.deepEqual(result.headers, [HEADER]);
      assert.deepEqual(result.events, events.map(comparable));
      assert.deepEqual(result.problems, []);
    }),
  );
});

test("law: torn anywhere, it gives the events before, and at most a beginning of the next", () => {
  fc.assert(
    fc.property(fc.array(wireEvent, { maxLength: 4 }), fc.boolean(), fc.nat(), (events, plainOnly, at) => {
      const file = captureOf(events, { plainOnly });
      const torn = FIRST.length - 1 + (at % (file.length - FIRST.length + 2));
      const result = decoded([file.subarray(0, torn)]);
      const last = result.events.at(-1);
      const whole = result.events.slice(0, -1);
      assert.deepEqual(whole, events.slice(0, whole.length).map(comparable));
      const next = events[whole.length];
      if (last === undefined) return;
      assert.ok(next !== undefined);
      if (result.problems.length === 0 || next.kind !== "data" || last.kind !== "data") {
        return assert.deepEqual(last, comparable(next));
      }
      assert.deepEqual(last.bytes, Uint8Array.from(next.bytes.subarray(0, last.bytes.length)));
      assert.deepEqual({ ...last, bytes: 0, redacted: 0 }, { ...next, bytes: 0, redacted: 0 });
      return;
    }),
    { numRuns: runs(300) },
  );
});

test("law: torn anywhere, a cut is reported exactly where a record is not whole", () => {
  fc.assert(
    fc.property(fc.array(wireEvent, { minLength: 1, maxLength: 3 }), fc.nat(), (events, at) => {
      const file = captureOf(events);
      const borders = [FIRST.length];
      for (let i = 1; i <= events.length; i++) borders.push(captureOf(events.slice(0, i)).length);
      const torn = FIRST.length + (at % (file.length - FIRST.length));
      const result = decoded([file.subarray(0, torn)]);
      // The line feed that ends a record is not missed.
      const atBorder = borders.some((border) => torn === border || torn === border - 1);
      assert.deepEqual(result.problems.length, atBorder ? 0 : 1);
      assert.equal(result.problems[0]?.kind ?? "cut", "cut");
      const start = Math.max(...borders.filter((border) => border <= torn));
      assert.equal(result.problems[0]?.offset ?? start, start);
    }),
    { numRuns: runs(300) },
  );
});

test("law: no octets make it throw, and the chunks do not matter", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .constantFrom(FIRST, DATA, end(1), ',"octets":3}\n', ',"octets":0}\n', ',"text":"a', '"}\n', "\n", "{")
      .map(utf8),
  );
  const anything = fc.tuple(fc.boolean(), fc.array(piece, { maxLength: 12 }));
  fc.assert(
    fc.property(anything, sizes, ([headed, pieces], chunks) => {
      const file = concat([utf8(headed ? FIRST : ""), ...pieces]);
      assert.deepEqual(decoded(chunked(file, chunks, 3)), decoded([file]));
    }),
    { numRuns: runs(500) },
  );
});

test("law: a reader that begins behind the whole records reads on as the first does", () => {
  fc.assert(
    fc.property(fc.array(wireEvent, { maxLength: 12 }), fc.nat(), (events, cut) => {
      const file = captureOf(events);
      const given: WireEvent[] = [];
      const decoder = createCaptureDecoder({
        onHeader: () => {},
        onEvent: (event) => given.push(comparable(event)),
        onProblem: () => {},
      });
      decoder.push(file.subarray(0, cut % (file.length + 1)));
      const whole = decoder.wholeOctets();
      const rest = whole === 0 ? file : concat([captureOf([]), file.subarray(whole)]);
      const all = decoded([file]).events;
      const { events: again } = decoded([rest]);
      // The record that is under way may have been given already.
      assert.ok(given.length + again.length >= all.length && given.length + again.length <= all.length + 1);
      assert.deepEqual(again, all.slice(all.length - again.length));
    }),
    { numRuns: runs(200) },
  );
});

test("what is no capture is refused at once, with nothing given", () => {
  for (const file of [
    "",
    "\n",
    "* OK ready\r\n",
    "\x1f\x8b",
    "{}\n",
    "{",
    '{"type":"data"}\n',
    '{"type":"capture"}\n',
    '{"type":"capture","version":1',
    `\n${FIRST}`,
    `{${" ".repeat(LIMITS.captureHeaderOctets)}`,
  ]) {
    const { headers, events, problems } = read(file);
    assert.deepEqual([headers.length, events.length, ...places(problems)], [0, 0, "notCapture 1"], file);
  }
});

test("a newer version is refused, and the version named", () => {
  const { headers, events, problems } = read(`{"type":"capture","version":2}\n${end(1)}`);
  assert.deepEqual([headers, events, problems.length], [[], [], 1]);
  const problem = problems[0];
  assert.ok(problem?.kind === "tooNew");
  assert.equal(problem.version, 2);
});

test("a file that editors have been at: byte order mark, CRLF, empty lines, no last line feed", () => {
  const file = `\ufeff${FIRST}\n${end(1)}  \n${DATA},"text":"x"}`.replaceAll("\n", "\r\n");
  const { headers, events, problems } = read(file);
  assert.deepEqual([headers.length, brief(events), problems], [1, [1, "x"], []]);
});

test("unknown record types are passed over, with their raw octets", () => {
  const later = `{"type":"later","octets":${end(7).length}}\n${end(7)}\n`;
  const { events, problems } = read(`${FIRST}{"type":"note"}\n${later}${end(1)}`);
  assert.deepEqual([brief(events), problems], [[1], []]);
});

test("a damaged record is reported with its line, and the next one is read", () => {
  const raw = `${DATA},"octets":4}\na\nb\n\n`;
  const file = `${FIRST}${raw}{"type":"data",broken}\n${end(1)}`;
  const { events, problems } = read(file);
  assert.deepEqual(brief(events), ["a\nb\n", 1]);
  assert.deepEqual(places(problems), ["damaged 6"]);
  assert.equal(problems[0]?.offset, FIRST.length + raw.length);
});

test("a run of broken lines is one report; after a good record there may be another", () => {
  const { events, problems } = read(`${FIRST}x\ny\n[1]\n${end(1)}z\n${end(2)}`);
  assert.deepEqual(brief(events), [1, 2]);
  assert.deepEqual(places(problems), ["damaged 2", "damaged 6"]);
});

test("a record that is wrong still says how many raw octets to pass over", () => {
  const { events, problems } = read(
    `${FIRST}{"type":"data","octets":${end(7).length}}\n${end(7)}\n${end(1)}`,
  );
  assert.deepEqual([brief(events), places(problems)], [[1], ["damaged 2"]]);
});

test("raw octets that do not end where they should: the rest of that line is passed over", () => {
  const { events, problems } = read(`${FIRST}${DATA},"octets":3}\nabcdef\n${end(1)}`);
  assert.deepEqual([brief(events), places(problems)], [["abc", 1], ["damaged 2"]]);
});

test("marks that do not fit are reported, the octets given", () => {
  const { events, problems } = read(`${FIRST}${DATA},"text":"ab","redacted":[[1,3]]}\n`);
  assert.deepEqual([brief(events), places(problems)], [["ab"], ["damaged 2"]]);
});

test("two captures in one file: the second is not mixed into the first", () => {
  const { events, problems } = read(`${FIRST}${end(1)}${FIRST}${end(1)}`);
  assert.deepEqual([brief(events), places(problems)], [[1], ["joined 3"]]);
});

test("raw octets cut short are given as far as they go", () => {
  const { events, problems } = read(`${FIRST}${DATA},"octets":9,"redacted":[[1,3],[4,8]]}\nabcdef`);
  assert.deepEqual([brief(events), places(problems)], [["abcdef"], ["cut 2"]]);
  assert.match(problems[0]?.message ?? "", /6 of its 9 octets/);
  const event = events[0];
  assert.deepEqual(event?.kind === "data" ? event.redacted : [], [
    [1, 3],
    [4, 6],
  ]);
});

test("a count without its octets is a cut, and nothing is set aside for it", () => {
  const { events, problems } = read(`${FIRST}${DATA},"octets":${2 ** 50}}\n`);
  assert.deepEqual([events, places(problems)], [[], ["cut 2"]]);
});

test("no octets at all, raw", () => {
  const { events, problems } = read(`${FIRST}${DATA},"octets":0}\n\n${end(1)}`);
  assert.deepEqual([brief(events), problems], [["", 1], []]);
});

test("a long run comes in pieces of bounded size, its spans with it", () => {
  const octets = LIMITS.captureRunOctets * 2 + 5;
  const bytes = new Uint8Array(octets).fill(0x0a);
  const cut = LIMITS.captureRunOctets;
  const file = concat([
    utf8(`${FIRST}${DATA},"octets":${octets},"redacted":[[${cut - 1},${cut + 1}]]}\n`),
    bytes,
  ]);
  const { events, problems } = decoded(chunked(concat([file, utf8(`\n${end(1)}?`)]), [].values(), 60_000));
  assert.deepEqual(
    events.map((event) => (event.kind === "data" ? event.bytes.length : 0)),
    [cut, cut, 5, 0],
  );
  assert.deepEqual(
    events.map((event) => (event.kind === "data" ? event.redacted : [])),
    [[[cut - 1, cut]], [[0, 1]], [], []],
  );
  assert.deepEqual(places(problems), [`cut ${octets + 5}`]);
});

test("a line that is too long is passed over, whatever it holds", () => {
  const long = utf8(`${DATA},"text":"${"x".repeat(LIMITS.captureLineOctets)}"}\n`);
  const file = concat([utf8(FIRST), long, utf8(end(1))]);
  const { events, problems } = decoded(chunked(file, [].values(), 65_536));
  assert.deepEqual([brief(events), places(problems)], [[1], ["damaged 2"]]);
});

test("octets that are not UTF-8 in a line damage that line only", () => {
  const { events, problems } = read(
    concat([utf8(FIRST), utf8(`${DATA},"text":"`), fromLatin1("\xff"), utf8(`"}\n${end(1)}`)]),
  );
  assert.deepEqual([brief(events), places(problems)], [[1], ["damaged 2"]]);
});
