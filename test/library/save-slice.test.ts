import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { exchangesOf } from "../../src/core/observe.ts";
import { decodeCapture } from "../../src/library/capture.ts";
import { saveSlice } from "../../src/library/save-slice.ts";
import { scratchPath } from "../files/scratch-folder.ts";
import { eventsOf } from "../playbook.ts";
import { pastOfEvents } from "../tui/past-of-events.ts";

const SAID =
  "@10\nS: * OK hi\n@100\nC: a1 NOOP\nS: a1 OK\n@200\nC: a2 NOOP\nS: a2 OK\n@300\nC: a3 NOOP\nS: a3 OK";
const EVENTS = [1, 2, 3]
  .flatMap((connection) => eventsOf(SAID).map((event) => ({ ...event, connection })))
  .sort((one, other) => one.atMicros - other.atMicros);
const FACTS = { startedAt: new Date("2026-11-22T10:00:00Z"), redacted: ["credentials"] };

test("what was chosen of several connections reads back, for the owner only, with what the header must say", async (t) => {
  const path = scratchPath(t, "slice.imapcap");
  const stretches = [
    { connection: 1, fromMicros: 200_000, untilMicros: 201_000 },
    { connection: 3, fromMicros: 100_000, untilMicros: 101_000 },
    { connection: 3, fromMicros: 300_000, untilMicros: 301_000 },
  ];
  assert.equal(await saveSlice(path, pastOfEvents(EVENTS), stretches, FACTS), 2);
  const { header, events } = decodeCapture(readFileSync(path));
  assert.deepEqual(
    exchangesOf(events).map(({ connection, tag, status }) => `${connection} ${tag} ${status}`),
    ["3 a1 OK", "1 a2 OK", "3 a3 OK"],
  );
  assert.equal(header?.createdAt, "2026-11-22T10:00:00.000Z");
  assert.deepEqual(header?.redacted, ["credentials"]);
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("a file that is there is left alone, and a past that cannot be read is told", async (t) => {
  const path = scratchPath(t, "slice.imapcap");
  await saveSlice(path, pastOfEvents(EVENTS), [], FACTS);
  const before = readFileSync(path);
  await assert.rejects(saveSlice(path, pastOfEvents(EVENTS), [], FACTS), { code: "ERR_CAPTURE_EXISTS" });
  assert.deepEqual(readFileSync(path), before);
  const broken = { ...pastOfEvents([]), events: () => Promise.reject(new Error("the disk is gone")) };
  await assert.rejects(saveSlice(`${path}2`, broken, [], FACTS), /the disk is gone/);
});
