import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, toBase64 } from "../../../src/core/base/octets.ts";
import { createIntake } from "../../../src/core/intake.ts";
import { observationsOf } from "../../../src/core/observe.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf, type PlaybookOptions } from "../../playbook.ts";

const base64 = (text: string) => toBase64(fromLatin1(text));

/** The notices of channel binding in what is left of a transcript when it is masked. */
function told(transcript: string, options: PlaybookOptions = {}): readonly string[] {
  const masked: WireEvent[] = [];
  const intake = createIntake({ keepSecrets: false, emit: (event) => masked.push(event) });
  for (const event of eventsOf(transcript, options)) intake.take(event);
  return observationsOf(masked).flatMap((each) =>
    each.kind === "notice" && each.code === "channelBinding" ? [each.text] : [],
  );
}

const greeting = (...offers: string[]) => `S: * OK [CAPABILITY IMAP4rev1 SASL-IR ${offers.join(" ")}] hi\n`;
const PLUS = "AUTH=SCRAM-SHA-256-PLUS";
const exchange = (mechanism: string, first: string, answer: string) => `
  C: a AUTHENTICATE ${mechanism} ${base64(`${first},,n=alice,r=canary`)}
  S: + ${base64("r=canary,s=c2FsdA==,i=4096")}
  C: ${base64("c=Y2FuYXJ5,r=canary,p=canary")}
  S: a ${answer}`;

const DOING = /^SCRAM-SHA-256-PLUS binds.*ends at imapscope.*imapscope's doing\. /;
const TAMPERING = /saw no offer.*server offers SCRAM-SHA-256-PLUS.*whatever the password.*RFC 5802 §6/;

const ROWS: readonly (readonly [string, string, RegExp | undefined])[] = [
  [
    "a login that is bound, and refused",
    greeting(PLUS, "AUTH=PLAIN", "AUTH=SCRAM-SHA-256") +
      exchange("SCRAM-SHA-256-PLUS", "p=tls-exporter", "NO [AUTHENTICATIONFAILED] no"),
    new RegExp(`${DOING.source}Switch channel binding off.*: SCRAM-SHA-256 works`),
  ],
  [
    "refused before the client said anything",
    `${greeting(PLUS, "AUTH=LOGIN", "AUTH=PLAIN")}C: a AUTHENTICATE SCRAM-SHA-256-PLUS\nS: a BAD no`,
    new RegExp(`${DOING.source}Let the client log in with PLAIN\\.$`),
  ],
  [
    "where only the command LOGIN is left",
    greeting(PLUS) + exchange("SCRAM-SHA-256-PLUS", "p=tls-unique", "NO no"),
    /Let the client log in with the command LOGIN\.$/,
  ],
  [
    "where nothing is known of what the server offers",
    `S: * OK hi${exchange("SCRAM-SHA-256-PLUS", "p=tls-unique", "NO no")}`,
    /a mechanism without -PLUS\.$/,
  ],
  [
    "bound by its first message alone, after `+`",
    `${greeting("AUTH=SCRAM-SHA-1")}
      C: a AUTHENTICATE SCRAM-SHA-1
      S: +
      C: ${base64("p=tls-server-end-point,,n=alice,r=canary")}
      S: a NO no`,
    /^SCRAM-SHA-1 binds.*server does not offer that.*not work either.*SCRAM-SHA-1 works without it\.$/,
  ],
  [
    "a client that saw no offer, where there is one",
    greeting(PLUS, "AUTH=SCRAM-SHA-256") + exchange("SCRAM-SHA-256", "y", "NO no"),
    TAMPERING,
  ],
  [
    "a client that saw no offer, where there is none",
    greeting("AUTH=SCRAM-SHA-256") + exchange("SCRAM-SHA-256", "y", "NO no"),
    undefined,
  ],
  [
    "a client that does not bind",
    greeting(PLUS, "AUTH=SCRAM-SHA-256") + exchange("SCRAM-SHA-256", "n", "NO no"),
    undefined,
  ],
  [
    "a login that succeeds",
    greeting(PLUS) + exchange("SCRAM-SHA-256-PLUS", "p=tls-unique", "OK in"),
    undefined,
  ],
  ["another command that fails", `${greeting(PLUS)}C: a NOOP y,,n=\nS: a NO no`, undefined],
];

for (const [name, transcript, expected] of ROWS) {
  test(name, () => {
    const notices = told(transcript);
    assert.equal(notices.length, expected === undefined ? 0 : 1);
    if (expected !== undefined) assert.match(notices[0] ?? "", expected);
    assert.doesNotMatch(notices.join(), /alice|canary/);
  });
}

test("where the client's TLS does not end at imapscope, channel binding is not to blame", () => {
  const refused = greeting(PLUS) + exchange("SCRAM-SHA-256-PLUS", "p=tls-unique", "NO no");
  assert.deepEqual(told(refused, { tls: false }), []);
  assert.deepEqual(told(refused, { tls: false, midway: true }), []);
});

test("it is told once a connection", () => {
  const again = exchange("SCRAM-SHA-256-PLUS", "p=tls-unique", "NO no");
  assert.equal(told(greeting(PLUS) + again + again.replaceAll(": a ", ": b ")).length, 1);
});
