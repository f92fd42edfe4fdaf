import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";
import { demoEvents, type Shown, type ShownOptions, shown } from "../shown.ts";

const DEMO = demoEvents();

async function open(t: TestContext, options?: ShownOptions, events = DEMO): Promise<Shown> {
  const opened = await shown(events, options);
  t.after(opened.screen.close);
  return opened;
}

function bottom({ text }: Shown): string {
  return text().split("\n").at(-1) ?? "";
}

/** What the terminal was asked to put on the clipboard. */
function copied({ emulator }: Shown): readonly string[] {
  return [...emulator.written().matchAll(/\x1b\]52;c;([^\x07]*)\x07/g)].map(([, text]) =>
    Buffer.from(text ?? "", "base64").toString(),
  );
}

test("an exchange, and what is none, is copied as a transcript and as JSON", async (t) => {
  const screen = await open(t);
  await screen.type("gt9\ry");
  assert.match(bottom(screen), /copied as a transcript/);
  await screen.type("Y");
  assert.match(bottom(screen), /copied as JSON/);
  await screen.type("gy");
  assert.deepEqual(copied(screen), [
    "transcript: 4 observations",
    "json: 4 observations",
    "transcript: 1 observations",
  ]);
});

test("what is hidden is copied as it is shown, and never as JSON, which is full of it", async (t) => {
  const screen = await open(t);
  await screen.type("gt9\rHy");
  assert.match(bottom(screen), /copied, with its content hidden/);
  await screen.type("Y");
  assert.match(bottom(screen), /content is hidden, of which JSON is full: H shows it/);
  const [text = "", ...more] = copied(screen);
  assert.deepEqual(more, []);
  assert.match(
    text,
    /^9 UID FETCH 7 \(BODY\.PEEK\[…\] MODSEQ UID\)\nOK •••\n••• · 40 octets up · 1,333 down/,
  );
  assert.match(
    text,
    /\+3\.887 S: \* 7 FETCH \(UID 7 MODSEQ 8 BODY\[…\] \{1,243\}\)\n.*\{1,243\}\n +\+3\.887 S: 9 OK •••\n$/,
  );
  assert.doesNotMatch(text, /Release notes|jonas|INBOX/i);
});

test("what is too long for a clipboard is not copied, and that is said", async (t) => {
  const long = eventsOf(`${SELECTED_PRELUDE}\nC: b1 NOOP\nS: b1 OK done`);
  const screen = await open(t, { toText: () => "x".repeat(100_000) }, long);
  await screen.type("gtb1\ry");
  assert.match(bottom(screen), /too long for the clipboard/);
  assert.deepEqual(copied(screen), []);
});

/** Keys before `S`, and how many rows are saved. */
const SAVED: readonly (readonly [keys: string, rows: number])[] = [
  ["gmjm", 2],
  [`/cmd:fetch\r`, 3],
  [`/cmd:fetch\rgm`, 1],
];

test("marked rows are saved, else those that are shown", async (t) => {
  const whole = await open(t);
  await whole.type("S\x15all.imapcap\r");
  const all = whole.saved[0]?.rows.length ?? 0;
  assert.ok(all > 60);
  for (const [keys, rows] of SAVED) {
    const screen = await open(t);
    await screen.type(keys);
    await screen.type("S\x15x.imapcap\r");
    assert.deepEqual(
      screen.saved.map(({ path, rows: chosen }) => [path, chosen.length]),
      [["x.imapcap", rows]],
      keys,
    );
    assert.match(bottom(screen), new RegExp(`saved ${rows} rows to x.imapcap`));
  }
  const picked = await open(t);
  await picked.type("cgj\r");
  await picked.type("S\x15x.imapcap\r");
  const connections = new Set(picked.saved[0]?.rows.map(({ connection }) => connection));
  assert.deepEqual([...connections], [2]);
});

test("where nothing is to be saved, or it is not known yet what, that is said instead of asked where to", async (t) => {
  const nothing = await open(t);
  await nothing.type("/cmd:getquota\r");
  await nothing.type("S");
  assert.match(bottom(nothing), /nothing to save: nothing is marked, and nothing is shown/);
  const reading = await open(t);
  reading.screen.reading(0.5);
  await reading.type("S");
  assert.match(bottom(reading), /still being read: mark what to save/);
  await reading.type("mS");
  assert.match(reading.text(), /imapscope-\d+/);
});

test("recording is begun and ended, and its state stands in the first line", async (t) => {
  const asked: (string | undefined)[] = [];
  const record = async (path: string | undefined) => {
    asked.push(path);
    return path;
  };
  const screen = await open(t, { record });
  await screen.type("R\x15x.imapcap\r");
  assert.match(screen.text(), /^.* REC .*\n/);
  assert.match(bottom(screen), /recording to x\.imapcap/);
  await screen.type("R");
  assert.doesNotMatch(screen.text(), / REC /);
  assert.deepEqual(asked, ["x.imapcap", undefined]);
});

