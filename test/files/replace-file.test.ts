import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import { writeWholeFile } from "../../src/files/replace-file.ts";
import { scratchPath } from "./scratch-folder.ts";

const HELLO = utf8("hello");

test("a new file is there whole, for its owner only, and nothing else is left", async (t) => {
  const path = scratchPath(t, "new");
  await writeWholeFile(path, { force: false }, async ({ write }) => {
    await write(HELLO);
    await write(new Uint8Array(1024 * 1024));
    assert.ok(!readdirSync(dirname(path)).includes("new"), "not before it is whole");
  });
  assert.equal(statSync(path).size, 5 + 1024 * 1024);
  if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(dirname(path)), ["new"]);
});

test("an existing file is refused, or replaced with force; a link stays one", async (t) => {
  const path = scratchPath(t, "old");
  writeFileSync(path, "before");
  chmodSync(path, 0o644);
  const write = (where: string, force: boolean): Promise<void> =>
    writeWholeFile(where, { force }, (file) => file.write(HELLO));
  await assert.rejects(write(path, false), { code: "ERR_CAPTURE_EXISTS" });
  assert.equal(readFileSync(path, "utf8"), "before");
  symlinkSync(path, `${path}-link`);
  await write(`${path}-link`, true);
  assert.equal(readFileSync(path, "utf8"), "hello");
  assert.deepEqual(readdirSync(dirname(path)), ["old", "old-link"]);
});

test("a file that appears meanwhile is not replaced", async (t) => {
  const path = scratchPath(t, "raced");
  const writing = writeWholeFile(path, { force: false }, async ({ write }) => {
    await write(HELLO);
    writeFileSync(path, "theirs");
  });
  await assert.rejects(writing, { code: "ERR_CAPTURE_EXISTS" });
  assert.equal(readFileSync(path, "utf8"), "theirs");
  assert.deepEqual(readdirSync(dirname(path)), ["raced"]);
});

test("where it cannot be made, what was there stays, and nothing is left over", async (t) => {
  const path = scratchPath(t, "kept");
  writeFileSync(path, "before");
  const failing = writeWholeFile(path, { force: true }, async ({ write }) => {
    await write(HELLO);
    throw new Error("no more");
  });
  await assert.rejects(failing, /no more/);
  assert.equal(readFileSync(path, "utf8"), "before");
  assert.deepEqual(readdirSync(dirname(path)), ["kept"]);
  mkdirSync(`${path}-folder`);
  for (const where of [`${path}-folder`, `${path}-none/file`]) {
    await assert.rejects(
      writeWholeFile(where, { force: true }, (file) => file.write(HELLO)),
      { code: "ERR_CAPTURE_UNWRITABLE" },
    );
  }
});
