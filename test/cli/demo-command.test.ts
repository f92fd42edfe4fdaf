import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN, ON_TERMINAL, onTerminal, scriptOnTerminal } from "./on-terminal.ts";
import { converse, run, temporaryFolder } from "./running.ts";

/** Not the ports that one demo of a machine has. */
const LISTEN = ["--listen", "imaps://127.0.0.1:0", "imap://127.0.0.1:0"];

test("elsewhere than on a terminal it plays once, over TLS on both legs, as it was recorded, and ends", async (t) => {
  const { code, stdout, stderr } = await run(["demo", "--ca-dir", temporaryFolder(t), ...LISTEN]);
  assert.equal(code, 0, stderr);
  for (const leg of ["server", "client"])
    assert.equal(stdout.match(new RegExp(` tls +${leg} leg: TLSv1\\.3`, "g"))?.length, 4, leg);
  assert.match(stdout, / OK +SELECT INBOX/);
  assert.match(stdout, /\* .* push .*EXISTS +during .* IDLE/);
  assert.match(stdout, / NO +SELECT/);
  assert.match(stdout, / NO +AUTHENTICATE PLAIN {2}\[AUTHENTICATIONFAILED\]/);
  assert.match(stdout, /^4 connections, 47 exchanges \(45 OK, 2 NO\)$/m);
  assert.match(stdout, /^5 pushes, 1 defect, /m);
  // Of the recorded Dovecot.
  assert.match(stdout, /enabled-missing by the server/);
  assert.doesNotMatch(stderr, /warning|error/);
  assert.match(stderr, /imapscope proxy imaps:/);
});

test("without a TLS listener of the user's the play has one of its own", async (t) => {
  const { code, stdout } = await run([
    ...["demo", "--ca-dir", temporaryFolder(t), "--listen", "imap://127.0.0.1:0"],
  ]);
  assert.equal(code, 0);
  assert.match(stdout, / tls +client leg/);
});

test("a port that was asked for and cannot be had is an error", async (t) => {
  const { code, stderr } = await run([
    ...["demo", "--ca-dir", temporaryFolder(t), "--listen", "imap://192.0.2.1:1143"],
  ]);
  assert.equal(code, 3);
  assert.match(stderr, /ERR_LISTENER_UNAVAILABLE/);
});

test(
  "on the screen it plays as it happened, then goes on; a client of one's own is answered in between",
  ON_TERMINAL,
  async (t) => {
    const demo = onTerminal(t, ["demo", "--ca-dir", temporaryFolder(t), ...LISTEN]);
    const url = /demo: imap:\/\/127\.0\.0\.1:(\d+), imaps :\d+ /;
    const port = Number(url.exec(await demo.shows(url))?.[1]);
    await demo.shows(/any password/);
    const own = await converse(port, ["own1 LOGIN alice anything", "own2 EXAMINE INBOX", "own3 LOGOUT"]);
    own.destroy();
    await demo.shows(/That was all of it/);
    // The pause that was recorded was kept.
    demo.type("/cmd:list wait>1s or tag:own2\r");
    await demo.shows(/ OK +LIST "" \* RETURN/);
    await demo.shows(/ own2 +OK +EXAMINE INBOX/);
    demo.type("gtown2\r\r");
    await demo.shows(/C: own2 EXAMINE INBOX/);
    demo.type("q");
    const { code, text } = await demo.ended();
    assert.equal(code, 0);
    assert.match(text, /5 connections, 50 exchanges \(48 OK, 2 NO\)/);
    assert.match(text, /imapscope proxy imaps:/);
  },
);

test(
  "with --lines on a terminal it says where clients may connect, and Ctrl-C ends it in order",
  ON_TERMINAL,
  async (t) => {
    const demo = onTerminal(t, [
      ...["demo", "--lines", "--filter", "status:no", "--ca-dir", temporaryFolder(t), ...LISTEN],
    ]);
    await demo.shows(/of your own: imap:\/\/127\.0\.0\.1:\d+, imaps:.*user\s+alice/s);
    demo.type("\x03");
    const { code, text } = await demo.ended();
    assert.equal(code, 0);
    assert.match(text, /imapscope proxy imaps:/);
    assert.doesNotMatch(text, /warning|error/);
  },
);

test(
  "where nobody could end it, it ends by itself, and a signal ends it before that",
  ON_TERMINAL,
  async (t) => {
    const command = ["demo", "--lines", "--filter", "status:no", "--ca-dir", temporaryFolder(t), ...LISTEN];
    const script = `( exec ${MAIN} ${command.map((word) => `'${word}'`).join(" ")} </dev/null ); echo "code:$?"`;
    const left = scriptOnTerminal(t, script, { NODE_OPTIONS: "" }, [100, 30]);
    assert.doesNotMatch(await left.ended(), /of your own/);
    assert.match(left.text(), /2 exchanges \(2 NO\)/);
    assert.match(left.text(), /^code:0$/m);
    const stopped = scriptOnTerminal(t, script, { NODE_OPTIONS: "" }, [100, 30]);
    await stopped.shows(/plays again/);
    stopped.process.write("\x03");
    const text = await stopped.ended();
    assert.match(text, /^code:0$/m);
    assert.doesNotMatch(text, /2 exchanges|warning|error|bug/);
  },
);
