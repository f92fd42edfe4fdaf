import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFECTS } from "../../../src/core/imap/defect-table.ts";
import { explain, type Subject, type Topic } from "../../../src/core/text/explain.ts";
import { COMMANDS, responseEntry } from "../../../src/core/vocabulary/vocabulary.ts";

/** As a person would see it. */
function shown(topic: Topic, name: string): string {
  const { title, what, words, rfc, more } = explain({ topic, name });
  const facts = more.map(({ label, text }) => `${label}: ${text}`);
  return [`${title} (${what}): ${words}`, ...facts, ...(rfc === undefined ? [] : [rfc])].join("\n");
}

const ROWS: readonly (readonly [topic: Topic, name: string, text: string])[] = [
  [
    "command",
    "uid move",
    [
      "UID MOVE (command): Moves messages that are named by UID to another mailbox.",
      "legal in: selected",
      "needs: the capability MOVE or IMAP4REV2",
      "answers: EXPUNGE, VANISHED",
      "codes: COPYUID, TRYCREATE, OVERQUOTA, EXPUNGEISSUED, UIDNOTSTICKY, MESSAGELIMIT",
      "RFC 9051 §6.4.9",
    ].join("\n"),
  ],
  [
    "command",
    "FETCH",
    [
      "FETCH (command): Asks for data of messages: flags, headers, structure or text.",
      "legal in: selected",
      "answers: FETCH",
      "codes: UNKNOWN-CTE, EXPUNGEISSUED, MESSAGELIMIT, UIDREQUIRED",
      "messages by: sequence number, which moves when messages go",
      "meanwhile: EXPUNGE must not come while it runs",
      "RFC 9051 §6.4.5",
    ].join("\n"),
  ],
  ["command", "FROBNICATE", "FROBNICATE (command): No RFC that imapscope knows has a command of this name."],
  [
    "response",
    "EXISTS",
    [
      "EXISTS (response): Tells how many messages the selected mailbox has.",
      "form: * 3 EXISTS",
      "answers: SELECT, EXAMINE, REPLACE, UID REPLACE",
      "unasked: may come at any time",
      "RFC 9051 §7.4.1",
    ].join("\n"),
  ],
  [
    "response",
    "NO",
    "NO (response): Says that a command failed, or warns of a problem.\nform: * NO … or tag NO …\nRFC 9051 §7.1.2",
  ],
  [
    "flag",
    "\\SEEN",
    "\\Seen (flag): The user has read the message.\nis a: flag of messages\nRFC 9051 §2.3.2",
  ],
  [
    "flag",
    "Einkauf",
    "Einkauf (flag): A keyword of the user's or of a program's own: no RFC that imapscope knows has it.",
  ],
  [
    "item",
    "BODY.PEEK[HEADER.FIELDS (TO)]",
    "BODY.PEEK[HEADER.FIELDS (TO)] (data item): Octets of a section, without marking the message as seen.\nitem of: FETCH\nRFC 9051 §6.4.5",
  ],
  [
    "capability",
    "IDLE",
    "IDLE (capability): The client can wait for news instead of asking again and again.\nallows: IDLE\nRFC 2177 §3",
  ],
  [
    "defect",
    "client-bare-lf",
    "client-bare-lf (kind of defect): A line of the client ends in LF without CR.\ncommitted by: the client\nRFC 9051 §2.2",
  ],
];

for (const [topic, name, text] of ROWS) {
  test(`${topic} ${name} in words`, () => assert.equal(shown(topic, name), text));
}

const EVERYTHING: readonly Subject[] = [
  ...COMMANDS.map(({ name }) => ({ topic: "command" as const, name })),
  ...Object.keys(DEFECTS).map((name) => ({ topic: "defect" as const, name })),
  { topic: "code", name: "TRYCREATE" },
  { topic: "state", name: "selected" },
  { topic: "certainty", name: "likely" },
  { topic: "timing", name: "wait" },
  { topic: "end", name: "inFlight" },
  { topic: "notion", name: "tag" },
];

test("whatever has a row is explained by a sentence, and no fact is empty", () => {
  for (const subject of EVERYTHING) {
    const { words, more } = explain(subject);
    if (subject.topic !== "defect") assert.doesNotMatch(words, /No RFC/, subject.name);
    assert.match(words, /\S.*[.;)]$/, subject.name);
    for (const { label, text } of more) assert.ok(label !== "" && text !== "", subject.name);
  }
});

test("what answers a command is explained as answering it", () => {
  for (const { name, solicits } of COMMANDS) {
    for (const response of solicits) assert.ok(responseEntry(response)?.solicitedBy.includes(name), name);
  }
});

const HOSTILE = ["__proto__", "constructor", "toString", "", "\u001b[2J"];

test("a name that a peer made up is in no table", () => {
  const topics: readonly Topic[] = [
    "command",
    "response",
    "code",
    "capability",
    "item",
    "defect",
    "state",
    "notion",
  ];
  for (const topic of topics) {
    for (const name of HOSTILE) assert.match(explain({ topic, name }).words, /No RFC/, `${topic} ${name}`);
  }
});
