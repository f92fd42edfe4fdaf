import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailOptions, Material } from "../../../src/tui/details/material.ts";
import { writeStructure } from "../../../src/tui/details/structure-lines.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { data, push } from "../../observations.ts";
import { lines, materialOf, options, shown } from "./shown.ts";

function structure(material: Material, fields: Partial<DetailOptions> = {}): string {
  return shown(writeDetails(options(fields), (writer) => writeStructure(writer, material)));
}

test("the command and what answered it, as the grammar reads them", () => {
  const material = materialOf("C: a1 UID SEARCH ALL\nS: * SEARCH 4 5\nS: a1 OK [UIDNEXT 7] done", "a1");
  assert.equal(
    structure(material, { toggled: new Set(["unit/0", "unit/1"]) }),
    lines(`
      ▾ command UID SEARCH
          tag a1
        ▾ keys 1
            atom ALL
        ▸ arguments as they stood 1
      ▸ SEARCH 4 5
      ▸ a1 OK [UIDNEXT 7] done
    `),
  );
  assert.match(structure(material), /▾ a1 OK \[UIDNEXT 7\] done\n {4}status OK\n {2}▾ code UIDNEXT/);
});

test("beneath each response stands how sure it is whose it is, why, and what is wrong with it", () => {
  const dialogue = "C: a1 NOOP \nS: * FLAGS (\\Seen)  \nS: * SEARCH 4\nS: a1 OK done";
  const material = materialOf(dialogue, "a1");
  const rows = structure(material, { columns: 300, toggled: new Set(["unit/0", "unit/1", "unit/2"]) });
  assert.match(rows, /^▾ command NOOP\n(?: {2}.*\n)* {4}! client-space by the client: .* \(RFC .*\)$/m);
  assert.match(rows, /^▾ SEARCH 4 « push\n(?: {2}.*\n)* {4}attribution unsolicited: no command asked/m);
  assert.match(rows, /^▾ a1 OK done\n(?: {2}.*\n)* {4}attribution certain: it has the tag/m);
  assert.match(rows, /^▾ FLAGS \(\\Seen\) « push ! server-space$/m);
  const hidden = structure(material, { columns: 300, hidden: true });
  assert.match(hidden, / {4}! client-space by the client \(RFC .*\)$/m);
});

test("the subject of an envelope is decoded in its headline, and is safe there", () => {
  const subject = "=?utf-8?B?w5xiZXJzaWNodA==?=";
  const envelope = `("Mon, 1 Jan 2024 00:00:00 +0000" "${subject}" NIL NIL NIL NIL NIL NIL NIL NIL)`;
  const material = materialOf(
    `C: a1 FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE ${envelope})\nS: a1 OK done`,
    "a1",
  );
  const decodeWords = (text: string): string => text.replace(subject, "Übersicht\u001b[2J");
  const rows = structure(material, { decodeWords });
  assert.match(rows, /^▾ 1 FETCH \(ENVELOPE \("Übersicht/m);
  assert.doesNotMatch(rows, /=\?utf-8|\u001b/);
});

test("ten thousand equal responses are one shut branch", () => {
  const many = Array.from({ length: 10_000 }, (_none, i) => `S: * ${(i % 5) + 1} FETCH (FLAGS ())`).join(
    "\n",
  );
  const material = materialOf(`C: a1 FETCH 1:5 FLAGS\n${many}\nS: a1 OK done`, "a1");
  const rows = structure(material).split("\n");
  assert.equal(rows.filter((row) => row.startsWith("▸ 10,000 FETCH")).length, 1);
  assert.ok(rows.length < 15);
  const opened = structure(material, { toggled: new Set(["unit/0+"]) });
  assert.match(opened, / {2}▸ FETCH 1 to 100\n {2}▸ FETCH 101 to 200/);
});

test("a push has a structure as well, where its response was kept", () => {
  const response = materialOf("C: a1 NOOP\nS: * 6 EXISTS\nS: a1 OK done", "a1").dialogue.find(
    (entry) => entry.kind === "response",
  );
  const event = {
    kind: "event",
    observation: push({ response: data("EXISTS") }),
    connection: undefined,
    mails: new Map(),
  } as const;
  assert.match(
    structure({ ...event, response }, { columns: 300 }),
    /^▾ 6 EXISTS « push\n {4}attribution unsolicited: no command asked for it$/,
  );
  assert.equal(structure({ ...event, response: undefined }), "there is nothing in it to take apart");
});
