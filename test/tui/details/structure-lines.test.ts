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
  assert.equal(structure({ ...event, response }), "  6 EXISTS");
  assert.equal(structure({ ...event, response: undefined }), "there is nothing in it to take apart");
});
