import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

test("where the limits do not let it start, it says so instead of a stack", {
  skip: process.platform === "win32",
}, async () => {
  const [code, stderr] = await new Promise<[unknown, string]>((resolve) => {
    const command = `ulimit -n 40; exec "$0" "$1" proxy imap://127.0.0.1:1 --listen imap://127.0.0.1:x`;
    execFile("/bin/sh", ["-c", command, process.execPath, MAIN], (error, _stdout, text) =>
      resolve([error?.code, text]),
    );
  });
  assert.equal(code, 3);
  assert.match(stderr, /^imapscope: .*cannot start.*\(ERR_TOO_FEW_DESCRIPTORS\)\n {2}Raise the limit/);
});
