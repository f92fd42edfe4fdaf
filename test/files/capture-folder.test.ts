import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createFolderFile, isFolder, openCaptureFolder } from "../../src/files/capture-folder.ts";
import { scratchPath } from "./scratch-folder.ts";

test("a folder is one that exists, or is named with a slash at its end", async (context) => {
  const path = scratchPath(context, "x");
  assert.equal(await isFolder(path), false);
  assert.equal(await isFolder(`${path}/`), true);
  mkdirSync(path);
  assert.equal(await isFolder(path), true);
  writeFileSync(`${path}/file`, "");
  assert.equal(await isFolder(`${path}/file`), false);
});

test("it is made for its owner only; names say when and sort as the files were made", async (context) => {
  const path = scratchPath(context, "captures/");
  const folder = await openCaptureFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  const at = new Date("2026-11-22T19:00:00.123Z");
  const names = [folder.nextPath(at), folder.nextPath(at), folder.nextPath(new Date(at.getTime() + 5))];
  assert.deepEqual(
    names,
    ["20261122T190000.123Z-0001", "20261122T190000.123Z-0002", "20261122T190000.128Z-0003"].map((name) =>
      join(path, `${name}.imapcap`),
    ),
  );
});

test("a folder that cannot be had is an error with its reason", async (context) => {
  const file = scratchPath(context, "file");
  writeFileSync(file, "");
  await assert.rejects(openCaptureFolder(`${file}/`), {
    code: "ERR_CAPTURE_UNWRITABLE",
    message: /it exists already|a part of the path is not a folder/,
  });
});

test("what is there is left alone", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, "mine");
  const file = await createFolderFile(path);
  await file.write([Buffer.from("x")], 0);
  await file.close();
  assert.equal(readFileSync(path, "utf8"), "mine");
  assert.deepEqual(readdirSync(join(path, "..")).sort(), ["a-2.imapcap", "a.imapcap"]);
  assert.equal(statSync(path.replace("a.", "a-2.")).mode & 0o777, 0o600);
  assert.ok(existsSync(path));
});
