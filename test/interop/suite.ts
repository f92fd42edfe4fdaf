/**
 * What the suite asks of every client and server: that the client does through imapscope exactly what it does
 * without, that the server is left with exactly the same mail, and that the recording is sound.
 *
 * Each run has a server of its own over a fresh copy of the same filled store.
 */
import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { Client, Outcome, Target, Transport } from "./clients/client.ts";
import { formsOf, parseObservations, startProxy, view } from "./imapscope.ts";
import type { Ended } from "./process.ts";
import { PASSWORD, type RunningServer, type ServerKind, USER } from "./servers/server.ts";
import { makeWorkplace, storedMail, type Workplace } from "./stores.ts";

/** How a client reaches imapscope, and how imapscope reaches the server. */
export interface Route {
  readonly name: string;
  readonly client: Transport;
  readonly upstream: "imaps" | "imap";
  readonly options?: readonly string[];
}

/**
 * TLS ended on both sides; a plain client before a TLS server, which is the easiest start; plain throughout. With STARTTLS:
 * relayed, so that both legs switch; done by imapscope itself before the server; and answered by imapscope itself.
 */
export const ROUTES = {
  tls: { name: "TLS to TLS", client: "tls", upstream: "imaps" },
  mixed: { name: "plain to TLS", client: "plain", upstream: "imaps" },
  plain: { name: "plain to plain", client: "plain", upstream: "imap" },
  startTls: { name: "STARTTLS relayed", client: "startTls", upstream: "imap" },
  startTlsBefore: { name: "TLS to STARTTLS", client: "tls", upstream: "imap" },
  startTlsBehind: {
    name: "STARTTLS to TLS",
    client: "startTls",
    upstream: "imaps",
    options: ["--offer-starttls"],
  },
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
      const direct = new Map<Transport, Promise<Run>>();
      for (const route of routes) {
        test(`${client.name}, ${route.name}: the same as without imapscope`, async () => {
          let expected = direct.get(route.client);
          if (expected === undefined) {
            expected = runDirect(workplace, client, route.client).catch(() =>
              // A real client or server that stumbles by itself says nothing about imapscope: once more.
              runDirect(workplace, client, route.client),
            );
            direct.set(route.client, expected);
          }
          const { outcome, mail } = await expected;
          const through = await runThrough(workplace, client, route);
          assert.deepEqual(through.outcome, outcome, "the client saw something else");
          assert.equal(through.mail, mail, "the server was left with something else");
          const clear =
            route.client === "plain" && route.upstream === "imap" ? ["cleartext-credentials"] : [];
          await assertTransport(through.capture, route, client.compresses === true && kind.compresses);
          await assertSound(through, new Set([...CLIENT_DEFECTS, ...clear, ...serverDefects]));
          await rm(through.capture);
        });
      }
    }
  });
}

async function runDirect(workplace: Workplace, client: Client, transport: Transport): Promise<Run> {
  return withServer(workplace, async (server) => {
    const port = transport === "tls" ? server.tlsPort : server.plainPort;
    const outcome = await client.run(await target(workplace, transport, port, workplace.certificates.ca));
    return { outcome, mail: await storedMail(server) };
  });
}

async function runThrough(workplace: Workplace, client: Client, route: Route): Promise<RecordedRun> {
  return withServer(workplace, async (server) => {
    const folder = await workplace.newFolder("imapscope");
    const upstream =
      route.upstream === "imaps"
        ? `imaps://localhost:${server.tlsPort}`
        : `imap://localhost:${server.plainPort}`;
    const proxy = await startProxy(upstream, workplace.certificates.ca, folder, route.options);
    let ended: Ended | undefined;
    try {
      const port = route.client === "tls" ? proxy.tlsPort : proxy.plainPort;
      const outcome = await client.run(await target(workplace, route.client, port, proxy.caFile));
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

async function target(
  workplace: Workplace,
  transport: Transport,
  port: number,
  caFile: string,
): Promise<Target> {
  const home = await workplace.newFolder("client");
  return {
    host: "localhost",
    port,
    transport,
    caFile,
    user: USER,
    password: PASSWORD,
    kind: workplace.kind,
    home,
  };
}

/** Every connection of the client went the way that was to be tried: what a client falls back to tries nothing. */
async function assertTransport(capture: string, route: Route, compressed: boolean): Promise<void> {
  const text = await readFile(capture, "latin1");
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const connections = count(/^{"type":"open",/gm);
  const none = route.client === "plain" && route.upstream === "imap";
  const wanted = {
    clientTls: route.client === "plain" ? 0 : connections,
    serverTls: none ? 0 : connections,
    clientStartTls: route.client === "startTls" ? connections : 0,
    serverStartTls: route.upstream === "imap" && !none ? connections : 0,
  };
  const seen = {
    clientTls: count(/^{"type":"tls",.*"leg":"client"/gm),
    serverTls: count(/^{"type":"tls",.*"leg":"server"/gm),
    clientStartTls: count(/^{"type":"starttls",.*"leg":"client"/gm),
    serverStartTls: count(/^{"type":"starttls",.*"leg":"server"/gm),
  };
  assert.deepEqual(seen, wanted);
  for (const from of compressed ? ["client", "server"] : []) {
    assert.ok(
      count(new RegExp(`^{"type":"deflate",.*"from":"${from}"`, "gm")) > 0,
      `${from}: not compressed`,
    );
  }
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
