import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { converse, fakeServer, run, start, startProxying, temporaryFolder, until } from "./running.ts";

const SESSION = ["a1 LOGIN alice canary7", "a2 SELECT INBOX", "a3 LOGOUT"];

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`shows and records, and ends in order at ${signal} with a complete file`, async (t) => {
    const file = join(temporaryFolder(t), "day.imapcap");
    const proxy = await startProxying(t, await fakeServer(t), ["--record", file]);
    await converse(proxy.port, SESSION);
    await until(() => /close/.test(proxy.stdout()));
    proxy.child.kill(signal);
    const { code, stdout, stderr } = await proxy.ended;
    assert.equal(code, 0);
    assert.match(stdout, /a2 +OK +SELECT INBOX/);
    assert.match(stderr, /recorded 1 connection to .*It holds no credentials, but it does hold the mail/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const viewed = await run(["view", file]);
    assert.equal(viewed.stdout, stdout);
    assert.doesNotMatch(stdout + stderr + readFileSync(file, "latin1"), /canary7/);
  });
}

test("at SIGHUP a capture that was moved away is followed by a new one", async (t) => {
  const file = join(temporaryFolder(t), "day.imapcap");
  const proxy = await startProxying(t, await fakeServer(t), ["--record", file]);
  const socket = await converse(proxy.port, SESSION.slice(0, 2));
  renameSync(file, `${file}.1`);
  proxy.child.kill("SIGHUP");
  await until(() => existsSync(file));
  await until(() => readFileSync(file, "utf8").includes('"midway":true'));
  socket.write("a3 LOGOUT\r\n");
  await until(() => /close/.test(proxy.stdout()));
  proxy.child.kill("SIGTERM");
  assert.equal((await proxy.ended).code, 0);
  const [before, after] = await Promise.all([run(["view", `${file}.1`]), run(["view", file])]);
  assert.match(before.stdout, /a2 +OK +SELECT/);
  assert.doesNotMatch(before.stdout, /LOGOUT/);
  assert.match(after.stdout, /joined midway[\s\S]*a3 +OK +LOGOUT/);
  assert.deepEqual([before.stderr, after.stderr], ["", ""]);
});

test("without a recording SIGHUP ends in order", async (t) => {
  const proxy = await startProxying(t, await fakeServer(t));
  proxy.child.kill("SIGHUP");
  assert.equal((await proxy.ended).code, 0);
});

test("a client that is connected gets BYE when the proxy ends", async (t) => {
  const proxy = await startProxying(t, await fakeServer(t));
  const socket = await converse(proxy.port, ["a1 NOOP"]);
  let heard = "";
  socket.on("data", (text: string) => {
    heard += text;
  });
  const over = once(socket, "close");
  proxy.child.kill("SIGTERM");
  assert.equal((await proxy.ended).code, 0);
  await over;
  assert.match(heard, /^\* BYE .*imapscope/m);
});

test("after kill -9 the capture can be read up to the last second", async (t) => {
  const file = join(temporaryFolder(t), "day.imapcap");
  const proxy = await startProxying(t, await fakeServer(t), ["--record", file]);
  await converse(proxy.port, SESSION.slice(0, 2));
  // It is written by itself, without that anything ends.
  await until(() => readFileSync(file, "utf8").includes("a2 OK"));
  proxy.child.kill("SIGKILL");
  await proxy.ended;
  const viewed = await run(["view", file, "--transcript"]);
  assert.equal(viewed.code, 0);
  assert.match(viewed.stdout, /S: a2 OK SELECT done/);
});

test("an existing capture is refused, and replaced with --force", async (t) => {
  const file = join(temporaryFolder(t), "day.imapcap");
  writeFileSync(file, "precious");
  const refused = await run([
    "proxy",
    "imap://127.0.0.1:1",
    "--listen",
    "imap://127.0.0.1:0",
    "--ca-dir",
    temporaryFolder(t),
    "--record",
    file,
  ]);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /exists already \(ERR_CAPTURE_EXISTS\)\n {2}.*--force/);
  assert.equal(readFileSync(file, "utf8"), "precious");
  const proxy = await startProxying(t, await fakeServer(t), ["--record", file, "--force"]);
  proxy.child.kill("SIGINT");
  await proxy.ended;
  assert.match(readFileSync(file, "utf8"), /^{"type":"capture"/);
});

