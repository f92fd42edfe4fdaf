/** Fifty clients at once on a few shared mailboxes of Dovecot, without imapscope and through it: no new kind of error. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ImapSession } from "./imap-session.ts";
import { formsOf, parseObservations, startProxy, view } from "./imapscope.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace } from "./stores.ts";
import { type StressTarget, stress } from "./stress.ts";

const RACES = new Set(
  ["FETCH", "STORE", "COPY", "MOVE"].flatMap((name) => [`NO to ${name}`, `NO to UID ${name}`]),
);

const [SEED, CLIENTS, RUN_MS] = [7, 50, 12_000];

test("Dovecot under 50 clients: through imapscope as without", { timeout: 120_000 }, async (context) => {
  const workplace = await makeWorkplace(dovecot, []);
  const ran = async (port: number, caFile: string) => {
    const target: StressTarget = { port, caFile, user: USER, password: PASSWORD };
    const outcome = await stress(target, SEED, CLIENTS, Number(process.env["STRESS_MS"] ?? RUN_MS));
    context.diagnostic(
      `${outcome.connections} connections, ${outcome.commands} commands, ${JSON.stringify([...outcome.errors])}`,
    );
    assert.ok(outcome.commands > 1000, "hardly anything was done");
    return outcome;
  };
  const server = await workplace.startServer();
  try {
    const session = await ImapSession.open(server.plainPort, USER, PASSWORD);
    for (const name of ["stress-one", "stress-two"]) await session.command(`CREATE ${name}`);
    await session.close();
    const direct = await ran(server.tlsPort, workplace.certificates.ca);
    const proxy = await startProxy(
      `imaps://localhost:${server.tlsPort}`,
      workplace.certificates.ca,
      await workplace.newFolder("imapscope"),
    );
    const through = await ran(proxy.tlsPort, proxy.caFile).finally(() => proxy.stop());
    const json = await view(proxy.capture, "--json");
    assert.equal(json.code, 0, json.stderr);
    const capture = await readFile(proxy.capture, "latin1");
    assert.equal(capture.match(/^{"type":"open",/gm)?.length, through.connections);
    const defects = parseObservations(json.stdout).filter(({ kind }) => kind === "defect");
    context.diagnostic(`defects: ${[...new Set(defects.map(({ defect }) => String(defect)))].join(" ")}`);
    for (const form of formsOf(PASSWORD)) assert.ok(!(capture + json.stdout).includes(form), "the password");
    assert.deepEqual(defects, []);
    // Messages that other clients expunge meanwhile may be refused: a matter of luck.
    const kindsOf = ({ errors }: typeof direct) => [...errors.keys()].filter((kind) => !RACES.has(kind));
    for (const kind of kindsOf(through)) assert.ok(direct.errors.has(kind), `only through: ${kind}`);
    for (const kind of kindsOf(direct)) assert.doesNotMatch(kind, /^BAD|body|UID|EXISTS/);
  } finally {
    await server.stop();
    await workplace.remove();
  }
});
