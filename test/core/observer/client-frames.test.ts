/** Commands begin exchanges; what the first line says is known at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { play, playSelected } from "../../playbook.ts";

test("a command with a literal is known by its first line, and complete with its last", () => {
  const { observations } = playSelected("C: a APPEND Sent (\\Seen) {3}\nS: + ok\nC: abc");
  const [started] = observations;
  assert.ok(started?.kind === "exchangeStarted");
  assert.deepEqual(
    [started.exchange.commandName, started.exchange.mailbox, started.exchange.end],
    ["APPEND", "Sent", "inFlight"],
  );
  const request = observations.find(({ kind }) => kind === "request");
  assert.ok(request?.kind === "request" && request.command?.detail.kind === "append");
  assert.deepEqual(
    [request.role, [...request.command.detail.messageOctets], request.exchange],
    ["command", [3], started.exchange.id],
  );
});

test("SASL lines, DONE and empty lines are requests with their roles", () => {
  const { observations } = play(
    "S: * OK hi\nC: a AUTHENTICATE PLAIN\nS: + \nC: eHh4\nS: a OK x\nC: b IDLE\nS: + ok\nC: DONE\nS: b OK x\nC: ",
  );
  const roles = observations.flatMap((seen) => (seen.kind === "request" ? [seen.role] : []));
  assert.deepEqual(roles, ["command", "sasl", "command", "done", "blank"]);
});

test("IDLE of more than 29 minutes is reported at DONE, or when it ends otherwise", () => {
  const idle = "@1000\nC: a IDLE\n@1001\nS: + ok\n";
  assert.deepEqual(playSelected(`${idle}@1742000\nC: DONE`).defects, ["idle-too-long"]);
  assert.deepEqual(playSelected(`${idle}@1742000\n-- close client`).defects, ["idle-too-long"]);
  assert.deepEqual(playSelected(`${idle}@1700000\nC: DONE`).defects, []);
});

test("over the limit of open exchanges the oldest is abandoned", () => {
  const commands = Array.from({ length: LIMITS.openExchanges + 1 }, (_, i) => `C: t${i} UID FETCH 1 FLAGS`);
  const { exchanges } = playSelected(commands.join("\n"));
  assert.deepEqual(
    [exchanges[0]?.tag, exchanges[0]?.end, exchanges[1]?.end],
    ["t0", "abandoned", "captureEnd"],
  );
});
