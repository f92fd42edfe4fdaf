import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConnectionScript } from "../../src/core/replay/script.ts";
import { ImapscopeError } from "../../src/errors.ts";
import { readListeners } from "../../src/library/replay-listeners.ts";

const NOTHING: Omit<ConnectionScript, "connection" | "listener"> = {
  ...{ greeting: undefined, steps: [], closedByServer: false, told: new Map() },
  capabilities: { before: undefined, behind: undefined },
};

function listeners(urls: readonly string[] | undefined, ...recorded: readonly string[]): readonly string[] {
  const connections = recorded.map((listener, at) => ({ ...NOTHING, connection: at + 1, listener }));
  return readListeners(urls)({ connections }).map(({ scheme, host, port }) => `${scheme} ${host} ${port}`);
}

test("without any there is TLS on a free port, whatever was recorded", () => {
  assert.deepEqual(listeners(undefined, "imap://127.0.0.1:143"), ["imaps 127.0.0.1 0"]);
});

test("as recorded there is one for each scheme by which clients came, in their order", () => {
  const imap = "imap://127.0.0.1:143";
  const imaps = "imaps://[::1]:993";
  assert.deepEqual(listeners(["recorded"], imap, imaps, imap), ["imap 127.0.0.1 0", "imaps 127.0.0.1 0"]);
  assert.deepEqual(listeners(["recorded", "imap://localhost:1143"], imap), [
    "imap 127.0.0.1 0",
    "imap localhost 1143",
  ]);
  for (const untold of [[""], ["socks5://127.0.0.1:1080"], []])
    assert.deepEqual(listeners(["recorded"], ...untold), ["imaps 127.0.0.1 0"]);
});

test("what is no URL is told at once", () => {
  assert.throws(
    () => readListeners(["recorded", "nonsense"]),
    (error) => error instanceof ImapscopeError && error.code === "ERR_ENDPOINT_INVALID",
  );
});
