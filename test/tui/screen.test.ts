import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Note } from "../../src/core/notes.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { eventsOf, SELECTED_PRELUDE } from "../playbook.ts";
import { expectScreen } from "./golden.ts";
import { GOLDEN_SCREENS } from "./golden-screens.ts";
import { demoEvents, type Shown, type ShownOptions, shown } from "./shown.ts";

const DEMO = demoEvents();
const ENTER = "\r";

test("screens are as they were looked at", { concurrency: 4 }, async (t) => {
  const all = GOLDEN_SCREENS.map(({ name, size, keys }) =>
    t.test(name, async (one) => {
      const [columns, rows] = size;
      const { type, text } = await open(one, DEMO, { columns, rows });
      for (const each of keys) await type(each);
      expectScreen(name, text());
    }),
  );
  await Promise.all(all);
});

test("with nothing to show it says what to do, and while a capture is read, that it is", async (t) => {
  const { screen, text } = await open(t, []);
  expectScreen("empty-80x24", text());
  screen.reading(0.42);
  await pause(100);
  expectScreen("reading-80x24", text());
});

test("a row that is gone to once it is read is read back, where the details are open", async (t) => {
  const { screen, observe, type, text } = await open(t, said(1, SELECTED_PRELUDE), { rows: 50 });
  await type("g\r");
  screen.reading(0.1);
  await type("tb1\r");
  assert.match(text(), /not read so far/);
  const more = said(1, "@500\nC: b1 NOOP\nS: b1 OK done so", "going on");
  await observe(more, "quietly");
  assert.match(text(), /C: b1 NOOP[\s\S]*S: b1 OK done so/);
});

test("rows come by themselves: the table follows, and stays where one has gone", async (t) => {
  const { screen, observe, type, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true });
  await observe(said(1, "@500\nC: b1 NOOP", "going on"));
  assert.match(text(), /~ .*b1 .*open/);
  assert.match(status(text()), /3 exchanges ~1 .*FOLLOW/);
  await type("gj");
  const before = text();
  await observe(said(1, "@600\nS: b1 OK done\nC: b2 NOOP", "going on"));
  assert.deepEqual(words(text()), words(before));
  assert.doesNotMatch(status(text()), /FOLLOW/);
  await type("G");
  assert.match(text(), /~ .*b2 .*open/);
  screen.close();
});

test("what comes is drawn without a key", async (t) => {
  const { screen, emulator, text } = await open(t, []);
  const { observations } = await import("../playbook.ts").then(({ play }) => play(SELECTED_PRELUDE));
  for (const observation of observations) screen.observe(observation);
  for (let tries = 0; tries < 100 && !/SELECT INBOX/.test(text()); tries++) {
    await pause(20);
    await emulator.settled();
  }
  assert.match(text(), /SELECT INBOX/);
});

test("held still, the table does not change; let go, everything is there", async (t) => {
  const { observe, type, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true });
  await type("p");
  await observe(said(1, "@500\nC: b1 NOOP\nS: b1 OK done", "going on"));
  assert.doesNotMatch(text(), /b1/);
  assert.match(status(text()), /PAUSED/);
  await type("pG");
  assert.match(text(), /b1 .*OK .*NOOP/);
});

test("what is in flight ticks, and IDLE is told from waiting", async (t) => {
  const { observe, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true, columns: 120 });
  await observe(said(1, "@500\nC: b1 IDLE\nS: + idling", "going on"));
  await observe(said(2, "@800\nS: * OK hi"));
  const first = row(text(), "b1");
  await observe(said(2, "@5900\nS: * OK hi again", "going on"));
  const later = row(text(), "b1");
  assert.match(first, /idle [|/\\-]/);
  assert.match(later, /5\.4 s/);
  assert.notEqual(first, later);
  assert.match(later, /┄┄/);
});

