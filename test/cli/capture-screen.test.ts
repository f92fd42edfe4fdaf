import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ON_TERMINAL, onTerminal } from "./on-terminal.ts";
import { temporaryFolder } from "./running.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));

test("marks and comments are kept beside the capture and shown the next time", ON_TERMINAL, async (t) => {
  const capture = join(temporaryFolder(t), "x.imapcap");
  const notes = `${capture}.notes`;
  copyFileSync(DEMO, capture);
  const first = onTerminal(t, ["view", capture]);
  await first.shows(/36 exchanges/);
  first.type("gtE\rm;why twice?\r");
  await first.shows(/◆.* E .*“why twice\?”/);
  first.type("q");
  assert.equal((await first.ended()).code, 0);
  assert.match(
    readFileSync(notes, "utf8"),
    /^\{"type":"note",.*"label":"E","marked":true,"comment":"why twice\?"\}\n$/,
  );
  assert.equal(statSync(notes).mode & 0o777, 0o600);

  appendFileSync(notes, "what is this\n");
  const second = onTerminal(t, ["view", capture]);
  await second.shows(/◆.* E .*“why twice\?”/);
  await second.shows(/line 2 of .*x\.imapcap\.notes/);
  // To the mark, away with both, and one on another row.
  second.type("g'm;\x15\rj;next\r");
  await second.shows(/“next”/);
  second.type("q");
  assert.match((await second.ended()).text, /kept as\s+it is/);
  const text = readFileSync(notes, "utf8");
  assert.match(text, /"comment":"next"/);
  assert.match(text, /^what is this$/m);
  assert.doesNotMatch(text, /why twice/);
});

test("what is saved takes its notes along", ON_TERMINAL, async (t) => {
  const folder = temporaryFolder(t);
  const [capture, saved] = [join(folder, "x.imapcap"), join(folder, "y.imapcap")];
  copyFileSync(DEMO, capture);
  const screen = onTerminal(t, ["view", capture]);
  await screen.shows(/36 exchanges/);
  screen.type("gtE\rm;this one\r");
  await screen.shows(/“this one”/);
  screen.type(`S\x15${saved}\r`);
  await screen.shows(/saved 1 row of 1 connection/);
  screen.type("q");
  await screen.ended();
  assert.ok(existsSync(`${saved}.notes`));
  const again = onTerminal(t, ["view", saved]);
  await again.shows(/◆.* E .*“this one”/);
});

test(
  "a filter that cannot be read is refused before there is a screen, wherever it shows",
  ON_TERMINAL,
  async (t) => {
    for (const args of [
      ["view", DEMO],
      ["view", DEMO, "--lines"],
      ["view", DEMO, "--tui"],
      ["proxy", "imap://127.0.0.1:1", "--listen", "imap://127.0.0.1:0"],
      ["demo"],
    ]) {
      const { code, text } = await onTerminal(t, [...args, "--filter", "push or wiat>5"]).ended();
      assert.equal(code, 2, text);
      assert.match(text, /^ {2}push or wiat>5\n {10}\^ There is no field wiat/m);
    }
  },
);

test("what could never be is refused as well", ON_TERMINAL, async (t) => {
  const { code, text } = await onTerminal(t, ["view", DEMO, "--filter", "status:maybe"]).ended();
  assert.equal(code, 2);
  assert.match(text, /^ {9}\^ There is no status maybe\. The statuses are NO, BAD, OK/m);
});

test(
  "of a capture nothing is recorded, which is said at once, and a name that is taken can be mended",
  ON_TERMINAL,
  async (t) => {
    const folder = temporaryFolder(t);
    const taken = join(folder, "a.imapcap");
    copyFileSync(DEMO, taken);
    const screen = onTerminal(t, ["view", taken]);
    await screen.shows(/36 exchanges/);
    screen.type("R");
    await screen.shows(/nothing to record: this is a capture/);
    screen.type(`S\x15${taken}\r`);
    await screen.shows(/Save as: .*a\.imapcap *\n.*exists already/);
    screen.type("\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7fb.imapcap\r");
    await screen.shows(/saved \d+ rows of 3 connections/);
    assert.ok(existsSync(join(folder, "ab.imapcap")));
    screen.type("q");
    assert.equal((await screen.ended()).code, 0);
  },
);
