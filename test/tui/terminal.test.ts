import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { openTerminal } from "../../src/tui/terminal.ts";
import { type Canvas, createCanvas, SELECTED } from "../../src/tui/view/frame.ts";
import { STYLES } from "../../src/tui/view/style.ts";
import { createTheme } from "../../src/tui/view/theme.ts";
import { anyCharacter } from "../any-character.ts";
import { createEmulator, type OpenEmulator, openEmulator } from "./emulator.ts";
import { expectScreen } from "./golden.ts";

const theme = createTheme(256, "dark");

/** Where blessed installs handlers. */
const EVENTS = ["exit", "SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGCONT", "uncaughtException"];

function styleOf(number: number): string {
  const look = theme.look(STYLES[number & ~SELECTED] ?? "plain", (number & SELECTED) !== 0);
  return [
    look.bold ? "bold" : "",
    look.underline ? "underline" : "",
    look.reverse ? "inverse" : "",
    look.ink === undefined ? "" : `ink:${look.ink}`,
    look.paper === undefined ? "" : `paper:${look.paper}`,
  ]
    .filter((word) => word !== "")
    .join(" ");
}

const nothing = () => {};
const NOTHING = {
  environment: {},
  onInput: nothing,
  onReady: nothing,
  onResize: nothing,
  onLost: nothing,
};

async function draw(emulator: OpenEmulator, paint: (canvas: Canvas) => unknown): Promise<Canvas> {
  const { columns, rows } = emulator.terminal.size();
  const canvas = createCanvas(columns, rows);
  paint(canvas);
  emulator.terminal.draw(canvas);
  await emulator.settled();
  return canvas;
}

function assertShows(emulator: OpenEmulator, canvas: Canvas): void {
  for (let y = 0; y < canvas.rows; y++) {
    for (let x = 0; x < canvas.columns; x++) {
      const at = y * canvas.columns + x;
      const place = `${x},${y} of ${JSON.stringify(canvas.characters.slice(y * canvas.columns, (y + 1) * canvas.columns).join(""))}`;
      assert.equal(emulator.character(x, y), canvas.characters[at], place);
      if (canvas.characters[at] === "") continue;
      assert.equal(emulator.style(x, y), styleOf(canvas.styles[at] ?? 0), place);
    }
  }
}

const PIECES = [
  "a1 INBOX",
  "Привет",
  "日本語",
  "😀",
  "👨‍👩‍👧",
  "🇩🇪",
  "👍🏽",
  "é",
  "x\u0301\u0302\u0303",
  "─│┌",
  "한국",
  "  ",
  "\u202e\x9b2J",
  "ａｂ",
];

const steps = fc.array(
  fc.record({
    x: fc.nat(29),
    y: fc.nat(4),
    text: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("")),
    style: fc.constantFrom(...STYLES),
    act: fc.constantFrom("text", "text", "fill", "select"),
  }),
  { maxLength: 8 },
);

test("what is drawn is what the terminal shows, whatever was there before", async () => {
  const emulator = openEmulator({ columns: 30, rows: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 4 }), async (frames) => {
      // There, and back again.
      for (const frame of [...frames, ...frames.toReversed()]) {
        const canvas = await draw(emulator, (empty) => {
          for (const { x, y, text, style, act } of frame) {
            if (act === "select") empty.select(y, x);
            else if (act === "fill") empty.fill(x, y, text.length, "─", style);
            else empty.text(x, y, text, style);
          }
        });
        assertShows(emulator, canvas);
      }
    }),
    { numRuns: 40 },
  );
  emulator.terminal.close();
});