test("two clients on one mailbox are seen side by side: what one does, and the push that the other gets", async (t) => {
  const events = merged(
    said(1, `${SELECTED_PRELUDE}\n@100\nC: i1 IDLE\nS: + idling\n@300\nS: * 2 EXPUNGE`),
    said(2, `${SELECTED_PRELUDE}\n@200\nC: x1 UID EXPUNGE 20\nS: * 2 EXPUNGE\nS: x1 OK done`),
    said(3, `${SELECTED_PRELUDE}\n@250\nC: z1 NOOP\nS: z1 OK done`),
  );
  const { type, text } = await open(t, events, { columns: 120 });
  await type("cgjk j ");
  assert.match(text(), /\[x\] #1 .*alice .*INBOX/);
  await type("\x1b");
  const rows = lines(text());
  const did = rows.findIndex((line) => /#2 +x1 .*UID EXPUNGE 20/.test(line));
  const push = rows.findIndex((line) => /\* .*#1 +push .*2 EXPUNGE +during i1 IDLE/.test(line));
  assert.ok(did !== -1 && push === did + 1, text());
  assert.doesNotMatch(text(), /#3/);
  await type("a");
  assert.match(text(), /#3/);
});

test("connections side by side, live: find, marks, hiding and the details work as in the table", async (t) => {
  const idling = said(1, `${SELECTED_PRELUDE}\n@100\nC: i1 IDLE\nS: + idling`);
  const { observe, type, text, emulator } = await open(t, merged(idling, said(2, SELECTED_PRELUDE)), {
    live: true,
  });
  await type("|");
  await observe([
    ...said(
      2,
      "@200\nC: x1 STORE 2 +FLAGS (\\Seen)\nS: * 2 FETCH (FLAGS (\\Seen))\nS: x1 OK done",
      "going on",
    ),
    ...said(1, "@300\nS: * 2 FETCH (FLAGS (\\Seen))", "going on"),
  ]);
  const did = lines(text()).findIndex((line) => /│ +├ x1 STORE 2 \+F.* OK /.test(line));
  assert.match(lines(text())[did + 1] ?? "", /\* 2 FETCH \(FLAGS \(\\Seen\)\).* │$/);
  assert.match(lines(text())[1] ?? "", /#1 alice INBOX +wait #2 alice INBOX +wait/);
  assert.match(text(), /~ i1 IDLE +idle /);
  await type("tx1\rm");
  assert.match(selected(emulator), /◆ .*│ +├ x1 STORE/);
  await type("1");
  assert.match(text(), /C: x1 STORE 2/);
  await type("\x1b", "briefly");
  await type(`/push${ENTER}`);
  assert.doesNotMatch(text(), /x1 STORE/);
  assert.match(text(), /\* 2 FETCH/);
  await type("H");
  assert.doesNotMatch(text(), /alice|INBOX|Seen/);
  await type("|");
  assert.match(lines(text())[1] ?? "", /time +# +tag/);
});

test("a filter typed, given at the start, or in force while rows come shows the same", async (t) => {
  const asked = ["cmd:fetch or push", "text:Flagged", "status:no"];
  for (const filter of asked) {
    const typed = await open(t, DEMO, { rows: 60 });
    await typed.type(`/${filter}${ENTER}`);
    const given = await open(t, DEMO, { rows: 60, filter });
    await given.type("j");
    await typed.type("j");
    assert.equal(table(given), table(typed), filter);
    assert.ok(table(typed).length > 0);
  }
});

test("from match to match among everything, and only the matches", async (t) => {
  const { type, text, emulator } = await open(t, DEMO, { rows: 60 });
  await type(`/cmd:search${ENTER}`);
  assert.equal(lines(text()).filter((line) => /UID SEARCH/.test(line)).length, 2);
  assert.match(status(text()), /\/cmd:search \(2\)/);
  await type("xgn");
  assert.match(selected(emulator), /UID SEARCH CHARSET/);
  await type("n");
  assert.match(selected(emulator), /UID SEARCH UNSEEN/);
  await type("n");
  assert.match(bottom(text()), /no further match/);
  await type("N");
  assert.match(selected(emulator), /UID SEARCH CHARSET/);
});

/** Keys over the capture of the demo, and what the cursor is on then. */
const JUMPS: readonly (readonly [keys: string, on: RegExp])[] = [
  ["ge", /#2 +2 .*NO .*AUTHENTICATE/],
  ["gee", /#1 +11 .*NO .*SELECT/],
  ["E", /#1 +11 .*NO .*SELECT/],
  ["w", /#1 +6 .*LIST/],
  ["ww", /#2 +2 .*AUTHENTICATE/],
  ["gtE\r", /#1 +E .*UID FETCH 8/],
  ["@+10.4\r", /\+10\.439|\+10\.440|\+10\.4/],
];

test("to a tag, a time, the next NO, the slowest", async (t) => {
  for (const [keys, on] of JUMPS) {
    const { type, emulator } = await open(t, DEMO, { columns: 120 });
    await type(keys);
    assert.match(selected(emulator), on, keys);
  }
});

test("marks and comments are found again and shown", async (t) => {
  const { type, emulator, text } = await open(t, DEMO, { columns: 120, rows: 60 });
  await type("gtB\rm");
  await type("gtD\r;look at this\r");
  assert.match(text(), /◆ .*#1 +B /);
  assert.match(text(), /“look at this” IDLE/);
  await type("g'");
  assert.match(selected(emulator), /#1 +B /);
  await type("'");
  assert.match(selected(emulator), /#1 +D /);
});

test("quit is asked for by q and C-c, and not by what is typed at a prompt", async (t) => {
  const { type, quits } = await open(t, DEMO);
  await type("/q");
  assert.equal(quits(), 0);
  await type("\x1b");
  await pause(60);
  await type("q");
  assert.equal(quits(), 1);
  await type("\x03");
  assert.equal(quits(), 2);
});

test("a window of any size, while it changes, shows what fits", async (t) => {
  const { type, text, emulator } = await open(t, DEMO);
  for (const key of ["G", "1", "2", "c", "s", "?", "/"]) {
    await type(key);
    for (const [columns, rows] of [
      [200, 60],
      [20, 5],
      [1, 1],
      [80, 24],
    ] as const) {
      await emulator.resize(columns, rows);
      assert.equal(lines(text()).length, rows);
    }
    assert.notEqual(text().trim(), "", key);
  }
});

test("after it was closed the terminal is as it was, whatever was open", async (t) => {
  for (const keys of ["", "1", "?", "/cmd:", "s", "c"]) {
    const { screen, type, emulator } = await open(t, DEMO);
    if (keys !== "") await type(keys);
    screen.close();
    screen.close();
    await emulator.settled();
    assert.deepEqual(emulator.modes(), PRISTINE);
    assert.equal(emulator.isRaw(), false);
    assert.equal(emulator.text().trim(), "");
  }
});

const PRISTINE = ["?25", "normal", "title:", "bells:0", "insert:false", "origin:false", "keypad:false"];

async function open(
  t: { after: (then: () => void) => void },
  events: readonly WireEvent[],
  options?: ShownOptions,
): Promise<Shown> {
  const opened = await shown(events, options);
  t.after(opened.screen.close);
  return opened;
}

/** What is said on a connection; `going on` leaves out that it was opened. */
function said(connection: number, transcript: string, goingOn?: "going on"): WireEvent[] {
  const events = eventsOf(transcript).map((event): WireEvent => ({ ...event, connection }));
  return goingOn === undefined ? events : events.slice(1);
}

function merged(...streams: readonly (readonly WireEvent[])[]): WireEvent[] {
  return streams.flat().sort((one, other) => one.atMicros - other.atMicros);
}

function lines(text: string): string[] {
  return text.split("\n");
}

function status(text: string): string {
  return lines(text)[0] ?? "";
}

function bottom(text: string): string {
  return lines(text).at(-1) ?? "";
}

function row(text: string, tag: string): string {
  return lines(text).find((line) => line.includes(` ${tag} `)) ?? "";
}

/** The first rows without the waterfall, which shrinks as time goes on. */
function words(text: string): string[] {
  return lines(text)
    .slice(1, 8)
    .map((line) => line.slice(0, 60));
}

/** The lines of the table without heading and waterfall, which depends on what else is shown. */
function table({ text }: Shown): string {
  return lines(text())
    .slice(2, -1)
    .map((line) => line.slice(0, 60).trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/** The line that has the paper of what is selected. */
function selected({ text, style }: Shown["emulator"]): string {
  return lines(text()).find((_, y) => /paper:236/.test(style(3, y))) ?? "";
}

test("matches that come are counted as they come", async (t) => {
  const { observe, type, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true });
  await type(`/cmd:noop${ENTER}`);
  assert.match(status(text()), /\(0\)/);
  await observe(said(1, "@500\nC: b1 NOOP\nS: b1 OK done", "going on"));
  assert.match(status(text()), /\(1\)/);
});

test("a filter for what only a deep look finds matches what comes after it was typed", async (t) => {
  const { observe, type, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true, rows: 40 });
  await observe(said(1, `@400\nC: b0 FETCH 1 BODY[]\nS: * 1 FETCH (BODY[] {6}\nS: needle)`, "going on"));
  await type(`/text:needle${ENTER}`);
  await observe(said(1, "@500\nS: b0 OK done\nC: b1 FETCH 2 BODY[]\nS: * 2 FETCH (BODY[] {6}", "going on"));
  await observe(said(1, "@600\nS: needle)\nS: b1 OK done\nC: b2 NOOP\nS: b2 OK done", "going on"));
  assert.match(status(text()), /text:needle \(2\)/);
  assert.match(text(), / b0 [\s\S]* b1 /);
  assert.doesNotMatch(text(), / b2 /);
  await type(`/\x15defect${ENTER}`);
  await observe(
    said(1, "@700\nC: b3 FETCH 2 ENVELOPE\nS: * 2 FETCH (ENVELOPE (1))\nS: b3 OK done", "going on"),
  );
  assert.match(text(), / b3 /);
});

test("keys that are typed faster than a row is read back do what they do afterwards", async (t) => {
  const slow = await open(t, DEMO, { columns: 100, rows: 36 });
  for (const keys of [`gt9${ENTER}`, "1", "Z"]) await slow.type(keys);
  await slow.type("jj");
  await slow.type("i");
  const quick = await open(t, DEMO, { columns: 100, rows: 36 });
  await quick.type(`gt9${ENTER}1Zjji`);
  assert.equal(quick.text(), slow.text());
  const session = await open(t, DEMO);
  await session.type(`gt9${ENTER}`);
  await session.type("si");
  assert.match(session.text(), /CAPABILITY|RFC/);
});

test("marks and comments that were kept stand at their rows, and those that are made are given out", async (t) => {
  const made: Note[] = [];
  const note = {
    connection: 1,
    atMicros: 0,
    kind: "exchange",
    label: "9",
    nth: 1,
    marked: true,
    comment: "why?",
  };
  const kept = DEMO.flatMap((event) =>
    event.kind === "data" ? [{ ...note, atMicros: event.atMicros }] : [],
  );
  const { type, text } = await open(t, DEMO, { notes: kept, note: (each) => made.push(each) });
  await type(`gt9${ENTER}`);
  assert.match(row(text(), "9"), /◆.*“why\?”/);
  await type("m");
  assert.doesNotMatch(row(text(), "9"), /◆/);
  const found = kept.find(({ atMicros }) => atMicros === made[0]?.atMicros);
  assert.deepEqual(made, [{ ...found, marked: false }]);
});

/** A login and INBOX selected, then a FETCH of which the first message has come in part. */
const DOWNLOADING = `@500\nC: b1 FETCH 1:2 BODY[]\n@700\nS: * 1 FETCH (BODY[] {400000}\nS| ${"x".repeat(150_000)}`;

test("a row in flight shows what has come of a literal, and loads in the waterfall", async (t) => {
  const { observe, text } = await open(t, said(1, SELECTED_PRELUDE), { live: true, columns: 160, rows: 40 });
  await observe(said(1, DOWNLOADING, "going on"));
  assert.match(row(text(), "b1"), /open .* 21 +150k +200 ms .*─.*█/);
});

test("open details of what is in flight follow it to its end, in every view", async (t) => {
  const shown = await open(t, said(1, SELECTED_PRELUDE), { live: true, columns: 120, rows: 40 });
  const { observe, type, text } = shown;
  await observe(said(1, DOWNLOADING, "going on"));
  await type(ENTER);
  await until(shown, /open in flight/, /21 octets up · 150,028 down/);
  const rest = `@900\nS: ${"x".repeat(250_000)})\nS: * 2 FETCH (BODY[] {5}\nS| hello`;
  await observe(said(1, rest, "going on"));
  await until(shown, /open in flight/, /21 octets up · 400,0\d\d down · 1 untagged/);
  await until(shown, /\{400,000\} mail/);
  await type("3");
  await observe(said(1, "@950\nS: )\nS: b1 OK fetched", "going on"));
  await until(shown, /OK fetched/, /2 untagged · 451 ms/, /wait +200 ms/, /total +451 ms/);
  await type("1");
  assert.match(text(), /S: b1 OK fetched/);
});

test("what ended while one was elsewhere, as IDLE after DONE, is shown when one comes back", async (t) => {
  const shown = await open(t, said(1, SELECTED_PRELUDE), { live: true, columns: 120, rows: 24 });
  const { observe, type, text } = shown;
  await observe(said(1, "@500\nC: b1 IDLE\nS: + idling", "going on"));
  await type(ENTER);
  assert.match(text(), /open in flight/);
  await observe(said(1, "@700\nS: * 6 EXISTS", "going on"));
  await until(shown, /\* 6 EXISTS/);
  await type("\x1b");
  await observe(said(1, "@900\nC: DONE\nS: b1 OK idled", "going on"));
  await type(`gtb1${ENTER}${ENTER}`);
  await until(shown, /OK idled/, /C: DONE/, /S: b1 OK idled/);
});

test("all folds are opened by one key, and a comment stands whole in the details", async (t) => {
  const { type, text } = await open(t, DEMO, { columns: 100, rows: 60 });
  const comment = "the client asks for the whole mail only to show its first line, every time it is opened";
  await type(`gt8${ENTER};${comment}${ENTER}`);
  await type("2");
  assert.ok(text().replace(/\s+/g, " ").includes(`“${comment}”`), text());
  await type("Z");
  assert.match(text(), /▾ 1 FETCH[\s\S]*▾ BODYSTRUCTURE\n +▾ 1 text\/plain .*\n +encoding/);
  assert.doesNotMatch(text(), /▸/);
});

/** Waits for what is to come with the next frames, or is read back again in time. */
async function until({ text, emulator }: Shown, ...expected: readonly RegExp[]): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    await emulator.settled();
    if (expected.every((each) => each.test(text()))) return;
    await pause(50);
  }
  for (const each of expected) assert.match(text(), each);
}
