import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf, type Played, playEvents } from "../../playbook.ts";

const at = { connection: 1, atMicros: 0 } as const;
const asked = (text: string): WireEvent => ({
  ...{ ...at, kind: "data", from: "client", bytes: utf8(text), redacted: [] },
  ...{ byImapscope: true, relayed: false },
});
const answered = (text: string): WireEvent => ({
  ...{ ...at, kind: "data", from: "server", bytes: utf8(text), redacted: [], relayed: false },
});
const counted = (from: "client" | "server"): WireEvent => ({
  ...{ ...at, kind: "omitted", from, octets: 12, reason: "opaque", relayed: false },
});
const begins = (leg: "client" | "server"): WireEvent => ({ ...at, kind: "starttls", leg });
const secured = (leg: "client" | "server"): WireEvent => ({
  ...{ ...at, kind: "tls", leg, protocol: "TLSv1.3", cipher: "x" },
});

const GREETED = eventsOf("S: * OK hi", { tls: false });

function play(...events: WireEvent[]): Played {
  return playEvents([...GREETED, ...events]);
}

/** The same octets, one an event. */
function inOctets(events: readonly WireEvent[]): WireEvent[] {
  return events.flatMap((event): WireEvent[] =>
    event.kind === "data"
      ? [...event.bytes].map((octet) => ({ ...event, bytes: Uint8Array.of(octet) }))
      : [event],
  );
}

const INJECTION = ["starttls-injection"];
const OWN = asked("imapscope2 STARTTLS\r\n");

test("what stands behind the answer to imapscope's own STARTTLS is an injection, however it was cut", () => {
  for (const forged of ["* evil\r\n", "imapscope9 OK x\r\n", "*", "\xdf\xdf"]) {
    const together = [OWN, answered(`* 1 EXISTS\r\nimapscope2 OK go\r\n${forged}`)];
    const apart = [OWN, answered("imapscope2 OK go\r\n"), answered(forged)];
    for (const events of [together, apart, inOctets(together), inOctets(apart)]) {
      const { defects } = play(...events, begins("server"), secured("server"), secured("client"));
      assert.deepEqual(defects, INJECTION, forged);
    }
  }
});

test("an answer with nothing behind it is none, nor is what comes behind a refusal or other answers", () => {
  const done = [begins("server"), secured("server"), secured("client")];
  for (const answers of [
    "imapscope2 OK go\r\n",
    "* OK \xdf\xdf\r\nIMAPSCOPE2 ok go\r\n",
    "imapscope2 NO not now\r\n* 1 EXISTS\r\n",
    "* imapscope2 OK go\r\nimapscope2 OK\r\n",
  ]) {
    for (const events of [[OWN, answered(answers)], inOctets([OWN, answered(answers)])])
      assert.deepEqual(play(...events, ...done).defects, [], answers);
  }
  const capabilities = [
    asked("imapscope1 CAPABILITY\r\n"),
    answered("* CAPABILITY IMAP4rev1\r\nimapscope1 OK x\r\n"),
  ];
  assert.deepEqual(play(...capabilities, OWN, answered("imapscope2 OK go\r\n"), ...done).defects, []);
});

test("clear text that is only known by its count, while TLS should begin, is an injection too", () => {
  assert.deepEqual(play(OWN, answered("imapscope2 OK go\r\n"), counted("server")).defects, INJECTION);
  assert.deepEqual(play(begins("server"), begins("client"), counted("server")).defects, INJECTION);
  assert.deepEqual(play(begins("server"), counted("client")).defects, []);
  assert.deepEqual(play(begins("client"), counted("client")).defects, ["pipelined-after-starttls"]);
  assert.deepEqual(play(begins("client"), secured("client"), counted("client")).defects, []);
  assert.deepEqual(play(begins("client"), counted("server")).defects, []);
  assert.deepEqual(play(begins("server"), secured("server"), counted("server")).defects, []);
  assert.deepEqual(play(OWN, counted("server")).defects, []);
});

test("an injection is told once for each STARTTLS", () => {
  const events = [OWN, answered("imapscope2 OK go\r\nx"), answered("y"), counted("server")];
  assert.deepEqual(play(...events, begins("server")).defects, INJECTION);
});

test("the notice of imapscope's own talk says what it asked, once", () => {
  const texts = (...events: WireEvent[]) =>
    play(...events).observations.flatMap((each) => (each.kind === "notice" ? [each.text] : []));
  const capability = asked("imapscope1 CAPABILITY\r\n");
  const answer = answered("* CAPABILITY IMAP4rev1\r\nimapscope1 OK x\r\n");
  const [only, ...others] = texts(capability, answer, secured("client"));
  assert.match(only ?? "", /itself asked the server for its capabilities \(CAPABILITY\) first; /);
  assert.deepEqual(others, []);
  const both = texts(capability, answer, OWN, answered("imapscope2 NO x\r\n"));
  assert.equal(both.length, 1);
  assert.match(
    both[0] ?? "",
    /asked the server for its capabilities \(CAPABILITY\) and for TLS \(STARTTLS\) first; /,
  );
  assert.match(texts(OWN)[0] ?? "", /asked the server for TLS \(STARTTLS\) first; /);
  assert.match(texts(asked("\r\n"))[0] ?? "", /itself spoke to the server first; /);
  assert.deepEqual(texts(secured("client")), []);
});
