/** Facts that are no octets: opening, TLS, omissions, ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsOf, play, playEvents } from "../../playbook.ts";

test("opening, TLS and the end of a connection are observations as they are", () => {
  const { observations } = play("-- tls client\nS: * OK hi\n-- end client\n-- close client");
  assert.deepEqual(
    observations.map(({ kind }) => kind),
    ["connection", "tls", "response", "connection", "connection"],
  );
});

test("omitted octets make the direction opaque, which is said once", () => {
  const { notices, exchanges } = play(
    "S: * OK hi\nC: a NOOP\n-- omitted server\n-- omitted server\nC: b NOOP\n-- close client",
  );
  assert.deepEqual(notices, ["omitted"]);
  assert.deepEqual(
    exchanges.map(({ end }) => end),
    ["opaque", "opaque"],
  );
});

test("octets that were not relayed are no part of the dialogue", () => {
  const events = eventsOf("S: * OK hi\nC: a NOOP\nS: a OK x").map((event) =>
    event.kind === "data" && event.from === "client" ? { ...event, relayed: false } : event,
  );
  const { notices, exchanges } = playEvents(events);
  assert.deepEqual([notices, exchanges], [["notRelayed"], []]);
});

test("what imapscope says itself is marked", () => {
  const events = eventsOf("S: * BYE imapscope: no upstream").map((event) =>
    event.kind === "data" ? { ...event, byImapscope: true } : event,
  );
  assert.deepEqual(playEvents(events).notices, ["byImapscope"]);
});

test("units that the end cuts off are reported, but not those that the capture's end does", () => {
  assert.deepEqual(play("S: * OK hi\nC| a NOO\n-- close client").defects.includes("client-cut"), true);
  assert.deepEqual(play("S: * OK hi\nS| * 1 EXI\n-- close server").defects.includes("server-cut"), true);
  assert.deepEqual(play("S: * OK hi\nC| a NOO").defects.includes("client-cut"), false);
});

test("a unit that is cut off is told of when it is known to be", () => {
  const { observations } = play(
    "S: * OK hi\nC| a NOO\nS| * 1 EXI\n@100\n-- tls client\n-- end client\n-- close server",
  );
  const told = observations.flatMap((each) =>
    each.kind === "defect" || each.kind === "request" ? [[each.kind, each.atMicros]] : [],
  );
  assert.deepEqual(told, [
    ["request", 101_000],
    ["defect", 101_000],
    ["defect", 102_000],
  ]);
  const times = observations.map(({ atMicros }) => atMicros);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
});

test("TLS where a command belongs is one defect, and what follows is not read", () => {
  const { defects, notices, exchanges } = play(
    "S: * OK hi\nC: a NOOP\nS: a OK x\nC| \\x16\\x03\\x01 {5}\\x0a\\x00 bb \\x0a\nC: c NOOP\nS: \\x16 BAD what\nS: * BAD what\n-- end client",
    { tls: false },
  );
  assert.deepEqual(defects, ["tls-without-starttls"]);
  assert.deepEqual(notices, ["starttls"]);
  assert.deepEqual(
    exchanges.map(({ tag }) => tag),
    ["a"],
  );
});

test("plain octets behind STARTTLS make the connection opaque until TLS begins", () => {
  const passed = play("S: * OK hi\nC: a STARTTLS\nS: a OK x\nC: \\x16\\x03", { tls: false });
  assert.deepEqual(passed.notices, ["starttls"]);
  const seen = play(
    "S: * OK hi\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server\nC: b NOOP\nS: b OK x",
    { tls: false },
  );
  assert.deepEqual([seen.notices, seen.exchanges.length], [[], 2]);
});

test("after COMPRESS the inflated octets go on in each direction", () => {
  const transcript =
    "S: * PREAUTH hi\nC: a COMPRESS DEFLATE\nS: a OK x\n-- deflate server\n-- deflate client\nC: b NOOP\nS: b OK x";
  assert.deepEqual(
    play(transcript).exchanges.map(({ end }) => end),
    ["completed", "completed"],
  );
});
