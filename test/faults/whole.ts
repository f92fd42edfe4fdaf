/** A whole interception, with everything that it tells, keeps and writes, before an upstream of the test's own. */
import { mkdtempSync, rmSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as nodeTest, type TestContext } from "node:test";
import {
  captureEvents,
  type Interception,
  type InterceptionOptions,
  intercept,
  type Notice,
  type Observation,
  type WireEvent,
} from "../../src/index.ts";
import { formatEndpoint } from "../../src/net/endpoint.ts";
import { caFolder } from "../ca-folder.ts";
import { closeEverything, type OnUpstream, plainUpstream, tlsUpstream, upstreamCa } from "../net/peers.ts";

export interface Whole {
  readonly interception: Interception;
  readonly port: number;
  readonly folder: string;
  readonly notices: Notice[];
  readonly observations: Observation[];
  /** Everything that was recorded, once the interception is closed. */
  readonly recorded: () => Promise<readonly WireEvent[]>;
}

export async function startWhole(
  context: TestContext,
  onUpstream: OnUpstream,
  options: Partial<InterceptionOptions> & { readonly tls?: boolean } = {},
): Promise<Whole> {
  const { tls = false, ...more } = options;
  const folder = mkdtempSync(join(tmpdir(), "imapscope-faults-"));
  const path = join(folder, "day.imapcap");
  const notices: Notice[] = [];
  const observations: Observation[] = [];
  const upstream = await (tls ? tlsUpstream : plainUpstream)(onUpstream);
  const interception = await intercept({
    upstream: formatEndpoint(upstream),
    ...(tls ? { upstreamCa: upstreamCa.pem } : {}),
    listen: [tls ? "imaps://127.0.0.1:0" : "imap://127.0.0.1:0"],
    caDir: caFolder(),
    record: { path },
    onNotice: (notice) => notices.push(notice),
    onObservation: (observation) => observations.push(observation),
    ...more,
  });
  context.after(async () => {
    await closeEverything();
    await interception.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    interception,
    port: Number(new URL(interception.listening[0]?.url ?? "").port),
    folder,
    notices,
    observations,
    recorded: async () => {
      // Clients that stay would be given time to go.
      await until(() => interception.statistics().openConnections === 0);
      await interception.close();
      const events: WireEvent[] = [];
      for await (const event of captureEvents(path)) events.push(event);
      return events;
    },
  };
}

/** Tests of faults wait for what may never come: it fails them before all else gives up, and is no measure of speed. */
export const test = (name: string, body: (context: TestContext) => Promise<void>): void => {
  void nodeTest(name, { timeout: 120_000 }, body);
};

/** Waits, turn by turn, until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** Collects what a socket gives, as it comes. */
export function collect(socket: Socket): { readonly octets: () => number; readonly text: () => string } {
  let chunks: string[] = [];
  let octets = 0;
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk.toString("latin1"));
    octets += chunk.length;
  });
  const text = (): string => {
    const all = chunks.join("");
    chunks = [all];
    return all;
  };
  return { octets: () => octets, text };
}
