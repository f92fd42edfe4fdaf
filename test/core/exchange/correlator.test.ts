/** Exchanges by transcript: what they hold, and how they end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { createCorrelator } from "../../../src/core/exchange/correlator.ts";
import type { Exchange } from "../../../src/core/exchange/exchange.ts";
import { parsed } from "../../parsed-command.ts";
import { play, playSelected } from "../../playbook.ts";

function only(exchanges: readonly Exchange[]): Exchange {
  assert.equal(exchanges.length, 1);
  const [exchange] = exchanges;
  assert.ok(exchange);
  return exchange;
}

test("octets each way are the exchange's own: command, literals, answers, completion", () => {
  const exchange = only(
    playSelected("C: a APPEND Sent {3}\nS: + ok\nC: abc\nS: * 6 EXISTS\nS: a OK [APPENDUID 7 9] x").exchanges,
  );
  assert.deepEqual(exchange.octets, { clientToServer: 19 + 5, serverToClient: 6 + 24 });
  assert.equal(exchange.mailbox, "Sent");
  assert.deepEqual([exchange.status, exchange.code?.name, exchange.text], ["OK", "APPENDUID", "x"]);
});

test("each wait for + is measured, and lies inside the upload", () => {
  const { timings } = only(
    playSelected("@100\nC: a APPEND Sent {3}\n@130\nS: + ok\n@140\nC: abc\n@200\nS: a OK x").exchanges,
  );
  assert.deepEqual([...timings.continuationMicros], [30_000]);
  assert.deepEqual(
    [timings.uploadMicros, timings.waitMicros, timings.totalMicros],
    [40_000, 60_000, 100_000],
  );
  assert.equal(timings.roundTrips, 2);
});

test("AUTHENTICATE is uploaded when its last SASL line is", () => {
  const { timings } = only(
    play(
      "@1\nS: * OK hi\n@10\nC: a AUTHENTICATE LOGIN\n@20\nS: + VXNlcg==\n@30\nC: xxxx\n@40\nS: + UGFzcw==\n@50\nC: xxxx\n@90\nS: a OK x",
    ).exchanges,
  );
  assert.deepEqual([...timings.continuationMicros], [10_000, 10_000]);
  assert.deepEqual([timings.gapMicros, timings.uploadMicros, timings.waitMicros], [9000, 40_000, 40_000]);
});

test("IDLE gives idle time and the latency of its end", () => {
  const { timings } = only(
    playSelected("@100\nC: a IDLE\n@110\nS: + ok\n@500\nC: DONE\n@520\nS: a OK x").exchanges,
  );
  assert.deepEqual(
    [timings.idleMicros, timings.idleEndMicros, timings.totalMicros],
    [390_000, 20_000, 420_000],
  );
});

test("the gap is the client's thinking, and 0 when pipelined", () => {
  const { exchanges } = playSelected(
    "@100\nC: a NOOP\n@110\nS: a OK x\n@150\nC: b NOOP\nC: c NOOP\nS: b OK x\nS: c OK x",
  );
  assert.deepEqual(
    exchanges.slice(1).map(({ timings }) => timings.gapMicros),
    [40_000, 0],
  );
});

test("tags may repeat: the oldest open command of a tag is completed", () => {
  const { exchanges, defects } = playSelected("C: a NOOP\nC: a CHECK\nS: a OK 1\nS: a OK 2");
  assert.deepEqual(
    exchanges.map(({ commandName, text }) => [commandName, text]),
    [
      ["NOOP", "1"],
      ["CHECK", "2"],
    ],
  );
  assert.deepEqual(defects, ["tag-reused"]);
});

test("an answer that nobody waits for completes nothing", () => {
  const { exchanges, defects } = playSelected("S: b OK forged\nC: b NOOP");
  assert.deepEqual(
    exchanges.map(({ end }) => end),
    ["captureEnd"],
  );
  assert.deepEqual(defects, ["tagged-unknown"]);
});

test("a refused literal completes the exchange before its last octet", () => {
  const { exchanges } = playSelected("C: a APPEND Sent {9}\nS: a NO [TOOBIG] x\nC: b NOOP\nS: b OK x");
  assert.deepEqual(
    exchanges.map(({ tag, status, end }) => [tag, status, end]),
    [
      ["a", "NO", "completed"],
      ["b", "OK", "completed"],
    ],
  );
});

const ENDS: readonly (readonly [name: string, transcript: string, end: string])[] = [
  ["the connection closes", "C: a NOOP\n-- close server", "connectionLost"],
  ["the server ends its half", "C: a NOOP\n-- end server", "connectionLost"],
  ["the server says BYE", "C: a NOOP\nS: * BYE x\n-- close server", "bye"],
  ["the octets are missing", "C: a NOOP\n-- omitted server", "opaque"],
  ["the capture ends", "C: a NOOP", "captureEnd"],
];

for (const [name, transcript, end] of ENDS) {
  test(`an exchange ends as ${end} when ${name}`, () => {
    assert.equal(only(playSelected(transcript).exchanges).end, end);
  });
}

test("an answer behind BYE still completes its command", () => {
  const exchange = only(playSelected("C: a LOGOUT\nS: * BYE x\nS: a OK x\n-- close server").exchanges);
  assert.deepEqual([exchange.end, exchange.attributed.certain], ["completed", 1]);
});

test("what is saved names exchanges by the ordinals of their commands, searches that ask for updates for good", () => {
  let id = 100;
  const correlator = createCorrelator(1, () => id++);
  const begun = {
    kind: "commandBegun" as const,
    name: "SEARCH",
    line: utf8("x"),
    startMicros: 1,
    atMicros: 1,
    frame: undefined,
  };
  for (let ordinal = 1; ordinal <= 1500; ordinal++) {
    const tag = `t${ordinal}`;
    const { value } = parsed(ordinal === 1 ? `${tag} SEARCH RETURN (UPDATE) ALL` : `${tag} NOOP`);
    correlator.giveUp(correlator.begin({ ...begun, ordinal, tag }, value, undefined));
  }
  const again = createCorrelator(1, () => 0, correlator.save());
  assert.deepEqual([correlator.finished.withTag("t1"), correlator.finished.withTag("t1500")], [100, 1599]);
  assert.deepEqual(
    [again.finished.withTag("t1"), again.finished.withTag("t2"), again.finished.withTag("t1500")],
    [1, undefined, 1500],
  );
  assert.deepEqual([again.idOf(1500), again.idOf(1)], [1500, undefined]);
});
