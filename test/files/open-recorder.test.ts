import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { ImapscopeError } from "../../src/errors.ts";
import { type OpenRecorderOptions, openRecorder } from "../../src/files/open-recorder.ts";
import { decoded, HEADER } from "../wire-events.ts";
import { scratchPath } from "./scratch-folder.ts";

function setUp(more: Partial<OpenRecorderOptions> = {}) {
  const ends: ImapscopeError[] = [];
  const notFollowed: string[] = [];
  const ownEnds: string[] = [];
  const options: OpenRecorderOptions = {
    createdBy: HEADER.createdBy,
    createdAt: new Date(HEADER.createdAt),
    redacted: HEADER.redacted,
    atFrameBorder: () => true,
    now: () => new Date(HEADER.createdAt),
    onEnd: (error) => ends.push(error),
    onBehind: () => undefined,
    onOwnEnd: (error, connection) => ownEnds.push(`${connection}: ${error.message}`),
    onNotFollowed: ({ code }) => notFollowed.push(code),
    ...more,
  };
  return { options, ends, ownEnds, notFollowed };
}

const open = (connection: number): WireEvent => ({
  kind: "open",
  connection,
  atMicros: connection,
  client: "c",
  listener: "imap://l",
  upstream: "imap://u",
  midway: false,
});
const data = (connection: number, octets: number): WireEvent => ({
  kind: "data",
  connection,
  atMicros: 10,
  from: "server",
  bytes: new Uint8Array(octets).fill(0x0a),
  redacted: [],
});
const close = (connection: number): WireEvent => ({
  kind: "close",
  connection,
  atMicros: 20,
  by: "client",
  reason: "",
});

/** Events of a file in short; it must be whole. */
function brief(path: string): string[] {
  const { headers, events, problems } = decoded([readFileSync(path)]);
  assert.deepEqual([headers, problems], [[HEADER], []]);
  return events.map(
    (event) => `${event.kind} ${event.connection}${event.kind === "open" && event.midway ? " midway" : ""}`,
  );
}

test("a file that was moved away is followed by one of the same name", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const { options, ends, notFollowed } = setUp();
  const recorder = await openRecorder(path, options);
  for (const event of [open(1), open(2), data(1, 5), close(2)]) recorder.append(event);
  renameSync(path, `${path}.1`);
  await recorder.rotate();
  for (const event of [data(1, 6), open(3)]) recorder.append(event);
  await recorder.close();
  assert.deepEqual(brief(`${path}.1`), ["open 1", "open 2", "data 1", "close 2"]);
  assert.deepEqual(brief(path), ["open 1 midway", "data 1", "open 3"]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual([ends, notFollowed], [[], []]);
});

test("it is told which file holds what of a connection, and that a file was followed", async (context) => {
  const told: string[] = [];
  const more = {
    onFile: (connection: number, path: string, after: number) =>
      told.push(`${connection} ${basename(path)} ${after}`),
    onFollowed: (path: string) => told.push(`followed ${basename(path)}`),
  };
  const path = scratchPath(context, "a.imapcap");
  const shared = await openRecorder(path, setUp(more).options);
  for (const event of [open(1), open(2), data(1, 5)]) shared.append(event);
  await shared.rotate();
  renameSync(path, `${path}.1`);
  await shared.rotate();
  await shared.close();
  const folder = scratchPath(context, "captures/");
  const own = await openRecorder(folder, setUp(more).options);
  for (const event of [open(3), data(3, 5)]) own.append(event);
  await own.rotate();
  await own.close();
  assert.deepEqual(told, [
    "1 a.imapcap -Infinity",
    "2 a.imapcap -Infinity",
    "followed a.imapcap",
    "1 a.imapcap 10",
    "2 a.imapcap 2",
    "3 20261122T190000.000Z-0001.imapcap -Infinity",
    "3 20261122T190000.000Z-0002.imapcap 10",
  ]);
});

test("a file that is still there is not touched, even with force, and the recording goes on", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const { options, ends, notFollowed } = setUp({ force: true });
  const recorder = await openRecorder(path, options);
  recorder.append(open(1));
  await recorder.rotate();
  recorder.append(close(1));
  await recorder.close();
  assert.deepEqual(brief(path), ["open 1", "close 1"]);
  assert.deepEqual([ends, notFollowed], [[], ["ERR_CAPTURE_EXISTS"]]);
});

test("where no new file can be made the recording goes on in the old one, which is told", async (context) => {
  const path = join(scratchPath(context, "folder"), "a.imapcap");
  mkdirSync(dirname(path));
  const { options, ends, notFollowed } = setUp();
  const recorder = await openRecorder(path, options);
  recorder.append(open(1));
  const elsewhere = `${dirname(path)}.imapcap`;
  renameSync(path, elsewhere);
  rmdirSync(dirname(path));
  await Promise.all([recorder.rotate(), recorder.rotate()]);
  assert.equal(recorder.append(data(1, 5)), true);
  await recorder.close();
  assert.deepEqual([ends, notFollowed], [[], ["ERR_CAPTURE_UNWRITABLE"]]);
  assert.deepEqual(brief(elsewhere), ["open 1", "data 1"]);
});

