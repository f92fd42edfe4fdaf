/** Peers that are cut off in the middle of something: the other side sees the same, and the capture has it all. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach } from "node:test";
import type { Observation } from "../../src/core/observation.ts";
import { closeEverything, plainClient, textUpTo } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

const ends = (observations: readonly Observation[]) =>
  observations.flatMap((each) =>
    each.kind === "exchange" ? [`${each.exchange.commandName} ${each.exchange.end}`] : [],
  );

test("the server is reset in the middle of a literal: so is the client, behind every octet that came", async (context) => {
  let raw: Socket | undefined;
  const { port, observations, recorded } = await startWhole(context, (socket, below) => {
    raw = below;
    socket.on("error", () => undefined).resume();
    socket.write("* OK ready\r\n* 1 FETCH (BODY[] {1000}\r\nhalf of");
  });
  const client = plainClient(port);
  const got = collect(client);
  client.write("a1 FETCH 1 BODY[]\r\n");
  await until(() => got.text().endsWith("half of"));
  raw?.resetAndDestroy();
  const [error] = (await once(client, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNRESET");
  const events = await recorded();
  assert.deepEqual(
    events.slice(-2).map(({ kind }) => kind),
    ["error", "close"],
  );
  assert.deepEqual(ends(observations), ["FETCH connectionLost"]);
});

test("the client is reset in the middle of a literal: so is the server", async (context) => {
  let serverGot: { text: () => string } | undefined;
  let died: Promise<unknown[]> | undefined;
  const { port, observations, recorded } = await startWhole(context, (socket) => {
    serverGot = collect(socket);
    died = new Promise((resolve) => socket.once("error", (...all) => resolve(all)));
    socket.write("* OK ready\r\n");
  });
  const client = plainClient(port);
  await textUpTo(client, "ready\r\n");
  client.write("a1 APPEND INBOX {1000+}\r\nSubject: half");
  await until(() => serverGot?.text().endsWith("half") === true);
  client.resetAndDestroy();
  const [error] = ((await died) ?? []) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNRESET");
  const events = await recorded();
  const close = events.at(-1);
  assert.ok(close?.kind === "close" && close.by === "client");
  assert.deepEqual(ends(observations), ["APPEND connectionLost"]);
});

test("a client that leaves at once, at every stage, leaves nothing behind", async (context) => {
  const { port, interception, notices } = await startWhole(context, (socket) => {
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end()).resume();
    socket.write("* OK ready\r\n");
  });
  const leave = [
    (socket: Socket) => socket.destroy(),
    (socket: Socket) => socket.end("a1 LOGOUT\r\n", () => socket.destroy()),
    (socket: Socket) => socket.resetAndDestroy(),
  ];
  for (let round = 0; round < 9; round++) {
    const socket = plainClient(port);
    await once(socket, "connect");
    if (round >= 3) await textUpTo(socket, "ready\r\n");
    leave[round % 3]?.(socket);
  }
  await until(() => interception.statistics().allConnections === 9);
  await until(() => interception.statistics().openConnections === 0);
  assert.deepEqual(notices, []);
});
