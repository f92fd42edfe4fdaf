import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailOptions, Material } from "../../../src/tui/details/material.ts";
import { writeWords } from "../../../src/tui/details/words-lines.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { defectFound, opened, push } from "../../observations.ts";
import { lines, materialOf, options, shown } from "./shown.ts";

function words(material: Material, fields: Partial<DetailOptions> = {}): string {
  return shown(writeDetails(options({ columns: 76, ...fields }), (writer) => writeWords(writer, material)));
}

const STORE = `
  C: a1 STORE 1 +FLAGS (\\Seen Einkauf)
  S: * 1 FETCH (FLAGS (\\Seen Einkauf))
  S: * 6 EXISTS
  S: a1 NO [TRYCREATE] no
`;

test("an exchange in words: what it wants, how it ended, what came and why it is thought to belong here", () => {
  assert.equal(
    words(materialOf(STORE, "a1")),
    lines(`
      command
      ▾ STORE · command
        Changes the flags of messages, or other data that can change.
        legal in: selected
        answers: FETCH, STORE
        codes: MODIFIED, EXPUNGEISSUED, MESSAGELIMIT, UIDREQUIRED, ANNOTATE
        messages by: sequence number, which moves when messages go
        meanwhile: EXPUNGE must not come while it runs
        RFC 9051 §6.4.6
      how it ended
      ▾ NO · response
        Says that a command failed, or warns of a problem.
        form: * NO … or tag NO …
        RFC 9051 §7.1.2
      ▾ [TRYCREATE] · response code
        The target mailbox does not exist, but could be created.
        stands in: tagged responses
        answers: APPEND, COPY, MOVE, REPLACE, UID COPY, UID MOVE, UID REPLACE
        RFC 9051 §7.1
      what came
      ▾ FETCH × 1, likely
        Gives data of one message: flags, headers, structure or text.
        form: * 3 FETCH
        answers: SELECT, EXAMINE, FETCH, PARTIAL, STORE, UID FETCH, UID STORE
        unasked: may come at any time
        RFC 9051 §7.5.2
        likely: This command is the best candidate, but the server might have sent
                the same of its own accord: IMAP does not mark which of both it
                is. STORE asks for FETCH, and FETCH may come unasked as well.
        RFC 9051 §5.2
      ▾ EXISTS × 1, unsolicited
        Tells how many messages the selected mailbox has.
        form: * 3 EXISTS
        answers: SELECT, EXAMINE, REPLACE, UID REPLACE
        unasked: may come at any time
        RFC 9051 §7.4.1
        unsolicited: No command asked for it: the server sent it of its own
                     accord, mostly because another client changed something.
                     STORE does not ask for EXISTS.
        RFC 9051 §5.2
      flags and attributes
      ▸ \\Seen · flag
      ▸ Einkauf · flag
    `),
  );
});

test("defects have what was seen, what the rule is, and where it stands", () => {
  const text = words(materialOf("C: a1 NOOP \nS: a1 OK done", "a1"));
  assert.match(text, /▾ client-space by the client\n {2}seen: .+\n {2}The command has a space too many/);
  assert.match(text, /committed by: the client\n {2}RFC 9051 §9/);
});

test("what several commands may have asked for says how many", () => {
  const both = "C: a1 SEARCH ALL\nC: a2 SEARCH UNSEEN\nS: * SEARCH 1 2\nS: a1 OK done\nS: a2 OK done";
  assert.match(
    words(materialOf(both, "a1")),
    /SEARCH × 1, ambiguous[\s\S]*Here 2\s+commands were running\s+that may/,
  );
});

test("capabilities are listed, each to be opened", () => {
  const text = words(
    materialOf("C: a1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 IDLE XGEHEIM\nS: a1 OK done", "a1"),
    {
      toggled: new Set(["words/capabilities.1"]),
    },
  );
  assert.match(text, /capabilities\n▸ IMAP4REV1 · capability\n▾ IDLE · capability\n {2}The client can wait/);
});

test("changes of state are explained", () => {
  const select = "S: * OK hi\nC: a1 LOGIN anna xxxxxxxx\nS: a1 OK done";
  assert.match(words(materialOf(select, "a1", true)), /changes of state\n▾ authenticated · state/);
});

test("on a shared screen names that somebody made up are dots", () => {
  assert.doesNotMatch(words(materialOf(STORE, "a1"), { hidden: true }), /Einkauf/);
});

test("events have words as well", () => {
  const event = { kind: "event", response: undefined, connection: undefined, mails: new Map() } as const;
  assert.match(words({ ...event, observation: push() }), /▾ EXISTS · response[\s\S]*▾ push · notion/);
  assert.match(
    words({ ...event, observation: defectFound("client-bare-lf") }),
    /▾ client-bare-lf · kind of defect/,
  );
  assert.match(words({ ...event, observation: opened() }), /no words/);
});
