import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryFolder } from "./running.ts";

test("path, export and trust name the same certificate, which is made at first use", async (t) => {
  const dir = temporaryFolder(t);
  const { stdout, code } = await run(["ca", "path", "--ca-dir", dir]);
  assert.equal(code, 0);
  assert.equal(stdout, `${join(dir, "imapscope-ca.pem")}\n`);
  assert.equal(statSync(join(dir, "imapscope-ca.key")).mode & 0o777, 0o600);
  const pem = (await run(["ca", "export", "--ca-dir", dir])).stdout;
  assert.equal(pem, readFileSync(join(dir, "imapscope-ca.pem"), "utf8"));
  const trust = (await run(["ca", "trust", "--ca-dir", dir])).stdout;
  assert.ok(trust.includes(new X509Certificate(pem).fingerprint256));
  assert.ok(trust.includes(`--cacert '${join(dir, "imapscope-ca.pem")}'`));
});

test("a CA that cannot be made is an operational error", async () => {
  const { code, stderr } = await run(["ca", "path", "--ca-dir", "/dev/null/nowhere"]);
  assert.equal(code, 3);
  assert.match(stderr, /ERR_CA_UN/);
});
