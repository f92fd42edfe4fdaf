import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeNotes, type Note, placeOf, readNotes } from "../../src/core/notes.ts";
import { anyCharacter } from "../any-character.ts";

function note(given: Partial<Note> = {}): Note {
  const place = { connection: 1, atMicros: 12_535_123, kind: "exchange", label: "a7", nth: 1 };
  return { ...place, marked: true, comment: undefined, ...given };
}

test("a note is a line that a person can read and write", () => {
  const text = mergeNotes("", [note({ comment: "why 9 s?" }), note({ nth: 2, kind: "push", label: "push" })]);
  assert.equal(
    text,
    `{"type":"note","connection":1,"at":12535.123,"kind":"exchange","label":"a7","marked":true,"comment":"why 9 s?"}\n` +
      `{"type":"note","connection":1,"at":12535.123,"kind":"push","label":"push","nth":2,"marked":true}\n`,
  );
  const minimal = `{"type":"note","connection":1,"at":12535.123,"kind":"exchange","label":"a7","comment":"by hand"}`;
  assert.deepEqual(readNotes(minimal), {
    notes: [note({ marked: false, comment: "by hand" })],
    problems: [],
  });
});

test("lines that cannot be read are told with their number, and the rest counts", () => {
  const bad: readonly [line: string, message: RegExp][] = [
    ["{", /no JSON object/],
    ["[1]", /no JSON object/],
    ["// mine", /no JSON object/],
    [`{"type":"remark"}`, /type note/],
    [`{"type":"note","connection":0}`, /connection/],
    [`{"type":"note","connection":1,"at":"soon"}`, /at is/],
    [`{"type":"note","connection":1,"at":1,"kind":"push"}`, /kind and label/],
    [`{"type":"note","connection":1,"at":1,"kind":"push","label":"push","nth":1.5}`, /nth/],
    [`{"type":"note","connection":1,"at":1,"kind":"push","label":"push","marked":1}`, /marked/],
    [`{"type":"note","connection":1,"at":1,"kind":"push","label":"push","comment":1}`, /comment/],
  ];
  const good = mergeNotes("", [note()]);
  const { notes, problems } = readNotes(`${bad.map(([line]) => line).join("\r\n")}\n\n${good}`);
  assert.deepEqual(notes, [note()]);
  assert.deepEqual(
    problems.map(({ line }) => line),
    bad.map((_, i) => i + 1),
  );
  for (const [i, [, message]] of bad.entries()) assert.match(problems[i]?.message ?? "", message);
});

test("a change touches its own line only, and keeps what somebody added to it", () => {
  const before = `// read these first
{"type":"note","connection":1,"at":12535.123,"kind":"exchange","label":"a7","marked":true,"by":"alice"}
{"type":"note","connection":2,"at":20000,"kind":"exchange","label":"b1","comment":"later"}
`;
  const changed = note({ marked: false, comment: "seen" });
  assert.equal(
    mergeNotes(before, [changed, note({ atMicros: 19e6, label: "a8" })]),
    `// read these first
{"type":"note","connection":1,"at":12535.123,"kind":"exchange","label":"a7","by":"alice","comment":"seen"}
{"type":"note","connection":1,"at":19000,"kind":"exchange","label":"a8","marked":true}
{"type":"note","connection":2,"at":20000,"kind":"exchange","label":"b1","comment":"later"}
`,
  );
  const gone = mergeNotes(before, [note({ marked: false })]);
  assert.equal(gone, before.split("\n").toSpliced(1, 1).join("\n"));
});

test("what was written is read again, for any notes and any other lines", () => {
  const anyNote = fc.record(
    {
      connection: fc.integer({ min: 1, max: 1e6 }),
      atMicros: fc.integer({ min: 0, max: 1e13 }),
      kind: fc.constantFrom("exchange", "push", "state"),
      label: fc.string(),
      nth: fc.integer({ min: 1, max: 4 }),
      marked: fc.boolean(),
      comment: fc.option(fc.string({ minLength: 1, unit: anyCharacter }), { nil: undefined }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(
      fc.array(anyNote, { maxLength: 9 }),
      fc.array(fc.string(), { maxLength: 5 }),
      (notes, others) => {
        const foreign = others.map((line) => `# ${line.replace(/[\r\n]/g, "")}\n`);
        const text = mergeNotes(foreign.join(""), notes);
        const kept = new Map(notes.map((each) => [placeOf(each), each]));
        const left = [...kept.values()].filter((each) => each.marked || each.comment !== undefined);
        const byPlace = (one: Note, other: Note): number => (placeOf(one) < placeOf(other) ? -1 : 1);
        assert.deepEqual([...readNotes(text).notes].sort(byPlace), left.sort(byPlace));
        for (const line of foreign) assert.ok(text.includes(line));
        assert.equal(mergeNotes(text, notes), text);
      },
    ),
  );
});

test("of two lines about one place the later counts and is changed", () => {
  const two = mergeNotes("", [note()]) + mergeNotes("", [note({ comment: "newer" })]);
  assert.deepEqual(readNotes(two).notes, [note({ comment: "newer" })]);
  assert.deepEqual(readNotes(mergeNotes(two, [note({ comment: "newest" })])).notes, [
    note({ comment: "newest" }),
  ]);
});
