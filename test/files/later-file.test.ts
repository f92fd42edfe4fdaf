import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import type { CaptureFile } from "../../src/files/capture-file.ts";
import { laterFile } from "../../src/files/later-file.ts";
import { createSlowFile } from "./slow-file.ts";

test("what is written waits until the file is there", async () => {
  let give: (file: CaptureFile) => void = () => undefined;
  const file = createSlowFile({ gate: "open" });
  const later = laterFile(new Promise((resolve) => (give = resolve)));
  assert.throws(() => later.writeSync(utf8("a"), 0), /not there yet/);
  const written = later.write([utf8("abc")], 0);
  give(file);
  await written;
  later.writeSync(utf8("d"), 3);
  await later.sync();
  await later.close();
  await later.discard();
  assert.deepEqual(Buffer.from(file.contents()).toString(), "abcd");
  assert.deepEqual(file.calls, ["write", "sync", "close", "discard"]);
});

test("who writes to a file that could not be made gets the reason", async () => {
  const later = laterFile(Promise.reject(new Error("no")));
  await new Promise(setImmediate);
  await assert.rejects(later.write([utf8("a")], 0), /no/);
});
