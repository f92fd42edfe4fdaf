import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { ImapscopeError } from "../../src/errors.ts";
import { readCapture } from "../../src/files/capture-reader.ts";
import { type CaptureWriterOptions, openCaptureWriter } from "../../src/files/capture-writer.ts";
import { scriptArguments } from "../script.ts";
import { decoded, HEADER } from "../wire-events.ts";
import { scratchPath } from "./scratch-folder.ts";
import { createSlowFile } from "./slow-file.ts";

const OPTIONS: CaptureWriterOptions = {
  createdBy: HEADER.createdBy,
  createdAt: new Date(HEADER.createdAt),
  redacted: HEADER.redacted,
};

const data: WireEvent = {
  kind: "data",
  connection: 1,
  atMicros: 12_008,
  from: "server",
  bytes: new Uint8Array(5000).fill(0x0a),
  redacted: [],
};

test("the header is there before anything is recorded, for the owner only", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const writer = await openCaptureWriter(path, OPTIONS);
  assert.deepEqual(decoded([readFileSync(path)]), { headers: [HEADER], events: [], problems: [] });
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(writer.path, path);
  assert.equal(writer.octets(), statSync(path).size);
  await writer.close();
});

test("a closed capture holds everything", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const writer = await openCaptureWriter(path, OPTIONS);
  for (let i = 0; i < 1000; i++) writer.append(data);
  await writer.close();
  const { events, problems } = decoded([readFileSync(path)]);
  assert.deepEqual([events.length, problems], [1000, []]);
  assert.deepEqual(events.at(-1), data);
});

test("plain records only, where the file is to be text", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const writer = await openCaptureWriter(path, { ...OPTIONS, plainOnly: true });
  writer.append(data);
  await writer.close();
  assert.equal(readFileSync(path, "utf8").split("\n").length, 3);
});

test("an existing file is refused without being touched, and replaced by force", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, "mine");
  await assert.rejects(openCaptureWriter(path, OPTIONS), { code: "ERR_CAPTURE_EXISTS" });
  assert.equal(readFileSync(path, "utf8"), "mine");
  await (await openCaptureWriter(path, { ...OPTIONS, force: true })).close();
  assert.equal(decoded([readFileSync(path)]).headers.length, 1);
});

test("a disk that is full at once leaves no empty file behind", async () => {
  const file = createSlowFile({ gate: "open" });
  await file.breakDown("ENOSPC");
  await assert.rejects(openCaptureWriter("a.imapcap", { ...OPTIONS, createFile: async () => file }), {
    code: "ERR_CAPTURE_UNWRITABLE",
    message: "a.imapcap cannot be written: no space is left on the device (ENOSPC)",
  });
  assert.equal(file.calls.at(-1), "discard");
});

test("a disk that fills up ends the recording with a sentence, once", async () => {
  const file = createSlowFile({ gate: "open" });
  const ends: ImapscopeError[] = [];
  const writer = await openCaptureWriter("a.imapcap", {
    ...OPTIONS,
    createFile: async () => file,
    onEnd: (error) => ends.push(error),
  });
  await file.breakDown("ENOSPC");
  writer.append(data);
  await writer.close();
  assert.deepEqual(
    ends.map(({ code, message }) => [code, message]),
    [["ERR_CAPTURE_ENDED", "Recording to a.imapcap ended: no space is left on the device (ENOSPC)"]],
  );
});

function startRecorder(path: string, how: string): ChildProcess {
  return spawn(process.execPath, [...scriptArguments("files/recorder-process.ts"), path, how], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

test("a recorder that is killed leaves everything up to its last flush", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const child = startRecorder(path, "wait");
  const exited = once(child, "exit");
  context.after(() => child.kill("SIGKILL"));
  await once(child, "message");
  const seen = new AbortController();
  let events = 0;
  await readCapture(
    path,
    {
      onHeader: () => undefined,
      onProblem: (problem) => assert.fail(problem.message),
      onEvent: () => {
        events++;
        if (events === 100) seen.abort();
      },
    },
    { follow: true, signal: seen.signal },
  );
  child.kill("SIGKILL");
  const [, signal] = await exited;
  assert.equal(signal, "SIGKILL");
  const { headers, events: kept, problems } = decoded([readFileSync(path)]);
  assert.deepEqual([headers.length, kept.length, problems], [1, 100, []]);
});

test("a recorder that crashes writes what waits on its way out", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const child = startRecorder(path, "crash");
  const [code] = await once(child, "exit");
  assert.equal(code, 70);
  assert.ok(existsSync(path));
  const { events, problems } = decoded([readFileSync(path)]);
  assert.deepEqual([events.length, problems], [100, []]);
});
