/** A screen that is shared: with content hidden, nothing on it says who reads which mail, and where. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { eventsOf } from "../playbook.ts";
import { shown } from "../tui/shown.ts";

/** In everything that names people, hosts, mailboxes or mail, and in all that they wrote. */
const PRIVATE = /private/i;

const LITERAL = "From: Private <private@private.example>\r\nSubject: private\r\n\r\nprivate";
const ENVELOPE =
  '(NIL "private" (("Private" NIL "private" "private.example")) NIL NIL NIL NIL NIL NIL "<private@private>")';
const SAID = `
S: * OK [CAPABILITY IMAP4rev1 XPRIVATE ID] private ready
C: a0 ID ("name" "private")
S: * ID ("name" "private" "support-url" "https://private.example")
S: a0 OK private
C: a1 LOGIN private@private.example xxxxxxxx
S: a1 OK [CAPABILITY IMAP4rev1 XPRIVATE ENABLE QUOTA] private may in
C: a2 LIST "" *
S: * LIST (\\HasNoChildren \\Private) "/" "Private/Private"
S: a2 OK private
C: a3 ENABLE XPRIVATE
S: * ENABLED XPRIVATE
S: a3 OK private
C: a4 SELECT "Private/Private"
S: * 3 EXISTS
S: * FLAGS (\\Seen Private)
S: * OK [PERMANENTFLAGS (\\Seen Private \\*)] private
S: * OK [MAILBOXID (private)] private
S: * OK [UIDVALIDITY 7] private
S: a4 OK [READ-WRITE] private
C: a5 FETCH 1 (UID FLAGS ENVELOPE BODYSTRUCTURE BODY[])
S: * 1 FETCH (UID 1 FLAGS (Private) ENVELOPE ${ENVELOPE} BODYSTRUCTURE ("text" "private" ("name" "private") NIL NIL "7bit" 7 1) BODY[] {${LITERAL.length}}
S: ${LITERAL.replaceAll("\r\n", "\nS: ")})
S: a5 OK private
C: a6 SEARCH FROM private@private.example
S: * SEARCH 1
S: a6 OK private
C: a7 GETQUOTAROOT "Private/Private"
S: * QUOTAROOT "Private/Private" private
S: a7 NO [OVERQUOTA] private has too much
C: a8 XPRIVATE PRIVATE private
S: * PRIVATE private
S: * BYE private
`;

/** With hosts, certificates and reasons that are named. */
function privateEvents(): readonly WireEvent[] {
  const events = eventsOf(SAID).map((event): WireEvent => {
    if (event.kind !== "open") return event;
    return { ...event, client: "private:4000", listener: "imaps://private", upstream: "imaps://private:993" };
  });
  const atMicros = events[0]?.atMicros ?? 0;
  const tls = { protocol: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", serverName: "private.example" };
  const both = {
    kind: "tls",
    connection: 1,
    atMicros,
    subject: "CN=private.example",
    fingerprint: "",
  } as const;
  events.splice(1, 0, { ...both, ...tls, leg: "server" }, { ...both, ...tls, leg: "client" });
  const end = { connection: 1, atMicros: (events.at(-1)?.atMicros ?? 0) + 1 };
  return [
    ...events,
    { kind: "error", ...end, leg: "server", code: "ECONNRESET", message: "private.example reset it" },
    { kind: "close", ...end, by: "server", reason: "private.example reset it" },
  ];
}

const VIEWS = ["1", "Z", "2", "Z", "3", "4", "Z", "\x1b"];
const ROWS = Array.from({ length: 24 }, () => ["j", ...VIEWS]).flat();
const TOUR = [
  ...["c", "s", "j", "G", "i", "\x1b", "\x1b", "\x1b", "?", "\x1b"],
  ...["|", "g", "j", "G", "|"],
  ...["/mailbox:", "\t", "\x1b", "/user:", "\t", "\x1b", "/", "\x1b[A", "\x1b", ";", "\x1b"],
  ...["g", ...VIEWS, ...ROWS, "s", "G", "\x1b"],
];

test("with content hidden nothing names people, hosts, mailboxes or mail, on any page, at any prompt", async (t) => {
  const title = "private.example";
  const { emulator, screen, type, text } = await shown(privateEvents(), { columns: 200, rows: 60, title });
  t.after(screen.close);
  assert.match(text(), PRIVATE);
  // A comment, a filter, and lines of a history.
  await type("gj;private\r");
  await type("/text:private or cmd:login or state or connection or tls\rx");
  await type("H");
  const screens = new Set<string>();
  for (const keys of TOUR) {
    await type(keys, "briefly");
    for (let tries = 0; tries < 1000 && /reading back|searching …/.test(text()); tries++) {
      await pause(5);
      await emulator.settled();
    }
    assert.doesNotMatch(text(), PRIVATE, `after ${JSON.stringify(keys)}`);
    screens.add(text());
  }
  assert.ok(screens.size > 20, `only ${screens.size} different screens`);
  screen.say("private.example refuses", true);
  await type("", "briefly");
  assert.doesNotMatch(text(), PRIVATE);
  assert.match(text(), /a message is hidden/);
});
