/** Faults of our own side, or of who uses the library: relaying goes on, and the user is told. */
import assert from "node:assert/strict";
import { afterEach, mock } from "node:test";
import { closeEverything, greetAndEcho, plainClient, textUpTo, toldOctets } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

const SAID = "* OK ready\r\n";

for (const name of ["onObservation", "onEvent"] as const) {
  test(`a function ${name} that throws is named with its reason, once; the octets go on and are recorded`, async (context) => {
    let calls = 0;
    const { port, notices, recorded } = await startWhole(context, greetAndEcho, {
      [name]: () => {
        calls++;
        throw new Error("not \x1b yours");
      },
    });
    const client = plainClient(port);
    await textUpTo(client, SAID);
    for (const tag of ["a1", "a2"]) {
      client.write(`${tag} NOOP\r\n`);
      await textUpTo(client, `${tag} NOOP\r\n`);
    }
    client.end();
    const events = await recorded();
    assert.equal(notices.length, 1);
    assert.match(
      notices[0]?.text ?? "",
      new RegExp(`^Your function ${name} has thrown: not \u241b yours\\.`),
    );
    assert.doesNotMatch(notices[0]?.text ?? "", /report/);
    assert.equal(notices[0]?.connection, 1);
    // It gets all that comes, though it never takes any.
    assert.ok(calls > 4, String(calls));
    for (const from of ["server", "client"] as const) {
      const said = `${from === "server" ? SAID : ""}a1 NOOP\r\na2 NOOP\r\n`;
      assert.equal(Buffer.from(toldOctets(events, from)).toString(), said);
    }
    assert.equal(events.at(-1)?.kind, "close");
  });
}

test("an onNotice that throws ends nothing", async (context) => {
  let calls = 0;
  const { port, recorded } = await startWhole(context, greetAndEcho, {
    onNotice: () => {
      calls++;
      throw new Error("not yours");
    },
  });
  const client = plainClient(port);
  await textUpTo(client, SAID);
  // What a plain listener warns of: TLS, too late.
  client.write(Uint8Array.from([0x16, 0x03, 0x01, 0x0a]));
  await textUpTo(client, "\n");
  client.write("a1 NOOP\r\n");
  await textUpTo(client, "a1 NOOP\r\n");
  assert.equal(calls, 1);
  client.end();
  assert.equal((await recorded()).at(-1)?.kind, "close");
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
