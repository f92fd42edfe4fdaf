import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryFolder } from "./running.ts";

/** Runs `imapscope ca check` on a machine that has these programs and no others. */
async function check(t: Parameters<typeof temporaryFolder>[0], programs: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(t);
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const env = { PATH: folder, NODE_EXTRA_CA_CERTS: join(folder, "imapscope-ca.pem") };
  // The CA is there before the check, since Node reads the variable when it starts.
  await run(["ca", "path", "--ca-dir", folder]);
  return run(["ca", "check", "--ca-dir", folder], undefined, env);
}

test("where every program trusts the CA, the exit code is 0", async (t) => {
  const { code, stdout } = await check(t, { openssl: "exit 0", curl: "exit 0" });
  assert.match(stdout, /imapscope-ca\.pem\nIts SHA-256: +[0-9A-F:]{95}\nValid until: +20\d\d-\d\d-\d\d\n/);
  assert.match(stdout, /^OpenSSL +trusts$/m);
  assert.match(stdout, /^Python +not on this machine$/m);
  assert.match(stdout, /^Node +trusts$/m);
  assert.equal(code, 0);
});

test("where one does not, it is 1, with what to do for it", async (t) => {
  const { code, stdout } = await check(t, {
    openssl: "exit 0",
    curl: "echo 'curl: (60) no' >&2; exit 60",
    python3: "printf 'bro\\033[31mken\\n' >&2; exit 9",
  });
  assert.equal(code, 1);
  assert.match(stdout, /^curl +does not trust +curl --cacert '\/.*imapscope-ca\.pem'$/m);
  assert.match(stdout, /^Python +no answer +bro.*ken$/m);
  assert.doesNotMatch(stdout, /\x1b/);
  assert.match(stdout, /imapscope ca trust says how/);
});

test("where there is no CA, it says so and makes none", async (t) => {
  const dir = join(temporaryFolder(t), "ca");
  const { code, stdout, stderr } = await run(["ca", "check", "--ca-dir", dir]);
  assert.equal(code, 3);
  assert.equal(stdout, "");
  assert.match(stderr, /There is no CA in .*\(ERR_CA_MISSING\)\n.*imapscope ca path/);
  assert.equal(existsSync(dir), false);
});
