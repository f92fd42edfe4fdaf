/** The demo as docs/demo.md tells of it: every command on that page, with the real clients, is answered. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { onTerminal } from "../cli/on-terminal.ts";
import { run } from "./process.ts";

test("curl and imaplib get what docs/demo.md promises", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "imapscope-demo-test-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const listen = ["--listen", "imap://localhost:0", "imaps://localhost:0"];
  const demo = onTerminal(t, ["demo", "--lines", "--filter", "status:no", "--ca-dir", folder, ...listen]);
  const places = /of your own: imap:\/\/localhost:(\d+), imaps:\/\/localhost:(\d+);/;
  const [, plain = "", secure = ""] = places.exec(await demo.shows(places)) ?? [];
  const page = (await readFile("docs/demo.md", "utf8"))
    .replaceAll("1143", plain)
    .replaceAll("1993", secure)
    .replaceAll('"$(npx imapscope ca path)"', join(folder, "imapscope-ca.pem"));

  const commands = [...page.matchAll(/^ {4}(curl .*)$/gm)].map((match) => match[1] ?? "");
  assert.equal(commands.length, 4);
  const answers: string[] = [];
  for (const command of commands) {
    const { code, stdout, stderr } = await run("sh", ["-c", `${command} -sS --max-time 60`]);
    assert.equal(code, 0, `${command}\n${stderr}`);
    answers.push(stdout);
  }
  for (const [i, what] of [
    /\* LIST .* INBOX/,
    /\* 7 EXISTS/,
    /^Second draft\./m,
    /\* SEARCH 5 6 7/,
  ].entries())
    assert.match(answers[i] ?? "", what);

  const script = /```python\n(.*?)```/s.exec(page)?.[1] ?? "";
  const python = await run("/usr/bin/python3", ["-c", script]);
  assert.equal(python.code, 0, python.stderr);
  assert.match(python.stdout, /Subject: Lunch on Thursday\?/);

  await demo.shows(/that was all of it/);
  demo.type("\x03");
  assert.equal((await demo.ended()).code, 0);
});
