/** Faults of our own side, or of who uses the library: relaying goes on, and the user is told. */
import assert from "node:assert/strict";
import { afterEach, mock } from "node:test";
import { closeEverything, greetAndEcho, plainClient, textUpTo, toldOctets } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

const SAID = "* OK ready\r\n";

test("a listener of observations that throws is told of once; the octets go on and are recorded", async (context) => {
  const { port, notices, recorded } = await startWhole(context, greetAndEcho, {
    onObservation: () => {
      throw new Error("not mine");
    },
  });
  const client = plainClient(port);
  await textUpTo(client, SAID);
  client.write("a1 NOOP\r\n");
  await textUpTo(client, "a1 NOOP\r\n");
  await until(() => notices.length > 0);
  client.end();
  const events = await recorded();
  assert.match(notices[0]?.text ?? "", /failed to analyse this connection.*relayed on/);
  assert.equal(notices.length, 1);
  assert.equal(Buffer.from(toldOctets(events, "server")).toString(), `${SAID}a1 NOOP\r\n`);
});

test("a listener of events that throws is told of; the octets go on", async (context) => {
  const { port, notices, interception } = await startWhole(context, greetAndEcho, {
    onEvent: () => {
      throw new Error("not mine");
    },
  });
  const client = plainClient(port);
  await textUpTo(client, SAID);
  client.write("a1 NOOP\r\n");
  await textUpTo(client, "a1 NOOP\r\n");
  await until(() => notices.length > 0);
  client.end();
  await until(() => interception.statistics().openConnections === 0);
  assert.equal(notices.length, 1);
});

test("an event loop that somebody blocks for half a second delays, and alters nothing", async (context) => {
  let blocked = false;
  const { port, recorded, observations } = await startWhole(context, greetAndEcho, {
    onObservation: (observation) => {
      observations.push(observation);
      if (blocked || observation.kind !== "exchangeStarted") return;
      blocked = true;
      for (const end = performance.now() + 500; performance.now() < end; );
    },
  });
  const client = plainClient(port);
  await textUpTo(client, SAID);
  const got = collect(client);
  client.resume();
  const lines = Array.from({ length: 3000 }, (_, at) => `a${at} NOOP ${"x".repeat(200)}\r\n`).join("");
  client.write(lines);
  await until(() => got.octets() === lines.length);
  // What is observed comes behind what is relayed.
  await until(() => blocked);
  assert.equal(got.text(), lines);
  client.end();
  const events = await recorded();
  assert.equal(Buffer.from(toldOctets(events, "client")).toString(), lines);
});

test("a wall clock that is set back, or leaps ahead, moves no time of ours", async (context) => {
  mock.timers.enable({ apis: ["Date"], now: Date.now() });
  try {
    const { port, recorded } = await startWhole(context, greetAndEcho);
    const client = plainClient(port);
    await textUpTo(client, SAID);
    for (const [at, year] of [1970, 2040, 2026].entries()) {
      mock.timers.setTime(Date.UTC(year, 1, 1));
      client.write(`a${at} NOOP\r\n`);
      await textUpTo(client, `a${at} NOOP\r\n`);
    }
    client.end();
    const events = await recorded();
    assert.ok(events.every(({ atMicros }, at) => atMicros >= (events[at - 1]?.atMicros ?? 0)));
    assert.ok((events.at(-1)?.atMicros ?? 0) < 60e6);
  } finally {
    mock.timers.reset();
  }
});
