/** Much at once: commands, long lines, octets that are no text. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach } from "node:test";
import { closeEverything, plainClient, textUpTo } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

const OUTSTANDING = 2000;
/** A server may answer what it has at once in any order (RFC 9051 §5.5). */
const TOGETHER = 8;

/** The answers of a server to commands `t1` to `t2000`, each of which asks for the message of its number. */
function answers(): string[] {
  return Array.from({ length: OUTSTANDING / TOGETHER }, (_, group) => {
    const numbers = Array.from({ length: TOGETHER }, (_, at) => group * TOGETHER + at + 1);
    const data = numbers.toReversed().map((number) => `* ${number} FETCH (UID ${number} FLAGS ())\r\n`);
    return [...data, ...numbers.map((number) => `t${number} OK done\r\n`)].join("");
  });
}

test("2,000 commands may be outstanding, and each gets its own answer, whatever their order", async (context) => {
  let lines = 0;
  const { port, observations, notices, interception } = await startWhole(context, (socket) => {
    socket.write("* OK ready\r\n");
    socket.on("data", (bytes: Buffer) => {
      lines += bytes.toString("latin1").split("\n").length - 1;
      if (lines < OUTSTANDING) return;
      for (const answer of answers()) socket.write(answer);
    });
  });
  const client = plainClient(port);
  await textUpTo(client, "ready\r\n");
  const got = collect(client);
  client.resume();
  const numbers = Array.from({ length: OUTSTANDING }, (_, at) => at + 1);
  client.write(numbers.map((number) => `t${number} UID FETCH ${number} FLAGS\r\n`).join(""));
  const expected = answers().join("");
  await until(() => got.octets() === expected.length);
  client.destroy();
  await interception.close();
  assert.equal(got.text(), expected);
  const exchanges = observations.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : []));
  assert.deepEqual(
    exchanges.map(({ tag, status }) => `${tag} ${status}`),
    numbers.map((number) => `t${number} OK`),
  );
  const tags = new Map(exchanges.map(({ id, tag }) => [id, tag]));
  const attributed = observations.flatMap((each) => {
    if (each.kind !== "response" || each.response.kind !== "data") return [];
    const { exchange = 0, certainty } = each.attribution;
    return [[each.response.number, tags.get(exchange), certainty]];
  });
  assert.equal(attributed.length, OUTSTANDING);
  for (const [number, tag, certainty] of attributed)
    assert.deepEqual([tag, certainty], [`t${number}`, "likely"]);
  assert.deepEqual(notices, []);
});

/** Every octet that may stand in a line, the same ones over and over. */
const ANY_OCTETS = Buffer.from(
  Array.from({ length: 256 }, (_, octet) => octet).filter((octet) => octet !== 10 && octet !== 13),
);
const LONG = Buffer.alloc(70_000, ANY_OCTETS).toString("latin1");

test("lines of 70 KB of raw 8-bit octets go through as they are, and the dialogue is followed behind them", async (context) => {
  const any = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet)).toString("latin1");
  const client = `a1 UID SEARCH ${LONG}\r\na2 NOOP\r\n`;
  const server = `* OK ${LONG}\r\n* SEARCH ${LONG}\r\n* 1 FETCH (BODY[] {${any.length}}\r\n${any})\r\na1 BAD ${LONG}\r\na2 OK done\r\n`;
  let serverGot: ReturnType<typeof collect> | undefined;
  const { port, recorded, observations, notices } = await startWhole(context, (socket) => {
    serverGot = collect(socket);
    socket.on("end", () => socket.end());
    // What a server says before it was asked belongs to nobody.
    socket.write(server.slice(0, LONG.length + 7), "latin1");
    socket.once("data", () => socket.write(server.slice(LONG.length + 7), "latin1"));
  });
  const socket = plainClient(port);
  const got = collect(socket);
  await until(() => got.octets() === LONG.length + 7);
  socket.write(client, "latin1");
  await until(() => got.octets() === server.length && serverGot?.octets() === client.length);
  socket.end();
  await once(socket, "close");
  assert.ok(got.text() === server, "the server's octets");
  assert.ok(serverGot?.text() === client, "the client's octets");
  const events = await recorded();
  const kept = (from: string) =>
    events.flatMap((each) => (each.kind === "data" && each.from === from ? [each.bytes] : []));
  assert.ok(Buffer.concat(kept("server")).toString("latin1") === server, "the server's octets as recorded");
  assert.ok(Buffer.concat(kept("client")).toString("latin1") === client, "the client's octets as recorded");
  assert.deepEqual(
    observations.flatMap((each) =>
      each.kind === "exchange" ? [`${each.exchange.tag} ${each.exchange.status}`] : [],
    ),
    ["a1 BAD", "a2 OK"],
  );
  assert.deepEqual(notices, []);
});
