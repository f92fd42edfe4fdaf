import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import type { Note } from "../../src/core/notes.ts";
import { createNotesFile, loadNotes, notesPath } from "../../src/files/notes-file.ts";
import { scratchPath } from "./scratch-folder.ts";

const NOTE: Note = {
  ...{ connection: 1, atMicros: 5000, kind: "exchange", label: "a1", nth: 1 },
  ...{ marked: true, comment: "slow" },
};

test("notes stand beside the capture, for their owner only, and nothing else is left there", async (t) => {
  const capture = scratchPath(t, "day.imapcap");
  const path = notesPath(capture);
  assert.deepEqual(await loadNotes(path), { notes: [], problems: [] });
  const file = createNotesFile(path, { onProblem: assert.fail });
  for (let i = 1; i <= 20; i++) file.put({ ...NOTE, connection: i });
  file.put({ ...NOTE, connection: 20, comment: "changed" });
  await file.flushed();
  const { notes } = await loadNotes(path);
  assert.equal(notes.length, 20);
  assert.equal(notes.at(-1)?.comment, "changed");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(dirname(path)), ["day.imapcap.notes"]);
});

test("the file goes with its last note", async (t) => {
  const path = scratchPath(t, "x.notes");
  const file = createNotesFile(path, { onProblem: assert.fail });
  file.put(NOTE);
  file.put({ ...NOTE, marked: false, comment: undefined });
  await file.flushed();
  assert.deepEqual(readdirSync(dirname(path)), []);
});

test("what somebody else wrote meanwhile stays", async (t) => {
  const path = scratchPath(t, "x.notes");
  const file = createNotesFile(path, { onProblem: assert.fail });
  file.put(NOTE);
  await file.flushed();
  writeFileSync(path, `${readFileSync(path, "utf8")}# by hand\n`);
  file.put({ ...NOTE, label: "a2" });
  await file.flushed();
  assert.match(readFileSync(path, "utf8"), /"a1"[\s\S]*# by hand\n[\s\S]*"a2"/);
});

test("a file that cannot be written is told of, and tried again with the next note", async (t) => {
  const path = `${scratchPath(t, "later")}/x.notes`;
  const problems: string[] = [];
  const file = createNotesFile(path, { onProblem: (message) => problems.push(message) });
  file.put(NOTE);
  await file.flushed();
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /x\.notes: there is no such file or folder/);
  mkdirSync(dirname(path));
  file.put({ ...NOTE, label: "a2" });
  await file.flushed();
  assert.equal((await loadNotes(path)).notes.length, 2);
});

test("what is no file of notes is neither read nor replaced", async (t) => {
  const path = scratchPath(t, "x.notes");
  writeFileSync(path, "");
  truncateSync(path, 17 * 1024 * 1024);
  await assert.rejects(loadNotes(path), /too long/);
  const problems: string[] = [];
  const file = createNotesFile(path, { onProblem: (message) => problems.push(message) });
  file.put(NOTE);
  await file.flushed();
  assert.match(problems[0] ?? "", /too long/);
  assert.equal(statSync(path).size, 17 * 1024 * 1024);
});
