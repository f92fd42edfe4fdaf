import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { concat } from "../../src/core/base/octets.ts";
import { checkCapture } from "../../src/core/check/check.ts";
import { exchangesOf } from "../../src/core/observe.ts";
import { decodeCapture } from "../../src/library/capture.ts";
import { compileFilter } from "../../src/library/show.ts";
import { type Slice, sliceCapture } from "../../src/library/slice.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));

async function octetsOf({ write }: Slice): Promise<Uint8Array> {
  const runs: Uint8Array[] = [];
  await write(async (bytes) => {
    runs.push(bytes);
  });
  return concat(runs);
}

test("a slice of a recorded session is whole by itself, from a file and from standard input", async () => {
  const wishes = { wishesOf: () => ({ matches: compileFilter("cmd:move") }) };
  const slice = await sliceCapture(DEMO, wishes);
  assert.equal(slice.connections, 1);
  const octets = await octetsOf(slice);
  assert.deepEqual(checkCapture(octets).problems, []);
  const { header, events } = decodeCapture(octets);
  assert.deepEqual(header?.redacted, ["credentials"]);
  assert.deepEqual(
    exchangesOf(events).map(({ commandName }) => commandName),
    ["ID", "AUTHENTICATE", "ID", "NAMESPACE", "ENABLE", "SELECT", "UID MOVE", "LOGOUT"],
  );
  const piped = await sliceCapture("-", {
    wishesOf: () => ({ matches: compileFilter("cmd:move") }),
    stdin: Readable.from([readFileSync(DEMO)]),
  });
  assert.deepEqual(Buffer.from(await octetsOf(piped)), Buffer.from(octets));
});

test("nothing wanted is told, and what is no capture", async () => {
  const nothing = { wishesOf: () => ({ connections: new Set([99]) }) };
  await assert.rejects(sliceCapture(DEMO, nothing), { code: "ERR_SLICE_EMPTY" });
  const page = fileURLToPath(new URL("../../README.md", import.meta.url));
  await assert.rejects(sliceCapture(page, nothing), { code: "ERR_CAPTURE_NOT_ONE" });
});
