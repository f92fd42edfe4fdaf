/** Plays the clients of a capture against a real server: sends what they sent when what they had waited for is there. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { ExchangeId } from "../core/exchange/exchange.ts";
import type { ClientScript } from "../core/replay/as-client-script.ts";
import { PlayedClient } from "./played-client.ts";
import type { ReplayClientOptions } from "./server-access.ts";
import { StepOrder } from "./step-order.ts";

export interface PlayedClients {
  /** What was not sent, or did not come, each in a sentence. */
  readonly notes: readonly { readonly connection: ConnectionId; readonly text: string }[];
  /** Steps that were left out on purpose, by the numbers of their exchanges. */
  readonly leftOut: ReadonlySet<ExchangeId>;
  /** Connections that could not be made, or broke. */
  readonly failures: readonly { readonly connection: ConnectionId; readonly text: string }[];
}

/** Plays all connections at once; resolves when all are over. Never rejects. */
export async function playClients(
  script: ClientScript,
  options: ReplayClientOptions,
): Promise<PlayedClients> {
  const order = new StepOrder(script);
  const notes: { connection: ConnectionId; text: string }[] = [];
  const failures: { connection: ConnectionId; text: string }[] = [];
  const leftOut = new Set<ExchangeId>();
  await Promise.all(
    script.connections.map(async (wanted) => {
      const { connection } = wanted;
      const client = new PlayedClient(wanted, order, options, {
        note: (text) => notes.push({ connection, text }),
        leaveOut: ({ id }) => leftOut.add(id),
      });
      try {
        const failure = await client.play();
        if (failure !== undefined) failures.push({ connection, text: failure });
      } finally {
        order.skip(wanted.steps);
      }
    }),
  );
  return { notes, leftOut, failures };
}