/** What may never reach a terminal from a peer, each with what it would do. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a title": "\x1b]0;PWNED\x07",
  "a title in C1": "\u009d0;PWNED\u009c",
  "a cleared screen": "\x1b[2J\x1b[H",
  "a cleared screen in C1": "\u009b2J\u009bH",
  colours: "\x1b[31;5;8mred\x1b[0m",
  "the normal screen": "\x1b[?1049l\x1b[?25h",
  "a clipboard": "\x1b]52;c;UFdORUQ=\x07",
  "a question": "\x1b[c\x1b[6n\x1b]11;?\x07",
  "a string that does not end": "\x1bPq\x1b_",
  "all of C0": Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(""),
  "all of C1": Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)).join(""),
  "another direction": "\u202egpj.exe\u2066\u200f",
  "zero width": "a\u200bb\ufeffc\u2060d\u00ade",
  "tags of blessed": "{bold}{red-fg}x{/}{open}{|}{right}",
  separators: "a\u2028b\u2029c\r\nd",
  "halves of characters": "\ud83d \ude00",
  "private use": "\ue000\uf8ff\u{f0000}\u{10fffd}",
  unassigned: "\u0378\uffff\u{e0080}\u{1fffe}",
  "language tags": "\u{e0001}\u{e0041}",
  "fifty marks": `z${"\u0300\u0489".repeat(25)}`,
  "marks alone": "\u0300".repeat(50),
  "a long emoji": `👩${"\u200d👩".repeat(20)}`,
  "a shift to graphics": "\x0e\x1b(0lqqk",
};

/** All that a frame is made of: the cursor kept, put and moved right, styles. */
const DRAWING = /\x1b[78]|\x1b\[\d+;\d+H|\x1b\[\d+[GC]|\x1b\[[\d;]*m/g;

for (const [name, text] of Object.entries(HOSTILE)) {
  test(`no peer's text does anything: ${name}`, async () => {
    const emulator = openEmulator({ columns: 60, rows: 5 });
    await emulator.settled();
    const modes = emulator.modes();
    const before = emulator.written().length;
    const canvas = await draw(emulator, (empty) => {
      for (let y = 0; y < 5; y++) empty.fill(0, y, 60, "#", "faint");
      assert.ok(empty.text(10, 2, text, "bad", 40) <= 50);
    });
    assertShows(emulator, canvas);
    const lines = emulator.text().split("\n");
    for (const y of [0, 1, 3, 4]) assert.equal(lines[y], "#".repeat(60));
    for (let x = 0; x < 60; x++) if (x < 10 || x >= 50) assert.equal(emulator.character(x, 2), "#");
    assert.deepEqual(emulator.modes(), modes);
    const written = emulator.written().slice(before);
    assert.doesNotMatch(written.replace(DRAWING, ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
    emulator.terminal.close();
  });
}

test("an emoji that the terminal does not know shifts nothing and leaves nothing of what was there", async () => {
  const emulator = openEmulator({ columns: 10, rows: 2 });
  await draw(emulator, (canvas) => canvas.text(0, 0, "abcdefghij", "ok"));
  // Of Unicode 15; the emulator knows those of 11, and gives it one cell.
  await draw(emulator, (canvas) => canvas.text(0, 0, "x\u{1fa77}y", "ok"));
  assert.equal(emulator.text().trim(), "x\u{1fa77} y");
  assert.equal(emulator.character(3, 0), "y");
  emulator.terminal.close();
});

test("no text at all changes anything but its own cells", async () => {
  const emulator = openEmulator({ columns: 40, rows: 3 });
  await emulator.settled();
  const modes = emulator.modes();
  const fence = "#".repeat(40);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: anyCharacter }),
        fc.string({ unit: "grapheme" }),
        // Halves of characters too.
        fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
      ),
      async (text) => {
        const before = emulator.written().length;
        await draw(emulator, (canvas) => {
          for (let y = 0; y < 3; y++) canvas.fill(0, y, 40, "#", "faint");
          canvas.text(5, 1, text, "bad", 30);
        });
        const [above, line = "", below] = emulator.text().split("\n");
        assert.deepEqual([above, below], [fence, fence]);
        assert.match(line, /^#####/);
        for (let x = 35; x < 40; x++) assert.equal(emulator.character(x, 1), "#");
        assert.doesNotMatch(emulator.written().slice(before).replace(DRAWING, ""), /[\p{C}\p{Zl}\p{Zp}]/u);
      },
    ),
    { numRuns: 100 },
  );
  assert.deepEqual(emulator.modes(), modes);
  emulator.terminal.close();
});

test("texts of all scripts stand under each other as they should", async () => {
  const emulator = openEmulator({ columns: 44, rows: 20 });
  const texts = [...PIECES, ...Object.values(HOSTILE)].slice(0, 20);
  await draw(emulator, (canvas) => {
    for (const [y, text] of texts.entries()) {
      canvas.text(0, y, text, "plain", 40);
      canvas.fill(41, y, 1, "│", "faint");
    }
  });
  expectScreen("scripts", emulator.text());
  emulator.terminal.close();
});

test("the second screen is taken and given back, with all modes as they were and no handler left", async () => {
  const listeners = () => EVENTS.map((event) => process.listenerCount(event));
  const found = listeners();
  const pristine = createEmulator().modes();
  const emulator = openEmulator();
  await emulator.settled();
  assert.ok(emulator.isRaw());
  for (const mode of ["?1049", "?1000", "?1006", "?2004"]) assert.ok(emulator.modes().includes(mode), mode);
  assert.ok(!emulator.modes().includes("?25"));
  // One for whoever exits without closing, one to be continued: none that would end the process.
  assert.deepEqual(
    listeners().map((count, i) => count - (found[i] ?? 0)),
    EVENTS.map((event) => (event === "exit" || event === "SIGCONT" ? 1 : 0)),
  );
  await draw(emulator, (canvas) => canvas.text(0, 0, "日本", "bad"));
  emulator.terminal.close();
  emulator.terminal.close();
  await emulator.settled();
  assert.deepEqual(emulator.modes(), pristine);
  assert.ok(!emulator.isRaw());
  assert.equal(emulator.text().trim(), "");
  assert.deepEqual(listeners(), found);
  for (const event of ["data", "end", "error", "resize", "drain"]) {
    assert.equal(emulator.output.listenerCount(event) + emulator.input.listenerCount(event), 0, event);
  }
  const before = emulator.written();
  await draw(emulator, (canvas) => canvas.text(0, 0, "x", "bad"));
  assert.equal(emulator.terminal.copy("x"), false);
  emulator.terminal.suspend();
  emulator.type("j");
  await emulator.settled();
  assert.equal(emulator.written(), before);
  assert.deepEqual(emulator.told.inputs, []);
});

test("without the mouse its modes stay off", async () => {
  const emulator = openEmulator({ mouse: false });
  await emulator.settled();
  assert.ok(!emulator.modes().includes("?1000"));
  emulator.terminal.close();
});

test("keys, pastes and the mouse are told, Escape after a moment", async () => {
  const emulator = openEmulator();
  await emulator.settled();
  assert.equal(emulator.told.ready, 1);
  emulator.type("j\r\x1b[A😀\x1b[200~q\x1b[201~\x1b[<0;3;4M\x1b");
  await emulator.settled();
  const shown = emulator.told.inputs.map((input) => ("name" in input ? input.name : input.kind));
  // The moment may be over already: how long it is, test/tui/input/reader.test.ts says.
  assert.deepEqual(shown.slice(0, 6), ["j", "enter", "up", "😀", "paste", "click"]);
  while (emulator.told.inputs.length < 7) await pause(5);
  emulator.terminal.close();
});

test("a new size is told once, and the screen drawn anew", async () => {
  const emulator = openEmulator({ columns: 20, rows: 4 });
  await draw(emulator, (canvas) => canvas.text(0, 0, "日本語 before", "plain"));
  emulator.output.emit("resize");
  await emulator.resize(30, 6);
  assert.deepEqual(emulator.told.sizes, [{ columns: 30, rows: 6 }]);
  // A frame of the old size is late.
  const late = createCanvas(20, 4);
  late.text(0, 0, "late", "bad");
  emulator.terminal.draw(late);
  const canvas = await draw(emulator, (empty) => empty.text(25, 5, "after", "ok"));
  assertShows(emulator, canvas);
  emulator.terminal.close();
});

test("a terminal that says no size has the usual one", () => {
  const emulator = createEmulator();
  Object.assign(emulator.output, { columns: 0, rows: undefined });
  const terminal = openTerminal({ ...NOTHING, input: emulator.input, output: emulator.output });
  assert.deepEqual(terminal.size(), { columns: 80, rows: 24 });
  terminal.close();
});

test("an unchanged frame writes nothing, and a changed cell little", async () => {
  const emulator = openEmulator();
  const paint = (text: string) => (canvas: Canvas) => {
    canvas.fill(0, 0, 80, "─", "faint");
    canvas.text(5, 3, text, "ok");
  };
  await draw(emulator, paint("one"));
  const first = emulator.written().length;
  await draw(emulator, paint("one"));
  assert.equal(emulator.written().length, first);
  await draw(emulator, paint("onE"));
  assert.ok(emulator.written().length - first < 50);
  emulator.terminal.close();
});

test("frames are left out while the terminal takes nothing, and asked for when it does again", async () => {
  const emulator = openEmulator({ columns: 200, rows: 60 });
  await emulator.settled();
  emulator.stall(true);
  let drawn = 0;
  const next = (): void => {
    const canvas = createCanvas(200, 60);
    for (let y = 0; y < 60; y++) canvas.text(0, y, String(drawn % 10).repeat(200), drawn % 2 ? "ok" : "no");
    drawn++;
    emulator.terminal.draw(canvas);
  };
  while (!emulator.terminal.isBehind()) next();
  assert.ok(drawn < 20);
  const waiting = emulator.output.writableLength;
  for (let i = 0; i < 50; i++) next();
  assert.equal(emulator.output.writableLength, waiting);
  assert.equal(emulator.terminal.copy("x"), false);
  assert.equal(emulator.told.ready, 1);
  emulator.stall(false);
  await emulator.settled();
  assert.equal(emulator.told.ready, 2);
  const canvas = await draw(emulator, (empty) => empty.text(0, 0, "now", "ok"));
  assertShows(emulator, canvas);
  emulator.terminal.close();
});

test("the terminal is written to without waiting for it, and as before once it is given back", async () => {
  const blocking: boolean[] = [];
  const emulator = createEmulator();
  const output = Object.assign(emulator.output, {
    _handle: { setBlocking: (on: boolean) => blocking.push(on) },
  });
  const terminal = openTerminal({ ...NOTHING, input: emulator.input, output });
  assert.deepEqual(blocking, [false]);
  terminal.close();
  await emulator.settled();
  assert.deepEqual([...new Set(blocking)], [false, true]);
});

test("after the process was stopped and continued everything is there again", async () => {
  const emulator = openEmulator({ columns: 20, rows: 3 });
  await draw(emulator, (canvas) => canvas.text(0, 0, "日本", "ok"));
  // What a shell does meanwhile.
  (emulator.output as unknown as NodeJS.WritableStream).write("\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[31m$ fg");
  process.emit("SIGCONT", "SIGCONT");
  assert.equal(emulator.told.ready, 2);
  const canvas = await draw(emulator, (empty) => empty.text(0, 0, "日本", "ok"));
  assertShows(emulator, canvas);
  for (const mode of ["?1049", "?2004"]) assert.ok(emulator.modes().includes(mode), mode);
  assert.ok(!emulator.modes().includes("?25"));
  emulator.terminal.close();
});

test("a terminal that goes is told, and nothing is thrown", async () => {
  const emulator = openEmulator();
  await emulator.settled();
  emulator.output.emit("error", new Error("EIO"));
  assert.equal(emulator.told.lost, 1);
  emulator.input.emit("end");
  emulator.input.emit("error", new Error("EIO"));
  const before = emulator.written();
  await draw(emulator, (canvas) => canvas.text(0, 0, "x", "bad"));
  assert.equal(emulator.written(), before);
  // Told once is enough.
  assert.equal(emulator.told.lost, 1);
  emulator.terminal.close();
});

test("every terminal can be drawn on, and what is in the environment stays as it is", async (context) => {
  const complaints = ["log", "error", "warn"].map((name) =>
    context.mock.method(console, name as "log", () => {}),
  );
  const found = { ...process.env };
  process.env["TMUX"] = "/nowhere,1,0";
  for (const TERM of ["linux", "vt100", "vt220", "dumb", "screen-256color", "xterm-kitty", "no-such", ""]) {
    const emulator = openEmulator({ environment: { TERM } });
    await draw(emulator, (canvas) => canvas.text(3, 3, "日本 ─│ Привет", "bad"));
    assert.equal(emulator.text().trim(), "日本 ─│ Привет", TERM);
    emulator.terminal.close();
  }
  assert.equal(process.env["TMUX"], "/nowhere,1,0");
  delete process.env["TMUX"];
  assert.deepEqual({ ...process.env }, found);
  for (const complaint of complaints) assert.equal(complaint.mock.callCount(), 0);
});

test("a copy goes to the clipboard of the terminal", async () => {
  const emulator = openEmulator();
  await emulator.settled();
  const before = emulator.written().length;
  assert.equal(emulator.terminal.copy("a1 OK"), true);
  assert.equal(emulator.terminal.copy("x".repeat(100_000)), false);
  await emulator.settled();
  assert.equal(emulator.written().slice(before), "\x1b]52;c;YTEgT0s=\x07");
  emulator.terminal.close();
});