test("in a folder each connection has a file, complete when it closes", async (context) => {
  const path = scratchPath(context, "captures/");
  const { options } = setUp();
  const recorder = await openRecorder(path, options);
  for (const event of [open(1), open(2), data(2, 5), data(1, 5), close(1)]) recorder.append(event);
  await recorder.rotate();
  recorder.append(close(2));
  await recorder.close();
  const names = readdirSync(path).sort();
  assert.deepEqual(
    names.map((name) => brief(join(path, name))),
    [
      ["open 1", "data 1", "close 1"],
      ["open 2", "data 2"],
      ["open 2 midway", "close 2"],
    ],
  );
  for (const name of names) assert.match(name, /^20261122T190000\.000Z-000\d\.imapcap$/);
});

test("with a size, all connections share a file until it has so many octets", async (context) => {
  const path = scratchPath(context, "captures/");
  const { options } = setUp({ rotateOctets: 20_000 });
  const recorder = await openRecorder(path, options);
  recorder.append(open(1));
  while (readdirSync(path).length < 3) {
    recorder.append(data(1, 8000));
    await recorder.drained();
    recorder.settle(1);
    await new Promise(setImmediate);
  }
  await recorder.close();
  const files = readdirSync(path).sort();
  const all = files.map((name) => brief(join(path, name)));
  assert.ok(all.length >= 2);
  assert.deepEqual(
    all.map(([first]) => first),
    ["open 1", ...all.slice(1).map(() => "open 1 midway")],
  );
  assert.ok(statSync(join(path, files[0] ?? "")).size >= 20_000);
});

test("what waits to be written counts for the size of a file: a burst is not all in one", async (context) => {
  const path = scratchPath(context, "captures/");
  let follow = () => {};
  const followed = new Promise<void>((resolve) => {
    follow = resolve;
  });
  const { options } = setUp({ rotateOctets: 20_000, onFollowed: () => follow() });
  const recorder = await openRecorder(path, options);
  recorder.append(open(1));
  recorder.append(data(1, 21_000));
  recorder.settle(1);
  await followed;
  await recorder.close();
  assert.equal(readdirSync(path).length, 2);
});

test("where the next file of a size cannot be made, the one there is grows on, and another try is made at twice the size", async (context) => {
  const path = scratchPath(context, "captures/");
  const { options, ends, notFollowed } = setUp({ rotateOctets: 20_000 });
  const recorder = await openRecorder(path, options);
  recorder.append(open(1));
  const [first = ""] = readdirSync(path);
  const elsewhere = join(dirname(path), "moved");
  renameSync(path, elsewhere);
  const grow = async () => {
    recorder.append(data(1, 8000));
    await recorder.drained();
    recorder.settle(1);
    await new Promise(setImmediate);
  };
  while (notFollowed.length === 0) await grow();
  let turns = 0;
  for (; notFollowed.length === 1; turns++) await grow();
  // Of 8,000 octets each.
  assert.ok(turns >= 2, `${turns} turns`);
  mkdirSync(path);
  await recorder.rotate();
  recorder.append(close(1));
  await recorder.close();
  assert.deepEqual([ends, new Set(notFollowed)], [[], new Set(["ERR_CAPTURE_UNWRITABLE"])]);
  assert.equal(brief(join(elsewhere, first))[0], "open 1");
  const files = readdirSync(path).sort();
  assert.equal(brief(join(path, files[0] ?? ""))[0], "open 1 midway");
  assert.equal(brief(join(path, files.at(-1) ?? "")).at(-1), "close 1");
});

test("a file of the folder that cannot be made ends the recording of its connection only", async (context) => {
  const path = scratchPath(context, "captures/");
  const { options, ends, ownEnds } = setUp();
  const recorder = await openRecorder(path, options);
  rmdirSync(path);
  recorder.append(open(1));
  recorder.append(data(1, 5));
  while (ownEnds.length === 0) await new Promise(setImmediate);
  mkdirSync(path);
  for (const event of [open(2), data(1, 6), data(2, 7), close(1), close(2)]) recorder.append(event);
  await recorder.close();
  assert.deepEqual(ends, []);
  assert.equal(ownEnds.length, 1);
  assert.match(ownEnds[0] ?? "", /^1: Recording to .*-0001\.imapcap ended: there is no such file or folder/);
  assert.deepEqual(
    readdirSync(path).map((name) => brief(join(path, name))),
    [["open 2", "data 2", "close 2"]],
  );
});

test("a size for a single file is refused before anything is made", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  await assert.rejects(openRecorder(path, setUp({ rotateOctets: 5 }).options), {
    code: "ERR_ROTATION_WITHOUT_FOLDER",
  });
  assert.equal(existsSync(path), false);
});

test("nothing is left of a recording that is discarded", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  await (await openRecorder(path, setUp().options)).discard();
  assert.equal(existsSync(path), false);
});
