import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../../src/core/observation.ts";
import { endStyle, eventText, writeHeader } from "../../../src/tui/details/header-lines.ts";
import type { DetailOptions, Material } from "../../../src/tui/details/material.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { closed, defectFound, notice, opened, push, state, tlsBegun } from "../../observations.ts";
import { lines, materialOf, options, shown } from "./shown.ts";

function header(material: Material, fields: Partial<DetailOptions> = {}): string {
  return shown(
    writeDetails(options({ columns: 100, ...fields }), (writer) => writeHeader(writer, material)),
  ).trimEnd();
}

function event(observation: Observation): Material {
  return { kind: "event", observation, response: undefined, connection: undefined, mails: new Map() };
}

const MOVED = "C: a1 UID MOVE 1:2 &BBAEQARFBDgEMg-\nS: a1 NO [TRYCREATE] no mailbox &x";

test("an exchange: what it is, how it ended, where, how much, and when", () => {
  assert.equal(
    header(materialOf(MOVED, "a1")),
    lines(`
      a1 UID MOVE 1:2 Архив
      NO [TRYCREATE] no mailbox &x
      Архив · 34 octets up · 33 down · 0 untagged · 1.00 ms · at 0.012 s · connection 1
    `),
  );
});

test("on a shared screen the names and the words of the server are dots", () => {
  assert.equal(
    header(materialOf(MOVED, "a1"), { hidden: true }),
    lines(`
      a1 UID MOVE 1:2 •••
      NO [TRYCREATE] •••
      ••• · 34 octets up · 33 down · 0 untagged · 1.00 ms · at 0.012 s · connection 1
    `),
  );
});

test("defects are named, and what was left out is said", () => {
  const material = { ...materialOf("C: a1 NOOP \nS: a1 OK done", "a1"), leftOut: 1234 };
  assert.match(header(material), /\n! client-space\nthe last 1,234 lines of it are left out$/);
});

test("what was written beside it stands there whole, of an event as well", () => {
  const comment = "why does it take so long here? ".repeat(20).trim();
  for (const material of [materialOf(MOVED, "a1"), event(push())]) {
    const rows = header(material, { comment }).split("\n").slice(-8).join(" ");
    assert.ok(rows.includes(`“${comment}”`), rows);
    assert.doesNotMatch(header(material), /“/);
  }
});

test("an exchange without a completion says why", () => {
  assert.match(header(materialOf("C: a1 NOOP", "a1")), /\nended the capture ends here\n/);
  assert.deepEqual(["OK", "NO", "BAD", "open", "lost"].map(endStyle), ["ok", "no", "bad", "open", "bad"]);
});

const EVENTS: readonly (readonly [observation: Observation, first: string, hidden: string])[] = [
  [push(), "push 12 EXISTS", "push 12 EXISTS"],
  [
    state({ mailbox: "Geheim" }),
    "state authenticated -> selected Geheim",
    "state authenticated -> selected •••",
  ],
  [
    defectFound("client-bare-lf"),
    "defect client-bare-lf by the client: A line ended in LF. (RFC 9051 §2.2)",
    "defect client-bare-lf (RFC 9051 §2.2)",
  ],
  [notice("geheim"), "notice geheim", "notice •••"],
  [closed(), "connection by the client: end of stream", "connection close"],
  [
    opened(),
    "connection 127.0.0.1:53422 -> imaps://imap.example.org:993 (at imaps://127.0.0.1:993)",
    "connection open",
  ],
  [tlsBegun(), "TLS server leg: TLSv1.3 TLS_AES_256_GCM_SHA384, for imap.example.org", "TLS •••"],
];

for (const [observation, first, hidden] of EVENTS) {
  test(`an event: ${first}`, () => {
    assert.equal(header(event(observation)).split("\n")[0], first);
    assert.equal(header(event(observation), { hidden: true }).split("\n")[0], hidden);
  });
}

test("an event says when it was, and a push how large", () => {
  assert.equal(header(event(push())).split("\n")[1], "13 octets down · at 3.000 s · connection 1");
});

test("a name of many lines of control characters is one line of a header", () => {
  const text = eventText(state({ mailbox: "a\r\n\u001b[2J\u202e" }), options());
  assert.doesNotMatch(text, /[\r\n\u001b\u202e]/);
});
