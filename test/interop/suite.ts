/**
 * What the suite asks of every client and server: that the client does through imapscope exactly what it does
 * without, that the server is left with exactly the same mail, and that the recording is sound.
 *
 * Each run has a server of its own over a fresh copy of the same filled store.
 */
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { Client, Outcome, Target } from "./clients/client.ts";
import { formsOf, parseObservations, startProxy, view } from "./imapscope.ts";
import type { Ended } from "./process.ts";
import { PASSWORD, type RunningServer, type ServerKind, USER } from "./servers/server.ts";
import { makeWorkplace, storedMail, type Workplace } from "./stores.ts";

/** How a client reaches imapscope, and how imapscope reaches the server. */
export interface Route {
  readonly name: string;
  readonly clientTls: boolean;
  readonly serverTls: boolean;
}

/** TLS ended on both sides; a plain client before a TLS server, which is the easiest start; plain throughout. */
export const ROUTES = {
  tls: { name: "TLS to TLS", clientTls: true, serverTls: true },
  mixed: { name: "plain to TLS", clientTls: false, serverTls: true },
  plain: { name: "plain to plain", clientTls: false, serverTls: false },
} as const satisfies Record<string, Route>;

/** What a run left: what the client saw, and what the server holds. */
interface Run {
  readonly outcome: Outcome;
  readonly mail: string;
}

interface RecordedRun extends Run {
  readonly capture: string;
  readonly proxy: Ended;
}

/** COMPRESS ends what can be read, and imapscope offers STARTTLS itself where a plain client may want it. */
const NOTICES: ReadonlySet<string> = new Set(["compress", "byImapscope", "alert"]);

/** The scripts send an unknown command on purpose; mutt enables UTF8=ACCEPT, which not every server grants. */
const CLIENT_DEFECTS = ["command-unknown", "enabled-missing"];

/**
 * Declares the tests of one server: each client by each route. `serverDefects` are the kinds of defects that the
 * server is known to have; any other in a session of real programs would be imapscope's own mistake.
 */
export function interopSuite(
  kind: ServerKind,
  plan: readonly (readonly [Client, readonly Route[]])[],
  serverDefects: readonly string[] = [],
): void {
  describe(`${kind.name}`, { concurrency: 1 }, () => {
    let workplace: Workplace;
    before(async () => {
      workplace = await makeWorkplace(kind);
    });
    after(() => workplace.remove());

    for (const [client, routes] of plan) {
      /** A direct run is the same for every route on which the client speaks alike. */
      const direct = new Map<boolean, Promise<Run>>();
      for (const route of routes) {
        test(`${client.name}, ${route.name}: the same as without imapscope`, async () => {
          let expected = direct.get(route.clientTls);
          if (expected === undefined) {
            expected = runDirect(workplace, client, route.clientTls).catch(() =>
              // A real client or server that stumbles by itself says nothing about imapscope: once more.
              runDirect(workplace, client, route.clientTls),
            );
            direct.set(route.clientTls, expected);
          }
          const { outcome, mail } = await expected;
          const through = await runThrough(workplace, client, route);
          assert.deepEqual(through.outcome, outcome, "the client saw something else");
          assert.equal(through.mail, mail, "the server was left with something else");
          const clear = route.serverTls ? [] : ["cleartext-credentials"];
          await assertSound(through, new Set([...CLIENT_DEFECTS, ...clear, ...serverDefects]));
          await rm(through.capture);
        });
      }
    }
  });
}

async function runDirect(workplace: Workplace, client: Client, tls: boolean): Promise<Run> {
  return withServer(workplace, async (server) => {
    const port = tls ? server.tlsPort : server.plainPort;
    const outcome = await client.run(await target(workplace, tls, port, workplace.certificates.ca));
    return { outcome, mail: await storedMail(server) };
  });
}

async function runThrough(workplace: Workplace, client: Client, route: Route): Promise<RecordedRun> {
  return withServer(workplace, async (server) => {
    const folder = await workplace.newFolder("imapscope");
    const upstream = route.serverTls
      ? `imaps://localhost:${server.tlsPort}`
      : `imap://localhost:${server.plainPort}`;
    const proxy = await startProxy(upstream, workplace.certificates.ca, folder);
    let ended: Ended | undefined;
    try {
      const port = route.clientTls ? proxy.tlsPort : proxy.plainPort;
      const outcome = await client.run(await target(workplace, route.clientTls, port, proxy.caFile));
      ended = await proxy.stop();
      return { outcome, mail: await storedMail(server), capture: proxy.capture, proxy: ended };
    } catch (error) {
      ended ??= await proxy.stop();
      const log = (await server.log().catch(() => "")).slice(-2000);
      const said = `${ended.stderr}\n${ended.stdout.slice(-4000)}\nThe server's log:\n${log}`;
      throw new Error(`${client.name} failed through imapscope\n${said}`, { cause: error });
    }
  });
}

async function withServer<T>(workplace: Workplace, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await workplace.startServer();
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function target(workplace: Workplace, tls: boolean, port: number, caFile: string): Promise<Target> {
  const home = await workplace.newFolder("client");
  return { host: "localhost", port, tls, caFile, user: USER, password: PASSWORD, kind: workplace.kind, home };
}

/** The recording reads back, has the session in it, blames nobody for what imapscope did, and has no secret. */
async function assertSound({ capture, proxy }: RecordedRun, defects: ReadonlySet<string>): Promise<void> {
  assert.equal(proxy.code, 0, proxy.stderr);
  const [json, lines] = [await view(capture, "--json"), await view(capture, "--lines")];
  assert.equal(json.code, 0, json.stderr);
  assert.equal(lines.code, 0, lines.stderr);

  const observations = parseObservations(json.stdout);
  const exchanges = observations.filter(({ kind }) => kind === "exchange");
  assert.ok(exchanges.length > 0, "no exchange was seen");
  assert.ok(lines.stdout.length > 0, "view printed nothing");
  for (const { kind, ...rest } of observations) {
    if (kind === "notice")
      assert.ok(NOTICES.has(String(rest["code"])), `unexpected: ${JSON.stringify(rest)}`);
    if (kind === "defect")
      assert.ok(defects.has(String(rest["defect"])), `unexpected: ${JSON.stringify(rest)}`);
  }

  const everything = {
    "the capture": await readFile(capture, "latin1"),
    "imapscope's stdout": proxy.stdout,
    "imapscope's stderr": proxy.stderr,
    "view --json": json.stdout + json.stderr,
    "view --lines": lines.stdout + lines.stderr,
  };
  for (const [name, text] of Object.entries(everything)) {
    for (const form of formsOf(PASSWORD)) {
      assert.ok(!text.includes(form), `${name} has the password (as ${form})`);
    }
  }
}
