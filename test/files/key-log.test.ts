import assert from "node:assert/strict";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import type { ImapscopeError } from "../../src/errors.ts";
import { type KeyLogFile, openKeyLog } from "../../src/files/key-log.ts";
import { scratchPath } from "./scratch-folder.ts";

const never = () => assert.fail("the log ended");

test("lines are appended to a file that is closed to others", async (t) => {
  const path = scratchPath(t, "keys");
  for (const text of ["one\n", "two\n"]) {
    const log = await openKeyLog(path, { onEnd: never });
    log.add(utf8(text));
    log.add(utf8(text));
    await log.close();
    log.add(utf8("too late\n"));
  }
  assert.equal(readFileSync(path, "utf8"), "one\none\ntwo\ntwo\n");
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("a log that others could read is closed to them", async (t) => {
  const path = scratchPath(t, "keys");
  writeFileSync(path, "old\n");
  chmodSync(path, 0o644);
  await (await openKeyLog(path, { onEnd: never })).close();
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(readFileSync(path, "utf8"), "old\n");
});

test("a file that cannot be opened is refused at the start", async (t) => {
  await assert.rejects(openKeyLog(join(scratchPath(t, "no"), "keys"), { onEnd: never }), {
    code: "ERR_KEY_LOG_UNWRITABLE",
    message: /no such file or folder/,
  });
});

const full = Object.assign(new Error("full"), { code: "ENOSPC" });

test("a write that fails is told once, and nothing throws", async () => {
  const ends: ImapscopeError[] = [];
  const openFile = async (): Promise<KeyLogFile> => ({
    append: () => Promise.reject(full),
    close: () => Promise.reject(full),
  });
  const log = await openKeyLog("keys", { onEnd: (error) => ends.push(error), openFile });
  for (const line of ["a\n", "b\n", "c\n"]) {
    log.add(utf8(line));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await log.close();
  assert.deepEqual(
    ends.map(({ message }) => message),
    ["The key log keys ended: no space is left on the device (ENOSPC)"],
  );
});

test("a file that takes nothing does not fill the memory", async () => {
  const ends: ImapscopeError[] = [];
  let release = () => {};
  const openFile = async (): Promise<KeyLogFile> => ({
    append: () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
    close: async () => {},
  });
  const onEnd = (error: ImapscopeError) => void ends.push(error);
  const log = await openKeyLog("keys", { onEnd, openFile, waitingOctets: 8 });
  for (let i = 0; i < 5; i++) log.add(utf8("line\n"));
  release();
  await log.close();
  assert.deepEqual(
    ends.map(({ message }) => message),
    ["The key log keys ended: the file is too slow"],
  );
});
