import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { exchangesOf } from "../../src/core/observe.ts";
import { decodeCapture } from "../../src/library/capture.ts";
import { saveSlice } from "../../src/library/save-slice.ts";
import { compileFilter } from "../../src/library/show.ts";
import { sliceCapture } from "../../src/library/slice.ts";
import { scratchPath } from "../files/scratch-folder.ts";
import { eventsOf } from "../playbook.ts";
import { pastOfEvents } from "../tui/past-of-events.ts";
import { demoEvents } from "../tui/shown.ts";

const SAID =
  "@10\nS: * OK hi\n@50\nC: l LOGIN alice xxxxxxxx\nS: l OK in\n@60\nC: s SELECT INBOX\nS: * 3 EXISTS\nS: s OK done\n" +
  "@100\nC: a1 NOOP\nS: a1 OK\n@200\nC: a2 NOOP\nS: a2 OK\n@300\nC: a3 NOOP\nS: a3 OK";
const EVENTS = [1, 2, 3]
  .flatMap((connection) => eventsOf(SAID).map((event) => ({ ...event, connection })))
  .sort((one, other) => one.atMicros - other.atMicros);
const FACTS = { startedAt: new Date("2026-11-22T10:00:00Z"), redacted: ["credentials"] };

test("what was chosen reads back with the login and the SELECT, for the owner only, with what the header must say", async (t) => {
  const path = scratchPath(t, "slice.imapcap");
  const matches = compileFilter("conn:1 tag:a2 or conn:3 (tag:a1 or tag:a3)");
  assert.equal(await saveSlice(path, pastOfEvents(EVENTS), { matches }, FACTS), 2);
  const { header, events } = decodeCapture(readFileSync(path));
  assert.deepEqual(
    exchangesOf(events).map(({ connection, tag, status }) => `${connection} ${tag} ${status}`),
    ["1 l OK", "3 l OK", "1 s OK", "3 s OK", "3 a1 OK", "1 a2 OK", "3 a3 OK"],
  );
  assert.equal(header?.createdAt, "2026-11-22T10:00:00.000Z");
  assert.deepEqual(header?.redacted, ["credentials"]);
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("it is what `imapscope slice` cuts out for the same wish", async (t) => {
  const [all, saved] = [scratchPath(t, "all.imapcap"), scratchPath(t, "saved.imapcap")];
  writeFileSync(all, readFileSync(new URL("../../demo/session.imapcap", import.meta.url)));
  for (const [i, filter] of ["cmd:fetch", "push", "status:no", "state:selected"].entries()) {
    const wishes = { matches: compileFilter(filter) };
    const slice = await sliceCapture(all, { wishesOf: () => ({ matches: compileFilter(filter) }) });
    const parts: Uint8Array[] = [];
    await slice.write(async (bytes) => void parts.push(bytes));
    await saveSlice(`${saved}${i}`, pastOfEvents(demoEvents()), wishes, FACTS);
    const { events } = decodeCapture(readFileSync(`${saved}${i}`));
    assert.deepEqual(events, decodeCapture(Buffer.concat(parts)).events, filter);
    assert.ok(events.length > 5);
  }
});

test("where nothing is chosen, nothing is written", async (t) => {
  const path = scratchPath(t, "slice.imapcap");
  assert.equal(await saveSlice(path, pastOfEvents(EVENTS), { matches: () => false }, FACTS), 0);
  assert.equal(existsSync(path), false);
});

test("a file that is there is left alone, and a past that cannot be read is told", async (t) => {
  const path = scratchPath(t, "slice.imapcap");
  await saveSlice(path, pastOfEvents(EVENTS), {}, FACTS);
  const before = readFileSync(path);
  await assert.rejects(saveSlice(path, pastOfEvents(EVENTS), {}, FACTS), { code: "ERR_CAPTURE_EXISTS" });
  assert.deepEqual(readFileSync(path), before);
  const broken = { ...pastOfEvents([]), observe: () => Promise.reject(new Error("the disk is gone")) };
  await assert.rejects(saveSlice(`${path}2`, broken, {}, FACTS), /the disk is gone/);
});
