/** Much at once: commands, long lines, octets that are no text. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach } from "node:test";
import { closeEverything, plainClient, textUpTo } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

test("2,000 commands may be outstanding, and each gets its own answer", async (context) => {
  const count = 2000;
  let lines = 0;
  const { port, observations, notices, interception } = await startWhole(context, (socket) => {
    socket.write("* OK ready\r\n");
    socket.on("data", (bytes: Buffer) => {
      lines += bytes.toString("latin1").split("\n").length - 1;
      if (lines < count) return;
      for (let tag = 1; tag <= count; tag++) {
        socket.write(`* ${tag} FETCH (UID ${tag} FLAGS ())\r\nt${tag} OK done\r\n`);
      }
    });
  });
  const client = plainClient(port);
  await textUpTo(client, "ready\r\n");
  const got = collect(client);
  client.resume();
  client.write(Array.from({ length: count }, (_, at) => `t${at + 1} UID FETCH ${at + 1} FLAGS\r\n`).join(""));
  await until(() => got.text().endsWith(`t${count} OK done\r\n`));
  client.destroy();
  await interception.close();
  const exchanges = observations.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : []));
  assert.equal(exchanges.length, count);
  assert.ok(exchanges.every(({ status, tag }, at) => status === "OK" && tag === `t${at + 1}`));
  assert.deepEqual(notices, []);
});

test("lines of 70 KB and octets of any value go through as they are", async (context) => {
  const any = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet)).toString("latin1");
  const harmless = any.replace(/[\r\n]/g, "");
  const set = Array.from({ length: 13_000 }, (_, at) => 10_000 + at * 2).join(",");
  const client = `a1 UID FETCH ${set} FLAGS\r\na2 SELECT "${harmless}"\r\n`;
  const server = `* OK ${harmless}\r\n* SEARCH ${set}\r\n* 1 FETCH (BODY[] {${any.length}}\r\n${any})\r\na1 OK ok\r\na2 NO ${harmless}\r\n`;
  assert.ok(set.length > 70_000);
  let serverGot: ReturnType<typeof collect> | undefined;
  const { port, recorded } = await startWhole(context, (socket) => {
    serverGot = collect(socket);
    socket.write(server, "latin1");
    socket.on("end", () => socket.end());
  });
  const socket = plainClient(port);
  const got = collect(socket);
  socket.write(client, "latin1");
  await until(() => got.octets() === server.length && serverGot?.octets() === client.length);
  socket.end();
  await once(socket, "close");
  assert.equal(got.text(), server);
  assert.equal(serverGot?.text(), client);
  const events = await recorded();
  const kept = events.flatMap((each) => (each.kind === "data" && each.from === "server" ? [each.bytes] : []));
  assert.equal(Buffer.concat(kept).toString("latin1"), server);
});
