import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Observation } from "../../src/core/observation.ts";
import { createCheckpointStore } from "../../src/core/observer/checkpoint-store.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { captureEvents } from "../../src/files/capture-reader.ts";
import { intercept, openCa } from "../../src/library/interception.ts";
import { caFolder } from "../ca-folder.ts";
import { converse, fakeServer, temporaryFolder, until } from "../cli/running.ts";

test("one call relays, masks, records and observes; live equals recorded", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "x.imapcap");
  const observations: Observation[] = [];
  const events: WireEvent[] = [];
  const interception = await intercept({
    upstream: `imap://127.0.0.1:${await fakeServer(t)}`,
    listen: ["imap://127.0.0.1:0"],
    caDir: folder,
    record: { path },
    onObservation: (observation) => observations.push(observation),
    onEvent: (event) => events.push(event),
  });
  const port = Number(new URL(interception.listening[0]?.url ?? "").port);
  await converse(port, ["a1 LOGIN alice canary7", "a2 NOOP"]);
  assert.equal(interception.recorded(), 1);
  assert.ok(interception.nowMicros() > 0);
  await interception.close();
  assert.deepEqual(
    observations.flatMap((each) => (each.kind === "exchange" ? [each.exchange.commandName] : [])),
    ["LOGIN", "NOOP"],
  );
  const recorded: WireEvent[] = [];
  for await (const event of captureEvents(path)) recorded.push(event);
  const shape = (list: readonly WireEvent[]) => list.map(({ kind, atMicros }) => `${kind} ${atMicros}`);
  assert.deepEqual(shape(recorded), shape(events));
  assert.doesNotMatch(readFileSync(path, "latin1"), /canary7/);
  assert.equal(existsSync(interception.caPath), true);
  assert.equal((await openCa(folder)).certificatePath, interception.caPath);
});

test("the observer fills checkpoints for who asks for them", async (t) => {
  const checkpoints = createCheckpointStore({ octetsApart: 100 });
  const interception = await intercept({
    upstream: `imap://127.0.0.1:${await fakeServer(t)}`,
    listen: ["imap://127.0.0.1:0"],
    caDir: caFolder(),
    ...{ checkpoints, onObservation: () => {} },
  });
  const port = Number(new URL(interception.listening[0]?.url ?? "").port);
  await converse(port, ["a1 NOOP", "a2 NOOP"]);
  await interception.close();
  assert.ok((checkpoints.find(1, Number.POSITIVE_INFINITY)?.dialogue.lastOrdinal ?? 0) > 0);
});

test("the observer can be told to look deeper while connections go on", async (t) => {
  const seen: string[] = [];
  const interception = await intercept({
    upstream: `imap://127.0.0.1:${await fakeServer(t)}`,
    ...{ listen: ["imap://127.0.0.1:0"], caDir: caFolder(), depth: "skim" },
    onObservation: (each) => {
      if (each.kind === "request") seen.push(each.role);
      else if (each.kind === "exchange") seen.push(each.exchange.tag);
    },
  });
  const port = Number(new URL(interception.listening[0]?.url ?? "").port);
  const client = await converse(port, ["a1 NOOP"]);
  await until(() => seen.includes("a1"));
  interception.look("full");
  client.write("a2 NOOP\r\n");
  await until(() => seen.includes("a2"));
  await interception.close();
  assert.deepEqual(seen, ["a1", "command", "a2"]);
});

test("a capture that cannot be made is refused before anything listens", async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(
    intercept({
      upstream: "imap://127.0.0.1:1",
      listen: ["imap://127.0.0.1:0"],
      caDir: caFolder(),
      record: { path: join(folder, "no", "x.imapcap") },
    }),
    { code: "ERR_CAPTURE_UNWRITABLE" },
  );
});
