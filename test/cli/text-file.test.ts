import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readText, writeText } from "../../src/cli/text-file.ts";
import { ImapscopeError } from "../../src/errors.ts";
import { temporaryFolder } from "./running.ts";

test("what was written is read, and of no file nothing", async (t) => {
  const path = join(temporaryFolder(t), "port");
  await writeText(path, "1143\n", "ERR_REPORT_UNWRITABLE");
  assert.equal(await readText(path, "ERR_UPSTREAM_CA_INVALID"), "1143\n");
  assert.equal(await readText(undefined, "ERR_UPSTREAM_CA_INVALID"), undefined);
});

test("what cannot be had is an error of the code that was asked for, with the reason", async (t) => {
  const path = join(temporaryFolder(t), "nowhere", "port");
  const failsWith = (code: string) => (error: unknown) =>
    error instanceof ImapscopeError && error.code === code && error.message.includes("ENOENT");
  await assert.rejects(readText(path, "ERR_UPSTREAM_CA_INVALID"), failsWith("ERR_UPSTREAM_CA_INVALID"));
  await assert.rejects(
    writeText(path, "", "ERR_READY_FILE_UNWRITABLE"),
    failsWith("ERR_READY_FILE_UNWRITABLE"),
  );
});
