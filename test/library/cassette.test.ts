/** A cassette records when it must, and replays when it can. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
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

/** The environment in which the test runs, as if it were that of CI or not. */
function inCi(value: string | undefined): void {
  if (value === undefined) delete process.env["CI"];
  else process.env["CI"] = value;
}

/** These tests run in CI too, where the variable is set. */
beforeEach(() => inCi(undefined));

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
    const next = await cassette(pathToFileURL(path), { ...options, upstream: "imap://127.0.0.1:1" });
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

test("in CI nothing is recorded: what is there is replayed", async (context) => {
  inCi("true");
  for (const mode of [undefined, "once", "new", "none", "all"] as const) {
    const next = await open(context, { mode });
    await assert.rejects(next(), /There is no capture/, mode);
  }
  inCi(undefined);
  const next = await open(context, { mode: "all" });
  const first = await next();
  await session(first, LINES);
  await first.close();
  inCi("true");
  const second = await next();
  assert.deepEqual([first.recording, second.recording], [true, false]);
  await second.close();
});

test("suites that run side by side may record the same one, and find it when it is complete", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "fixtures", "a.imapcap");
  const upstream = `imap://127.0.0.1:${await fakeServer(context)}`;
  const options: CassetteOptions = { ...PLAIN, caDir: caFolder(), upstream };
  const suites = [await cassette(path, options), await cassette(path, options)];
  assert.deepEqual([suites.map(({ recording }) => recording), existsSync(path)], [[true, true], false]);
  for (const suite of suites) {
    await session(suite, LINES);
    await suite.close();
    const next = await cassette(path, options);
    assert.equal(next.recording, false);
    await session(next, LINES);
    assert.deepEqual((await next.close())?.failures, []);
  }
  assert.deepEqual(readdirSync(join(folder, "fixtures")), ["a.imapcap"]);
});

test("a recording that nobody closes does not keep its process", async (context) => {
  const folder = temporaryFolder(context);
  const given = JSON.stringify({ ...PLAIN, caDir: caFolder(), upstream: "imap://127.0.0.1:1", mode: "all" });
  const program = `
    import { cassette } from ${JSON.stringify(new URL("../../dist/testing.js", import.meta.url).href)};
    await cassette(${JSON.stringify(join(folder, "a.imapcap"))}, ${given});
  `;
  const ending = spawn(process.execPath, ["--input-type=module", "--eval", program]);
  assert.deepEqual(await once(ending, "close"), [0, null]);
});

test("a recording without a client leaves nothing, and what was there as it was", async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, "a.imapcap");
  const upstream = `imap://127.0.0.1:${await fakeServer(context)}`;
  for (const before of [[], ["a.imapcap"]]) {
    for (const name of before) writeFileSync(join(folder, name), "kept");
    const recording = await cassette(path, { ...PLAIN, caDir: caFolder(), upstream, mode: "all" });
    await recording[Symbol.asyncDispose]();
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes("a.imapcap")),
      before,
    );
  }
  assert.equal(readFileSync(path, "utf8"), "kept");
});
