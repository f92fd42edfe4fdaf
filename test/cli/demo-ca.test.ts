import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { openDemoCa } from "../../src/cli/demo-ca.ts";
import { ImapscopeError } from "../../src/errors.ts";
import { openCa } from "../../src/library/interception.ts";
import { temporaryFolder } from "./running.ts";

/** A machine on which this user's own CA cannot be kept. */
function openElsewhere(dir: string | undefined): ReturnType<typeof openCa> {
  if (dir !== undefined) return openCa(dir);
  throw new ImapscopeError("ERR_CA_UNWRITABLE", { dir: "/readonly", reason: "permission denied" });
}

test("the CA is that of the proxy, or of the folder that was asked for", async (t) => {
  const folder = temporaryFolder(t);
  const { dir, path, notice } = await openDemoCa(folder);
  assert.deepEqual([dir, notice], [folder, undefined]);
  assert.ok(existsSync(path));
});

test("where it cannot be kept there is one for this run, which is told", async () => {
  const { dir, path, notice } = await openDemoCa(undefined, openElsewhere);
  assert.match(
    notice?.text ?? "",
    /made in \/readonly: permission denied\. A CA for this run only is used instead: /,
  );
  assert.ok(notice?.text.endsWith(path));
  assert.ok(path.startsWith(dir) && existsSync(path));
});

test("but not in place of a folder that was asked for", async () => {
  const failing = (): never => {
    throw new ImapscopeError("ERR_CA_UNWRITABLE", { dir: "/asked", reason: "permission denied" });
  };
  await assert.rejects(openDemoCa("/asked", failing), { code: "ERR_CA_UNWRITABLE" });
});
