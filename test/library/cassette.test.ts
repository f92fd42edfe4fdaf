/** A cassette records when it must, and replays when it can. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import { type Cassette, type CassetteOptions, cassette } from "../../src/library/cassette.ts";
import { caFolder } from "../ca-folder.ts";
import { converse, fakeServer, temporaryFolder } from "../cli/running.ts";

const PLAIN = { listen: ["imap://127.0.0.1:0"], plain: true };

async function open(context: TestContext, options: CassetteOptions): Promise<() => Promise<Cassette>> {
  const folder = temporaryFolder(context);
  const upstream = `imap://127.0.0.1:${await fakeServer(context)}`;
  return () => cassette(join(folder, "a.imapcap"), { ...PLAIN, caDir: caFolder(), upstream, ...options });
}

async function session({ port }: Cassette, lines: readonly string[]): Promise<void> {
  const socket = await converse(port, lines);
  socket.end();
  if (!socket.closed) await once(socket, "close");
}

const LINES = ["a LOGIN alice secret", "b SELECT INBOX"];

test("once: the first time is recorded, the next ones are replayed", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "a.imapcap");
  const upstream = `imap://127.0.0.1:${await fakeServer(context)}`;
  const options: CassetteOptions = { ...PLAIN, caDir: caFolder(), upstream, mode: "once" };
  const first = await cassette(path, options);
  assert.equal(first.recording, true);
  await session(first, LINES);
  assert.equal(await first.close(), undefined);
  assert.doesNotMatch(readFileSync(path, "latin1"), /secret/);
  for (let time = 0; time < 2; time++) {
    const next = await cassette(path, { ...options, upstream: "imap://127.0.0.1:1" });
    assert.equal(next.recording, false);
    await session(next, LINES);
    assert.deepEqual((await next.close())?.failures, []);
  }
});

test("none: what is not there is not recorded", async (context) => {
  const next = await open(context, { mode: "none" });
  await assert.rejects(next(), (error: unknown) => {
    return error instanceof ImapscopeError && error.code === "ERR_CASSETTE_MISSING";
  });
});

test("all: each time is recorded anew", async (context) => {
  const next = await open(context, { mode: "all" });
  for (let time = 0; time < 2; time++) {
    const one = await next();
    assert.equal(one.recording, true);
    await session(one, LINES);
    await one.close();
  }
});

test("new: a client that was not answered in full leaves the capture to be recorded anew", async (context) => {
  const next = await open(context, { mode: "new" });
  const first = await next();
  await session(first, LINES);
  await first.close();
  const second = await next();
  assert.equal(second.recording, false);
  const socket = connect(second.port, second.host);
  socket.on("data", (heard) => {
    if (String(heard).includes("x NO")) socket.end();
  });
  socket.write('x LIST "" *\r\n');
  await once(socket, "close");
  assert.equal((await second.close())?.counts.miss, 1);
  const third = await next();
  assert.equal(third.recording, true);
  await session(third, LINES);
  await third.close();
});

test("in CI the default is not to record", async (context) => {
  const before = process.env["CI"];
  process.env["CI"] = "true";
  context.after(() => {
    if (before === undefined) delete process.env["CI"];
    else process.env["CI"] = before;
  });
  const next = await open(context, {});
  await assert.rejects(next(), /no capture|There is no capture/);
  assert.ok(!existsSync("a.imapcap"));
});
