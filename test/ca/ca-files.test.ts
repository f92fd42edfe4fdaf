import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { caPathsIn, readCaFile, writeCaFile } from "../../src/ca/ca-files.ts";
import { temporaryDir } from "./temporary.ts";

test("a file is written whole, never over an existing one, and nothing else stays behind", async () => {
  const paths = caPathsIn(await temporaryDir());
  assert.equal(await readCaFile(paths, paths.key), undefined);
  await writeCaFile(paths, { path: paths.key, text: "first", mode: 0o600 });
  await writeCaFile(paths, { path: paths.key, text: "second", mode: 0o600 });
  assert.equal(await readFile(paths.key, "utf8"), "first");
  assert.deepEqual(await readdir(paths.dir), ["imapscope-ca.key"]);
});

test("a directory in the place of a file, and a file in the place of the directory", async () => {
  const dir = await temporaryDir();
  await mkdir(join(dir, "imapscope-ca.pem"));
  const paths = caPathsIn(dir);
  await assert.rejects(readCaFile(paths, paths.certificate), {
    code: "ERR_CA_UNREADABLE",
    message: /directory/,
  });
  await writeFile(join(dir, "file"), "");
  const beneath = caPathsIn(join(dir, "file", "ca"));
  await assert.rejects(writeCaFile(beneath, { path: beneath.key, text: "", mode: 0o600 }), {
    code: "ERR_CA_UNWRITABLE",
    message: /no directory/,
  });
});
