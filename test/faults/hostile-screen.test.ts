/** Whatever peers send, on every page of the screen: it stays text. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { isFull } from "../runs.ts";
import { shown } from "../tui/shown.ts";

/** What would do something to a terminal, or to markup on its way there. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a title": "\x1b]0;PWNED\x07",
  "a clipboard": "\x1b]52;c;UFdORUQ=\x1b\\",
  "colours and a wiped screen": "\x1b[31;7m\x1b[2J\x1b[H",
  "modes, another screen and a reset": "\x1b[?25h\x1b[?1049l\x1b[4h\x1bc",
  "C1 controls": "\u009b2J\u009d0;PWNED\u009c\u0090q\u009c\u0085",
  "C1 as octets": "\xff\x9b2J",
  "bells, backspaces and carriage returns": "\x07\b\b\b\r\v\f\x0e\x7f\0",
  "questions that a terminal answers": "\x1b[c\x1b[6n\x05\x1bP$qm\x1b\\",
  "another direction": "\u202eevil\u2066\u2067\u061c\u200f",
  "tags of blessed": "{red-fg}{/}{bold}{escape}{open}{|}{center}",
  "wide and piled up characters": `漢字👨‍👩‍👧🇩🇪${"a\u0301\u0302\u0303\u0304\u0305".repeat(4)}\u0300`,
  "line and paragraph separators": "\u2028\u2029\ufeff\u{e0001}\u{e0041}",
};

/** Everything where a peer has its say: names, tags, texts, literals, mails, and what TLS tells. */
function session(evil: string): WireEvent[] {
  const base = { connection: 1, client: `c${evil}`, listener: "imap://127.0.0.1", upstream: `u${evil}` };
  const said: readonly (readonly ["client" | "server", string])[] = [
    ["server", `* OK [CAPABILITY IMAP4rev1 X${evil}] ${evil}\r\n`],
    ["client", `t${evil} LOGIN {${utf8(`alice${evil}`).length}+}\r\nalice${evil} xxxxxxxx\r\n`],
    ["server", `t${evil} OK [X-${evil} ${evil}] ${evil}\r\n`],
    ["client", `a2 SELECT {${utf8(`box${evil}`).length}+}\r\nbox${evil}\r\n`],
    ["server", `* 3 EXISTS\r\n* FLAGS (\\Seen $${evil})\r\n* OK [PERMANENTFLAGS ($${evil})] ${evil}\r\n`],
    ["server", "a2 OK [READ-WRITE] in\r\n"],
    ["client", "a3 FETCH 1 (UID FLAGS ENVELOPE BODY[])\r\n"],
    ["server", fetched(evil)],
    ["server", `* 2 FETCH (FLAGS ($x${evil}))\r\na3 OK ${evil}\r\n`],
    ["server", `* 4 EXISTS\r\n* ${evil}\r\n`],
    ["client", `X${evil} ${evil}\r\n`],
    ["server", `X${evil} BAD [${evil}] ${evil}\r\n`],
    ["client", `a4 COPY 1 "${evil.replace(/["\\\r\n]/g, "")}"\r\n`],
    ["server", `a4 NO [TRYCREATE] ${evil}\r\n`],
    ["client", "a5 IDLE\r\n"],
  ];
  const tls = { protocol: `TLS${evil}`, cipher: evil, serverName: evil, subject: `CN=${evil}`, alpn: evil };
  return [
    { kind: "open", atMicros: 0, ...base, midway: false },
    { kind: "tls", connection: 1, atMicros: 500, leg: "server", ...tls },
    ...said.map(
      ([from, text], i): WireEvent => ({
        ...{ kind: "data", connection: 1, atMicros: (i + 1) * 1000, from },
        ...{ bytes: utf8(text), redacted: [] },
      }),
    ),
    { kind: "error", connection: 1, atMicros: 90_000, leg: "server", code: evil, message: evil },
    { kind: "close", connection: 1, atMicros: 91_000, by: "server", reason: evil },
  ];
}

function fetched(evil: string): string {
  const word = `=?utf-8?B?${Buffer.from(evil).toString("base64")}?=`;
  const mail = `From: ${evil} <a@b>\r\nSubject: ${word} ${evil}\r\nX-${evil}: ${evil}\r\n\r\n${evil}\r\n{bold}x{/bold}\r\n`;
  const envelope = `(NIL "${word}" (("${word}" NIL "a" "b")) NIL NIL NIL NIL NIL NIL "<${word}>")`;
  return `* 1 FETCH (UID 7 FLAGS (\\Seen $${evil}) ENVELOPE ${envelope} BODY[] {${utf8(mail).length}}\r\n${mail})\r\n`;
}

/** Every row's details in every view with all folds open, and every page and prompt. */
const TOUR = [
  ...["g", "c", "\x1b", "j", "s", "j"],
  ...["\x1b", "?", "\x1b"],
  ...Array.from({ length: 16 }, (_, i) => [i === 0 ? "g1" : "J1", "Z", "2", "Z", "3", "4", "Z"]).flat(),
  ...["s", "G", "\x1b", "/mailbox:", "\t", "\x1b", "/user:", "\x1b", "tt", "\x1b", "H"],
];

/** What blessed and we write ourselves. */
const OWN =
  /\x1b\[[0-9;]*[mHGJKdrABCDXLMP]|\x1b\[\?(?:25|7|1|12|1000|1006|1049|2004)(?:;\d+)*[hl]|\x1b\[!p|\x1b[=>78]|\x1b\(B|\x1b\[\d*l|[\r\n\b]/g;

test("in everything that peers say, on every page, nothing is more than text", {
  concurrency: 4,
}, async (t) => {
  // One after the other where there is time; else all of it at once.
  const texts = isFull()
    ? Object.entries(HOSTILE)
    : [["all of it", Object.values(HOSTILE).join(" ")] as const];
  await Promise.all(texts.map(([what, evil]) => t.test(what, (each) => tour(evil, each))));
});

async function tour(evil: string, t: TestContext): Promise<void> {
  // Wide enough for the table and the details at once.
  const [columns, rows] = [120, 40];
  const { emulator, type, screen } = await shown(session(evil), { columns, rows });
  t.after(screen.close);
  const before = emulator.modes();
  const screens = new Set<string>();
  for (const keys of TOUR) {
    await type(keys, "briefly");
    assertIntact(emulator.text(), columns, keys);
    screens.add(emulator.text());
  }
  assert.ok(screens.size > TOUR.length / 2, `only ${screens.size} different screens`);
  assert.deepEqual(emulator.modes(), before);
  screen.close();
  await emulator.settled();
  assert.deepEqual(emulator.modes().slice(-6), PRISTINE);
  const rest = emulator.written().replace(OWN, "");
  const controls = [...rest.matchAll(/.{0,20}[\p{Cc}\u202a-\u202e\u2066-\u2069].{0,20}/gsu)];
  assert.deepEqual(
    controls.map(([around]) => around),
    [],
  );
}

const PRISTINE = ["normal", "title:", "bells:0", "insert:false", "origin:false", "keypad:false"];

/** The frame around it is where it belongs: the title in the first line, and something in the last. */
function assertIntact(text: string, columns: number, keys: string): void {
  const lines = text.split("\n");
  assert.match(lines[0] ?? "", /^ (?:imap\.example\.org|•••) {2}/, `after ${JSON.stringify(keys)}:\n${text}`);
  assert.notEqual(lines.at(-1), "", text);
  assert.ok(lines.every((line) => line.length <= columns * 4));
  assert.doesNotMatch(text.replaceAll("\n", ""), /\p{Cc}/u);
}
