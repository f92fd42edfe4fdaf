import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import { createBlocks } from "../../src/files/blocks.ts";
import { createCaptureFile } from "../../src/files/capture-file.ts";
import { scratchPath } from "./scratch-folder.ts";

test("a new file is its owner's only, and holds what was written where", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = await createCaptureFile(path, { force: false });
  await file.write([utf8("abc")], 0);
  file.writeSync(utf8("def"), 3);
  await file.write([utf8("BC")], 1);
  await file.sync();
  await file.close();
  assert.equal(readFileSync(path, "utf8"), "aBCdef");
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("an existing file is refused, and left as it is", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, "mine");
  await assert.rejects(createCaptureFile(path, { force: false }), { code: "ERR_CAPTURE_EXISTS" });
  assert.equal(readFileSync(path, "utf8"), "mine");
});

test("force replaces it by a new file, whatever its mode was", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, "an old one", { mode: 0o644 });
  const before = statSync(path).ino;
  const keeper = createCaptureFile(path, { force: true });
  await (await keeper).close();
  assert.equal(readFileSync(path, "utf8"), "");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.notEqual(lstatSync(path).ino === before && statSync(path).size > 0, true);
});

test("force needs no file to be there, and replaces a link rather than what it leads to", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  await (await createCaptureFile(path, { force: true })).close();
  writeFileSync(`${path}.target`, "kept");
  symlinkSync(`${path}.target`, `${path}.link`);
  await (await createCaptureFile(`${path}.link`, { force: true })).close();
  assert.equal(readFileSync(`${path}.target`, "utf8"), "kept");
  assert.equal(lstatSync(`${path}.link`).isFile(), true);
});

test("a folder, a pipe, a device or what leads to one is no file to write to, and is not removed", async (context) => {
  const path = scratchPath(context, "pipe");
  execFileSync("mkfifo", [path]);
  mkdirSync(`${path}.folder`);
  symlinkSync(path, `${path}.link`);
  // As /dev/stdout is on Linux, also where it is a regular file.
  const descriptor = openSync(`${path}.file`, "w");
  context.after(() => closeSync(descriptor));
  const opened = existsSync("/proc/self/fd") ? [`${path}.opened`] : [];
  for (const link of opened) symlinkSync(`/proc/self/fd/${descriptor}`, link);
  for (const force of [false, true]) {
    for (const name of [path, `${path}.folder`, `${path}.link`, ...opened, "/dev/null"]) {
      await assert.rejects(
        createCaptureFile(name, { force }),
        { code: "ERR_CAPTURE_UNWRITABLE", message: /not a regular file/ },
        name,
      );
      assert.ok(lstatSync(name));
    }
  }
});

test("a place that cannot be written to says why, with a hint", async (context) => {
  const path = scratchPath(context, "missing/a.imapcap");
  await assert.rejects(createCaptureFile(path, { force: false }), {
    code: "ERR_CAPTURE_UNWRITABLE",
    message: /no such file or folder \(ENOENT\)/,
    hint: /folder exists/,
  });
});

test("discarded, nothing is left", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = await createCaptureFile(path, { force: false });
  await file.discard();
  assert.equal(existsSync(path), false);
  assert.equal(existsSync(dirname(path)), true);
});

const SIZE = 64 * 1024;

/** Descriptors of this process that lead to a file; `undefined` where the system does not tell. */
function descriptorsOf(path: string): number | undefined {
  if (process.platform !== "linux") return undefined;
  const targets = readdirSync("/proc/self/fd").map((each) => {
    try {
      return readlinkSync(`/proc/self/fd/${each}`);
    } catch {
      return undefined;
    }
  });
  return targets.filter((each) => each === path).length;
}

test("octets that are written directly stand where they belong, beside others", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = await createCaptureFile(path, { force: false });
  const block = createBlocks(SIZE, 1).take().fill("d");
  await file.write([utf8("head")], 0);
  await file.write([block], SIZE, "direct");
  await file.write([utf8("tail")], 2 * SIZE, "cached");
  await file.sync();
  const contents = readFileSync(path);
  assert.equal(contents.length, 2 * SIZE + 4);
  assert.deepEqual(contents.subarray(0, 4), Buffer.from("head"));
  assert.deepEqual(contents.subarray(SIZE, 2 * SIZE), block);
  assert.deepEqual(contents.subarray(2 * SIZE), Buffer.from("tail"));
  await file.close();
  assert.equal(descriptorsOf(path) ?? 0, 0);
});

test("runs are written one behind the other, both ways", async (context) => {
  for (const way of ["direct", "cached"] as const) {
    const path = scratchPath(context, `${way}.imapcap`);
    const file = await createCaptureFile(path, { force: false });
    const blocks = createBlocks(SIZE, 3);
    const runs = ["a", "b", "c"].map((letter) => blocks.take().fill(letter));
    await file.write(runs, 0, way);
    await file.close();
    assert.deepEqual(readFileSync(path), Buffer.concat(runs));
  }
});

test("what the system takes only a part of is written on from there", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const probe = await open(path, "w");
  // Every file handle has it from the same place.
  const shared: Pick<FileHandle, "writev"> = Object.getPrototypeOf(probe);
  const { writev } = shared;
  await probe.close();
  context.mock.method(shared, "writev", function (this: FileHandle, runs: Uint8Array[], at?: number) {
    const first = runs.find(({ length }) => length > 0) ?? new Uint8Array(0);
    return writev.call(this, [first.subarray(0, 2)], at);
  });
  const file = await createCaptureFile(path, { force: true });
  await file.write([utf8("abc"), utf8(""), utf8("defg")], 0, "direct");
  await file.close();
  assert.equal(readFileSync(path, "utf8"), "abcdefg");
});

test("what a device cannot take directly is written all the same", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = await createCaptureFile(path, { force: false });
  const block = createBlocks(SIZE, 1).take().fill("d");
  await file.write([block.subarray(1, 5)], 3, "direct");
  await file.write([block.subarray(0, 3)], 0, "direct");
  await file.close();
  assert.equal(readFileSync(path, "utf8"), "ddddddd");
  assert.equal(descriptorsOf(path) ?? 0, 0);
});
