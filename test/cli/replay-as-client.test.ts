import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { credentialsOf } from "../../src/cli/replay-as-client.ts";
import { caFolder } from "../ca-folder.ts";
import { run, start, temporaryFolder, until } from "./running.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));
const CREDENTIALS = { IMAPSCOPE_USER: "alice", IMAPSCOPE_PASSWORD: "Kanarienvogel" };

/** Serves the demo's capture; gives where, and the CA. */
async function serve(t: TestContext): Promise<{ url: string; ca: string; folder: string }> {
  const folder = temporaryFolder(t);
  const ready = join(folder, "ready");
  const serving = start(["replay", DEMO, "--ready-file", ready, "--ca-dir", caFolder()]);
  t.after(() => serving.child.kill("SIGKILL"));
  const url = await until(
    () => existsSync(ready) && /^(.+)\n/.exec(readFileSync(ready, "utf8"))?.[1],
    () => serving.stderr(),
  );
  return { url, ca: join(caFolder(), "imapscope-ca.pem"), folder };
}

test("a capture played as client against the same one as server is the same", async (t) => {
  const { url, ca, folder } = await serve(t);
  const small = join(folder, "small.imapcap");
  assert.equal((await run(["slice", DEMO, small, "--filter", "cmd:fetch or cmd:search"])).code, 0);
  const now = join(folder, "now.imapcap");
  const args = ["replay", "--as-client", small, url, "--upstream-ca", ca, "--record", now];
  const { code, stdout, stderr } = await run(args, undefined, CREDENTIALS);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^\d+ answers compared: the server answers as it did\.\n$/);
  assert.match(stderr, /recorded the new session/);
  assert.doesNotMatch(stdout + stderr + readFileSync(now, "utf8"), /Kanarienvogel/);
});

test("writes are refused by name, and so is a login without credentials", async (t) => {
  const { url, ca } = await serve(t);
  const args = ["replay", "--as-client", DEMO, url, "--upstream-ca", ca];
  const refused = await run(args, undefined, CREDENTIALS);
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /connection 1: A UID STORE changes flags\n[\s\S]*connection 1: 14 UID MOVE moves/,
  );
  const without = { IMAPSCOPE_USER: "", IMAPSCOPE_PASSWORD: "", IMAPSCOPE_TOKEN: "" };
  const nobody = await run([...args, "--allow-writes"], undefined, without);
  assert.deepEqual([nobody.code, /ERR_REPLAY_NO_CREDENTIALS/.test(nobody.stderr)], [2, true]);
});

test("credentials come from the environment: a token before a password, and none without a user", () => {
  const user = { IMAPSCOPE_USER: "alice" };
  assert.deepEqual(credentialsOf({ ...user, IMAPSCOPE_PASSWORD: "open" }), {
    user: "alice",
    secret: { kind: "password", value: "open" },
  });
  assert.deepEqual(credentialsOf({ ...user, IMAPSCOPE_PASSWORD: "open", IMAPSCOPE_TOKEN: "t" }), {
    user: "alice",
    secret: { kind: "token", value: "t" },
  });
  for (const env of [
    {},
    user,
    { IMAPSCOPE_PASSWORD: "open" },
    { IMAPSCOPE_USER: "", IMAPSCOPE_TOKEN: "t" },
  ]) {
    assert.equal(credentialsOf(env), undefined);
  }
});
