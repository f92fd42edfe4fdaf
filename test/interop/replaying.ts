/** Records a client through the proxy, and serves the capture to the same client without a server. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Client, Outcome, Transport } from "./clients/client.ts";
import { MAIN, startProxy } from "./imapscope.ts";
import { type Ended, start } from "./process.ts";
import { USER } from "./servers/server.ts";
import type { Workplace } from "./stores.ts";

export interface RecordedClient {
  readonly capture: string;
  readonly outcome: Outcome;
  /** Where the client kept what it keeps. */
  readonly home: string;
}

/** Nothing is left of the server when this settles. */
export async function record(
  workplace: Workplace,
  client: Client,
  transport: Transport,
  password: string,
): Promise<RecordedClient> {
  const server = await workplace.startServer();
  try {
    const folder = await workplace.newFolder("recorded");
    // What a client begins with STARTTLS goes through to the server; else the server is reached with TLS.
    const upstream =
      transport === "startTls"
        ? `imap://localhost:${server.plainPort}`
        : `imaps://localhost:${server.tlsPort}`;
    const proxy = await startProxy(upstream, workplace.certificates.ca, folder);
    try {
      const port = transport === "tls" ? proxy.tlsPort : proxy.plainPort;
      const ran = await runClient(workplace, client, transport, port, proxy.caFile, password);
      return { capture: proxy.capture, ...ran };
    } finally {
      await proxy.stop();
    }
  } finally {
    await server.stop();
  }
}

export interface ReplayedClient {
  readonly outcome: Outcome;
  readonly home: string;
  readonly replay: Ended;
  readonly junit: string;
}

/** `imapscope replay` ends by itself when the client has been served, or fails in two minutes. */
export async function replay(
  workplace: Workplace,
  client: Client,
  transport: Transport,
  capture: string,
  options: readonly string[],
  password: string,
): Promise<ReplayedClient> {
  const folder = await workplace.newFolder("replayed");
  const path = (name: string) => join(folder, name);
  const listen = ["--listen", transport === "tls" ? "imaps://127.0.0.1:0" : "imap://127.0.0.1:0"];
  const plain = transport === "plain" ? ["--plain"] : [];
  const files = [
    ...["--port-file", path("port"), "--ready-file", path("ready")],
    ...["--junit", path("junit.xml"), "--ca-dir", folder],
  ];
  const server = start(
    process.execPath,
    [MAIN, "replay", capture, ...listen, ...plain, ...files, "--once", ...options],
    { env: { HOME: folder } },
  );
  try {
    const port = await awaitPort(path("port"), server.ended);
    const ran = await runClient(workplace, client, transport, port, path("imapscope-ca.pem"), password);
    const given = new AbortController();
    const ended = await Promise.race([
      server.ended,
      delay(120_000, undefined, { signal: given.signal }).catch(() => undefined),
    ]);
    given.abort();
    if (ended === undefined) throw new Error("the replay goes on although its clients are gone");
    return { ...ran, replay: ended, junit: await readFile(path("junit.xml"), "utf8") };
  } catch (error) {
    const { stdout, stderr } = await server.stop("SIGINT");
    throw new Error(`${client.name} failed without its server\n${stderr}\n${stdout.slice(-6000)}`, {
      cause: error,
    });
  }
}

async function awaitPort(file: string, ended: Promise<unknown>): Promise<number> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.endsWith("\n")) return Number(text);
    await delay(20);
  }
  throw new Error("the replay ended before anybody could connect");
}

async function runClient(
  workplace: Workplace,
  client: Client,
  transport: Transport,
  port: number,
  caFile: string,
  password: string,
): Promise<{ readonly outcome: Outcome; readonly home: string }> {
  const home = await workplace.newFolder("client");
  const { kind } = workplace;
  const outcome = await client.run({
    ...{ host: "localhost", port, transport, caFile, user: USER, password, kind, home },
  });
  return { outcome, home };
}
