import assert from "node:assert/strict";
import { test } from "node:test";
import { writeDialogue } from "../../../src/tui/details/dialogue-lines.ts";
import type { DetailOptions, EventMaterial, Material } from "../../../src/tui/details/material.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { push } from "../../observations.ts";
import { lines, materialOf, options, shown } from "./shown.ts";

function dialogue(material: Material, fields: Partial<DetailOptions> = {}): string {
  return shown(writeDetails(options(fields), (writer) => writeDialogue(writer, material)));
}

const MAIL =
  "From: anna@example.org\\r\\nSubject: =?utf-8?Q?Hi?=\\r\\n\\r\\nC: a9 LOGOUT is what one may write into a mail, but none is fooled.\\r\\n";
const MAIL_OCTETS = MAIL.replaceAll("\\r\\n", "..").length;

const FETCH = `
  C: a1 UID FETCH 1:2 (FLAGS BODY[])
  @20
  S: * 1 FETCH (UID 1 FLAGS (\\Seen) BODY[] {${MAIL_OCTETS}}
  S| ${MAIL}
  S: )
  S: * 6 EXISTS
  S: * 2 FETCH (FLAGS (\\Deleted))
  S: a1 OK done
`;

test("each line of both sides stands with its time, literals are folded with a preview, and doubt is marked", () => {
  assert.equal(
    dialogue(materialOf(FETCH, "a1"), { decodeWords: (text) => text.replace("=?utf-8?Q?Hi?=", "Hi") }),
    lines(`
        +0.000 C: a1 UID FETCH 1:2 (FLAGS BODY[])
        +8.000 S: * 1 FETCH (UID 1 FLAGS (\\Seen) BODY[] {${MAIL_OCTETS}}
    ▸   +8.000 {${MAIL_OCTETS}} mail: Hi
        +8.000 S: )
       +11.000 S: * 6 EXISTS  « push
       +12.000 S: * 2 FETCH (FLAGS (\\Deleted))  ~ likely its own
       +13.000 S: a1 OK done
       +13.000 ! likely fetch-items-missing by the server: BODY[] of 1 message(s)
                 (RFC 9051 §6.4.5)
    `),
  );
});

test("no line of an opened mail can pass for one of the dialogue", () => {
  const material = materialOf(FETCH, "a1");
  const place = material.dialogue.findIndex((entry) => entry.kind === "response");
  const rows = dialogue(material, { toggled: new Set([`literal/${place}.0`]) }).split("\n");
  const inside = rows.filter((row) => row.startsWith("  │"));
  assert.ok(inside.some((row) => row.includes("C: a9 LOGOUT")));
  assert.equal(rows.filter((row) => row.includes("LOGOUT")).length, 1);
});

test("a command with a literal is read line by line, each + where it was said", () => {
  const text =
    "To: bob@example.org\\r\\n\\r\\nThis text is long enough to be folded, as it is more than eighty octets.\\r\\n";
  const octets = text.replaceAll("\\r\\n", "..").length;
  const append = `@100\nC: a1 APPEND Sent {${octets}}\n@140\nS: + go on\n@150\nC| ${text}\nC:\n@300\nS: a1 NO [TRYCREATE] no`;
  assert.equal(
    dialogue(materialOf(append, "a1")),
    lines(`
          +0.000 C: a1 APPEND Sent {${octets}}
         +40.000 S: + go on
      ▸  +40.000 {${octets}} mail: To: bob@example.org
        +200.000 S: a1 NO [TRYCREATE] no
    `),
  );
});

test("IDLE, what came during it, and times beyond a minute", () => {
  assert.equal(
    dialogue(
      materialOf(
        "@100\nC: a1 IDLE\n@150\nS: + idling\n@90000\nS: * 6 EXISTS\n@190000\nC: DONE\n@190040\nS: a1 OK done",
        "a1",
      ),
    ),
    lines(`
          +0.000 C: a1 IDLE
         +50.000 S: + idling
      +89900.000 S: * 6 EXISTS  « push
     +189900.000 C: DONE
     +189940.000 S: a1 OK done
    `),
  );
});

test("what may be that of another command says so", () => {
  const both = "C: a1 SEARCH ALL\nC: a2 SEARCH UNSEEN\nS: * SEARCH 1 2\nS: a1 OK done\nS: a2 OK done";
  assert.match(dialogue(materialOf(both, "a1")), /SEARCH 1 2 {2}\? one of 2 commands/);
});

test("a change of state stands where it happened", () => {
  const select =
    "S: * OK hi\nC: a1 LOGIN anna xxxxxxxx\nS: a1 OK done\nC: a2 EXAMINE &BBIERQQ+BDQ-\nS: a2 OK [READ-ONLY] done";
  assert.match(dialogue(materialOf(select, "a2", true)), /> authenticated -> selected Вход \(read-only\)$/);
});

test("a command of which not all has come is shown as far as it has", () => {
  const text = dialogue(materialOf("C: a1 APPEND Sent {300}\nS: + go on\nC| From:", "a1"));
  assert.match(text, /C: a1 APPEND Sent \{300\}/);
});

const MANY = Array.from({ length: 500 }, (_none, i) => `S: * ${(i % 5) + 1} FETCH (FLAGS ())`).join("\n");

test("a run of equal responses is one fold, that opens by the hundred", () => {
  const material = materialOf(`C: a1 FETCH 1:5 FLAGS\n${MANY}\nS: a1 OK done`, "a1");
  const rows = dialogue(material).split("\n");
  assert.ok(rows.length < 12, rows.join("\n"));
  const run = /▸ .*S: (\d+) FETCH, .* octets, until/.exec(rows.join("\n"));
  assert.ok(Number(run?.[1]) > 400);
});

test("a long line is cut after some lines, and stands whole in a fold", () => {
  const material = materialOf(`C: a1 SEARCH ${"UNSEEN ".repeat(300)}ALL\nS: a1 OK done`, "a1");
  const rows = dialogue(material).split("\n");
  assert.match(rows[3] ?? "", /…$/);
  assert.match(rows[4] ?? "", /▸ all of its 2,1\d\d characters/);
  assert.ok(dialogue(material, { toggled: new Set(["row/0.0"]) }).includes("ALL"));
});

test("a push by itself is a dialogue of one line", () => {
  const event: EventMaterial = {
    kind: "event",
    observation: push(),
    response: undefined,
    connection: undefined,
    mails: new Map(),
  };
  assert.equal(dialogue(event), "    +0.000 S: * 12 EXISTS");
  assert.equal(
    dialogue({
      ...event,
      observation: { kind: "tls", connection: 1, atMicros: 1, event: { kind: "starttls", leg: "client" } },
    }),
    "nothing was said",
  );
});