test("what is not possible, or fails, is said", async (t) => {
  const capture = await open(t);
  await capture.type("R");
  assert.match(bottom(capture), /nothing to record: this is a capture/);
  const failing = await open(t, { record: () => Promise.reject(new Error("the disk is full")) });
  await failing.type("Rx\r");
  assert.match(bottom(failing), /the disk is full/);
  assert.doesNotMatch(failing.text(), / REC /);
});

test("where a file cannot be written the prompt stays, with what was typed and why not", async (t) => {
  const tried: string[] = [];
  const refuseFirst = (path: string): string => {
    tried.push(path);
    if (tried.length === 1) throw new Error(`${path} exists already`);
    return path;
  };
  const saving = await open(t, { save: refuseFirst });
  await saving.type("S\x15day.imapcap\r");
  assert.match(saving.text(), /\nSave as: day\.imapcap *\n {9}\^ day\.imapcap exists already *$/);
  // What is typed goes on where it was, and is none of the table's keys.
  await saving.type("\x1bb2-");
  assert.match(saving.text(), /\nSave as: day\.2-imapcap/);
  await saving.type("\r");
  assert.match(bottom(saving), /saved to day\.2-imapcap/);

  tried.length = 0;
  const recording = await open(t, { record: async (path) => path && refuseFirst(path) });
  await recording.type("R\x15day.imapcap\r");
  assert.match(recording.text(), /\nRecord to: day\.imapcap *\n {11}\^ day\.imapcap exists already *$/);
  await recording.type("2\r");
  assert.match(bottom(recording), /recording to day\.imapcap2/);
});

test("details are read back of the row that was chosen last", async (t) => {
  const screen = await open(t);
  await screen.type("gt8\r1JJJKK");
  assert.match(screen.text(), /9 UID FETCH 7 \(BODY\.PEEK\[\] MODSEQ UID\)/);
  assert.match(screen.text(), /C: 9 UID FETCH 7/);
});

test("a mail is decoded when it is opened", async (t) => {
  const screen = await open(t, { rows: 50 });
  await screen.type("gt9\r1");
  await screen.type("Z");
  assert.match(screen.text(), /│ Subject: Re: Release notes for 2\.4/);
});

test("the session as it was at the row: states, capabilities, mailbox and flags", async (t) => {
  const dialogue = `${SELECTED_PRELUDE}
    @100
    C: e1 ENABLE CONDSTORE
    S: * ENABLED CONDSTORE
    S: e1 OK done
    C: b1 FETCH 1:3 (UID FLAGS)
    S: * 1 FETCH (UID 10 FLAGS (\\Seen))
    S: * 2 FETCH (UID 20 FLAGS (\\Deleted))
    S: * 3 FETCH (UID 30 FLAGS (\\Flagged))
    S: b1 OK done
    @200
    C: b2 EXPUNGE
    S: * 2 EXPUNGE
    S: b2 OK done
    @300
    C: b3 NOOP
    S: * VANISHED 10
    S: b3 OK done
    C: b4 UNSELECT
    S: b4 OK done`;
  const screen = await open(t, { rows: 50, columns: 120 }, eventsOf(dialogue));
  const at = async (tag: string): Promise<string> => {
    await screen.type(`gt${tag}\rs`);
    const text = screen.text();
    await screen.type("\x1b");
    return text;
  };
  const before = await at("b1");
  assert.match(before, /> \[selected\] >/);
  assert.match(before, /capabilities +IMAP4REV1 IDLE UIDPLUS/);
  assert.match(before, /enabled +CONDSTORE/);
  assert.match(
    before,
    /EXISTS +5\n[\s\S]*UIDVALIDITY +7\n[\s\S]*UIDNEXT +60\n[\s\S]*PERMANENTFLAGS +\\Seen \\Deleted \\\*/,
  );
  assert.match(before, / 1 +10 {2}\\Seen\n +2 +20 {2}\\Deleted\n +3 +30 {2}\\Flagged\n/);
  const expunged = await at("b2");
  assert.match(expunged, /EXISTS +4\n/);
  assert.match(expunged, / 1 +10 {2}\\Seen\n +2 +30 {2}\\Flagged\n\n/);
  assert.match(await at("b3"), /EXISTS +3\n[\s\S]* 1 +30 {2}\\Flagged\n\n/);
  const after = await at("b4");
  assert.match(after, /> \[authenticated\] >[\s\S]*No mailbox is selected/);
  assert.match(await at("p1"), /\[authenticated\]/);
});
