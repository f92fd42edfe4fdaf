import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What the proxy says of a listener that is none, where it comes so far. */
function underLimit(descriptors: number): Promise<[code: unknown, stderr: string]> {
  return new Promise((resolve) => {
    const command = `ulimit -n ${descriptors}; exec "$0" "$1" proxy imap://127.0.0.1:1 --listen imap://127.0.0.1:x`;
    execFile("/bin/sh", ["-c", command, process.execPath, MAIN], (error, _stdout, text) =>
      resolve([error?.code, text]),
    );
  });
}

test("where the limits do not let it start, it says so instead of a stack", {
  skip: process.platform === "win32",
}, async () => {
  // How few files are too few is Node's affair; with fewer still, Node itself does not start.
  const said = await Promise.all([34, 32, 30, 28, 26, 24].map(underLimit));
  for (const [code, stderr] of said) {
    if (stderr.includes("ERR_ENDPOINT_INVALID") || stderr.startsWith("node:")) continue;
    assert.equal(code, 3);
    assert.match(stderr, /^imapscope: .*cannot start.*\(ERR_TOO_FEW_DESCRIPTORS\)\n {2}Raise the limit/);
  }
  assert.match(said[0]?.[1] ?? "", /ERR_ENDPOINT_INVALID/);
});
