import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createNoteKeeper, saveNotes } from "../../src/cli/note-keeper.ts";
import type { Note } from "../../src/core/notes.ts";
import { loadNotes, notesPath } from "../../src/files/notes-file.ts";
import { temporaryFolder } from "./running.ts";

function note(atMicros: number): Note {
  const place = { connection: 1, atMicros, kind: "exchange", label: "a1", nth: 1 };
  return { ...place, marked: true, comment: undefined };
}

async function timesIn(capture: string): Promise<number[]> {
  return (await loadNotes(notesPath(capture))).notes.map(({ atMicros }) => atMicros);
}

test("notes go beside each recording that holds what they are about, whenever they are made", async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  const said: string[] = [];
  const keeper = createNoteKeeper({
    onNotice: ({ text }) => assert.fail(text),
    say: (text) => said.push(text),
  });
  keeper.put(note(1));
  keeper.put(note(2));
  assert.equal(said.length, 1, "that they are nowhere is said once");
  keeper.keepBeside(one, 1000);
  keeper.put(note(1500));
  keeper.put(note(500));
  keeper.keepBeside(undefined, 2000);
  keeper.put(note(2500));
  keeper.keepBeside(two, 3000);
  keeper.put(note(1700));
  keeper.put(note(3500));
  await keeper.close();
  assert.deepEqual(await timesIn(one), [1500, 1700]);
  assert.deepEqual(await timesIn(two), [3500]);
});

test("notes go beside the file in which what they are about lies", async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = [join(folder, "one"), join(folder, "two")];
  const notices: string[] = [];
  const keeper = createNoteKeeper({ onNotice: ({ text }) => notices.push(text), say: assert.fail });
  keeper.liesIn(1, one, Number.NEGATIVE_INFINITY);
  keeper.followed(one);
  keeper.put(note(500));
  keeper.liesIn(1, two, 1000);
  for (const atMicros of [0, 1000, 1001]) keeper.put(note(atMicros));
  assert.deepEqual(notices, []);
  keeper.followed(one);
  await keeper.close();
  assert.deepEqual(await timesIn(one), [0, 500, 1000]);
  assert.deepEqual(await timesIn(two), [1001]);
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? "", /one\.notes: move that along/);
});

test("saved rows take their notes along; no notes, no file", async (t) => {
  const capture = join(temporaryFolder(t), "saved.imapcap");
  await saveNotes(capture, []);
  assert.ok(!existsSync(notesPath(capture)));
  await saveNotes(capture, [note(1), note(2)]);
  assert.deepEqual(await timesIn(capture), [1, 2]);
});

test("notes that cannot be written are told of", async (t) => {
  const capture = join(temporaryFolder(t), "x");
  mkdirSync(notesPath(capture));
  await assert.rejects(saveNotes(capture, [note(1)]), /x\.notes: it is a folder/);
  const notices: string[] = [];
  const keeper = createNoteKeeper({ onNotice: ({ text }) => notices.push(text), say: assert.fail });
  keeper.keepBeside(capture, 0);
  keeper.put(note(1));
  await keeper.close();
  assert.equal(notices.length, 1);
});
