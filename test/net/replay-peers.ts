/** A server of replays with a player of few words, for the tests of net. */
import type { Player } from "../../src/core/replay/player.ts";
import type { Saying } from "../../src/core/replay/saying.ts";
import { parseListener } from "../../src/net/endpoint.ts";
import type { Notice } from "../../src/net/notice.ts";
import { type ReplayServerOptions, startReplayServer } from "../../src/net/replay-server.ts";
import type { ServerOctets } from "../../src/net/server-octets.ts";
import { closeLater, contextFor } from "./peers.ts";

export const says = (text: string): Saying => ({ kind: "octets", bytes: Buffer.from(text, "latin1") });

/** What the octets of a connection's stream are at any place. */
export const octetAt = (at: number): number => (at * 31 + (at >> 8)) & 0xff;

/** A recorded server of any length, read in pieces. */
export const endlessOctets: ServerOctets = {
  read: async function* ({ from, to }, signal) {
    for (let at = from; at < to; at += 50_000) {
      signal.throwIfAborted();
      const start = at;
      yield Uint8Array.from({ length: Math.min(50_000, to - at) }, (_, i) => octetAt(start + i));
    }
  },
};

/**
 * Greets, and answers each line with what its row has, or with itself. What came behind STARTTLS or COMPRESS in the same read
 * is given along, as a player does.
 */
export function scriptedPlayer(
  rows: Readonly<Record<string, readonly Saying[]>>,
  greeting = "* OK hi\r\n",
): Player {
  let heard = "";
  const sayings: Saying[] = [says(greeting)];
  function answer(line: string): void {
    for (const saying of rows[line] ?? [says(`* ${line}\r\n`)]) {
      const switches = saying.kind === "startTls" || saying.kind === "deflate";
      sayings.push(switches ? { ...saying, early: Buffer.from(heard, "latin1") } : saying);
      if (switches) heard = "";
    }
  }
  return {
    take: (bytes) => {
      heard += Buffer.from(bytes).toString("latin1");
    },
    next: () => {
      const end = heard.indexOf("\r\n");
      if (sayings.length === 0 && end >= 0) {
        const line = heard.slice(0, end);
        heard = heard.slice(end + 2);
        answer(line);
      }
      return sayings.shift();
    },
    hasMore: () => heard.includes("\r\n"),
    isBusy: () => heard.length > 64 * 1024,
  };
}

export async function replayServer(
  rows: Readonly<Record<string, readonly Saying[]>>,
  options: Partial<ReplayServerOptions> = {},
) {
  const notices: Notice[] = [];
  const ended: string[] = [];
  const timeouts: string[] = [];
  const server = await startReplayServer({
    listeners: [parseListener("imaps://127.0.0.1:0"), parseListener("imap://127.0.0.1:0")],
    createPlayer: () => scriptedPlayer(rows),
    octets: endlessOctets,
    contextFor,
    clients: 0,
    graceMs: 500,
    onNotice: (notice) => notices.push(notice),
    onEnded: ({ how }) => ended.push(how),
    onTimeout: (what) => timeouts.push(what),
    ...options,
  });
  closeLater(() => server.close());
  const port = (scheme: "imaps" | "imap"): number =>
    Number(
      server.listening
        .find(({ url }) => url.startsWith(`${scheme}://`))
        ?.url.split(":")
        .at(-1),
    );
  return { server, notices, port, ended, timeouts, idle: server.served };
}
