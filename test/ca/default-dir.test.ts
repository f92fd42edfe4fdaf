import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { defaultCaDir } from "../../src/ca/default-dir.ts";
import { temporaryDir } from "./temporary.ts";

test("an installed imapscope keeps its CA in the user's data directory", async () => {
  const packageRoot = await temporaryDir();
  const table = [
    ["linux", "/h/ann", {}, "/h/ann/.local/share/imapscope"],
    ["linux", "/h/ann", { XDG_DATA_HOME: "/data" }, "/data/imapscope"],
    ["linux", "/h/ann", { XDG_DATA_HOME: "relative" }, "/h/ann/.local/share/imapscope"],
    ["freebsd", "/h/ann", { XDG_DATA_HOME: "" }, "/h/ann/.local/share/imapscope"],
    ["darwin", "/Users/ann", { XDG_DATA_HOME: "/data" }, "/Users/ann/Library/Application Support/imapscope"],
    ["win32", "C:\\Users\\ann", { APPDATA: "D:\\Roaming" }, "D:\\Roaming\\imapscope"],
    ["win32", "C:\\Users\\ann", {}, "C:\\Users\\ann\\AppData\\Roaming\\imapscope"],
  ] as const;
  for (const [platform, home, env, expected] of table) {
    assert.equal(defaultCaDir({ platform, home, env, packageRoot }), expected);
  }
});

test("a checkout keeps it in certs/", async () => {
  const packageRoot = await temporaryDir();
  const surroundings = { platform: "linux", home: "/h/ann", env: {}, packageRoot };
  await mkdir(join(packageRoot, "src"));
  assert.equal(defaultCaDir(surroundings), "/h/ann/.local/share/imapscope");
  await mkdir(join(packageRoot, ".git"));
  assert.equal(defaultCaDir(surroundings), join(packageRoot, "certs"));
});

test("the package that this file belongs to is found", () => {
  const dir = defaultCaDir({ platform: "linux", home: "/h/ann", env: {} });
  assert.ok(dir.endsWith("certs") || dir === "/h/ann/.local/share/imapscope");
});
