import assert from "node:assert/strict";
import { mkdtempSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import { openTemporaryFile, withTemporary } from "../../src/files/temporary-file.ts";
import { scratchPath } from "./scratch-folder.ts";

test("a temporary file is its owner's only, has no name, and can be written and read", async (context) => {
  const folder = mkdtempSync(`${dirname(scratchPath(context, "x"))}/t-`);
  const file = await openTemporaryFile(folder);
  assert.deepEqual(readdirSync(folder), []);
  const { mode, nlink } = await file.stat();
  assert.equal(mode & 0o777, 0o600);
  assert.equal(nlink, 0);
  await file.write(Buffer.from("abc"), 0, 3, 0);
  const read = Buffer.alloc(3);
  await file.read(read, 0, 3, 0);
  assert.equal(read.toString(), "abc");
  await file.close();
});

test("a folder that is not there is the system's error", async () => {
  await assert.rejects(openTemporaryFile("/nowhere/at/all"), { code: "ENOENT" });
});

test("where work with one fails, the error says where, why and what to do; a bug stays what it is", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  await assert.rejects(
    withTemporary(() => Promise.reject(full), "/small"),
    (error) => {
      assert.ok(error instanceof ImapscopeError);
      assert.equal(error.code, "ERR_TEMPORARY_UNWRITABLE");
      assert.equal(
        error.message,
        "A temporary file in /small cannot be written: no space is left on the device (ENOSPC)",
      );
      assert.match(error.hint, /TMPDIR/);
      return true;
    },
  );
  const bug = new TypeError("no");
  await assert.rejects(
    withTemporary(() => Promise.reject(bug)),
    bug,
  );
});