test("an upstream that refuses is told to the client and to the user", async (t) => {
  const proxy = await startProxying(t, 1);
  const socket = (await import("node:net")).connect({ host: "127.0.0.1", port: proxy.port });
  let heard = "";
  socket.on("data", (data) => {
    heard += String(data);
  });
  socket.on("error", () => {});
  await until(() => heard.includes("\r\n"));
  assert.match(heard, /^\* BYE .*imapscope/);
  assert.match(await until(() => /error: connection 1: .*/.exec(proxy.stderr())?.[0]), /127\.0\.0\.1/);
});

test("nothing is left of a capture when the proxy cannot start", async (t) => {
  const file = join(temporaryFolder(t), "day.imapcap");
  const port = await fakeServer(t);
  const taken = [
    "proxy",
    "imap://127.0.0.1:1",
    "--listen",
    `imap://127.0.0.1:${port}`,
    "--ca-dir",
    temporaryFolder(t),
  ];
  const { code, stderr } = await run([...taken, "--record", file]);
  assert.equal(code, 3);
  assert.match(stderr, /ERR_LISTENER_UNAVAILABLE/);
  assert.equal(existsSync(file), false);
});

test("--keep-secrets warns, and keeps them", async (t) => {
  const proxy = await startProxying(t, await fakeServer(t), ["--keep-secrets", "--transcript"]);
  await converse(proxy.port, SESSION);
  await until(() => /LOGOUT/.test(proxy.stdout()));
  await until(() => /warning: .*--keep-secrets/.test(proxy.stderr()), proxy.stderr);
  assert.match(proxy.stdout(), /C: a1 LOGIN alice canary7/);
});

test("--json and --filter work live", async (t) => {
  const proxy = await startProxying(t, await fakeServer(t), ["--json", "--filter", "cmd:select"]);
  await converse(proxy.port, SESSION);
  const line = await until(() => proxy.stdout().split("\n")[0] || undefined);
  assert.equal(JSON.parse(line).command, "SELECT");
  proxy.child.kill("SIGINT");
  const { stdout } = await proxy.ended;
  assert.equal(stdout.trim().split("\n").length, 1);
});

test("a reader of stdout that goes away ends the proxy in order", async (t) => {
  const proxy = await startProxying(t, await fakeServer(t));
  proxy.child.stdout?.destroy();
  await converse(proxy.port, []).catch(() => {});
  assert.equal((await proxy.ended).code, 0);
});

test("what is wrong with the words of the command line is said, with exit code 2", async () => {
  for (const [args, message] of [
    [["proxy"], /ERR_UPSTREAM_MISSING/],
    [["proxy", "pop3://host"], /"pop3:\/\/host" is not an endpoint/],
    [["proxy", "imap://h", "--lines", "--json"], /cannot be used with/],
    [["prxoy"], /Did you mean proxy/],
    [["proxy", "imap://127.0.0.1:1", "--filter", "stats:no"], /stats:no\n {2}\^ /],
  ] as const) {
    const { code, stderr } = await start([...args]).ended;
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
});

test("what is wrong with the options of TLS is told before anything listens", async (t) => {
  const folder = temporaryFolder(t);
  const certificate = join(folder, "not-one.pem");
  writeFileSync(certificate, "canary7");
  const refused = async (code: number, message: RegExp, ...args: string[]) => {
    const proxy = ["proxy", "imap://127.0.0.1:1", "--listen", "imap://127.0.0.1:0", "--ca-dir", folder];
    const ended = await run([...proxy, ...args]);
    assert.equal(ended.code, code, ended.stderr);
    assert.match(ended.stderr, message);
    assert.doesNotMatch(ended.stderr, /listening|canary7/);
  };
  await Promise.all([
    refused(2, /Allowed choices are 1\.0, 1\.1, 1\.2, 1\.3/, "--tls-min", "1.4"),
    refused(2, /no such file.*ERR_CLIENT_CERT_INVALID/, "--client-cert", join(folder, "no")),
    refused(2, /a key without a certificate/, "--client-key", certificate),
    refused(2, /no PEM certificate/, "--client-cert", certificate),
    refused(3, /key log.*no such file.*ERR_KEY_LOG_UNWRITABLE/, "--keylog", join(folder, "no", "keys")),
  ]);
});

test("a key log is warned about at the start", async (t) => {
  const keys = join(temporaryFolder(t), "keys.txt");
  const proxy = await startProxying(t, await fakeServer(t), ["--keylog", keys]);
  await until(() => /warning: .*keys\.txt.*credentials included/.test(proxy.stderr()), proxy.stderr);
  assert.equal(statSync(keys).mode & 0o777, 0o600);
});
