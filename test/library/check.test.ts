import assert from "node:assert/strict";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkCaptureFile, writeRepaired } from "../../src/library/check.ts";
import { scratchPath } from "../files/scratch-folder.ts";

const V1 = new URL("../captures/v1.imapcap", import.meta.url);

test("a capture is checked, packed or not, and what is repaired of it is plain text without faults", async (t) => {
  const path = scratchPath(t, "v1.imapcap");
  writeFileSync(path, gzipSync(readFileSync(V1)));
  const { problems, repaired } = await checkCaptureFile(path);
  assert.deepEqual(
    problems.map(({ line, kind }) => `${line} ${kind}`),
    ["17 literal-length", "31 type-unknown", "32 type-unknown", "35 field-unknown"],
  );
  assert.ok(repaired !== undefined);
  await assert.rejects(writeRepaired(path, repaired, { force: false }), { code: "ERR_CAPTURE_EXISTS" });
  assert.deepEqual((await writeRepaired(path, repaired, { force: true })).problems, []);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  assert.ok(lines.every((line) => !("octets" in JSON.parse(line))));
});

test("a file that is not there, or too large, is told", async (t) => {
  await assert.rejects(checkCaptureFile(scratchPath(t, "none")), { code: "ERR_CAPTURE_UNREADABLE" });
  const path = scratchPath(t, "large");
  writeFileSync(path, readFileSync(V1));
  await assert.rejects(checkCaptureFile(path, 100), { code: "ERR_CAPTURE_TOO_LARGE" });
  // Who would read this one, of which nearly all is a hole, had not read it tomorrow.
  truncateSync(path, 2 ** 41);
  await assert.rejects(checkCaptureFile(path, 2 ** 40), { code: "ERR_CAPTURE_TOO_LARGE" });
});
