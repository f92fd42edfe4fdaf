/**
 * The demo: the proxy, run as `imapscope proxy` runs it, between what was recorded of real clients and of real servers. A
 * played client sends a capture's commands to the proxy, over TLS on either side, and a replay behind it answers. The server of
 * the first play is the same capture, which has both directions; that of the second is another one, which also answers
 * whoever else connects, so that nobody disturbs the first play.
 */
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { compareCaptures } from "../core/replay/compare-captures.ts";
import { comparisonLines } from "../core/replay/compare-text.ts";
import { EXIT } from "../errors.ts";
import { type Replay, replay } from "../library/replay.ts";
import { replayAsClient } from "../library/replay-as-client.ts";
import type { DemoCa } from "./demo-ca.ts";
import {
  ENDED,
  OPENING,
  openWords,
  overWords,
  ownClientLines,
  PLAYING,
  placesOf,
  titleWords,
} from "./demo-words.ts";
import { type ProxyCommandOptions, type Running, runProxy } from "./proxy-command.ts";
import type { ShowOptions } from "./show-options.ts";
import { tell, tellNotice } from "./tell.ts";
import { untilAborted } from "./until-aborted.ts";

export interface DemoCommandOptions extends ShowOptions {
  readonly listen?: readonly string[] | undefined;
  readonly caDir?: string | undefined;
}

const SESSION = bundled("session.imapcap");
const MAILBOX = bundled("mailbox.imapcap");
/** The server that was recorded in the session: by this name, for which its clients ask, the proxy tells them from others. */
const SESSION_SERVER = "imap.example.org";
/** One after the other. */
const PLAYS: readonly { readonly capture: string; readonly server: string }[] = [
  { capture: SESSION, server: SESSION_SERVER },
  { capture: bundled("mutt.imapcap"), server: "localhost" },
];
const LISTEN = ["imaps://localhost:1993", "imap://localhost:1143"];
/** For the played clients, where a user has none with TLS. */
const TLS_LISTENER = "imaps://127.0.0.1:0";
/** Nobody wants to watch a client think for longer. */
const LONGEST_GAP_MS = 2000;
/** What was pushed in IDLE comes after as long as it took then. */
const IDLE_MS = 60_000;
/** For the proxy to see the ends of connections, before it makes an end of them itself. */
const GRACE_MS = 2000;

export async function playDemo(options: DemoCommandOptions, ca: DemoCa): Promise<void> {
  const isPaced = process.stdout.isTTY === true;
  // Else there may be nobody who could end it.
  const stays = isPaced && process.stdin.isTTY === true;
  if (ca.notice !== undefined) tellNotice(ca.notice);
  const replays: Replay[] = [];
  const serve = async (capture: string): Promise<Replay> => {
    const served = await replay(capture, { caDir: ca.dir, speed: isPaced ? 1 : undefined });
    replays.push(served);
    return served;
  };
  let asRecorded = true;
  try {
    const session = await serve(SESSION);
    const mailbox = await serve(MAILBOX);
    await runProxy(urlOf(mailbox), proxyOptions(options, ca, session), {
      ready: (listening) => {
        const places = placesOf(listening);
        for (const line of [OPENING, ...(stays ? ownClientLines(places, ca.path) : [])]) tell(line);
        return titleWords(places);
      },
      run: async (running) => {
        const { listening, say, stopped } = running;
        say?.(PLAYING);
        for (const play of PLAYS) {
          if (!(await playThrough(play, running, { ca: session.ca, isPaced }))) asRecorded = false;
          if (stopped.signal.aborted) return;
        }
        if (!stays) {
          const served = Promise.all(replays.map((each) => each.served()));
          const late = delay(GRACE_MS, undefined, { ref: false });
          await Promise.race([served, late, untilAborted(stopped.signal)]);
          stopped.abort();
        }
        if (stopped.signal.aborted) return;
        if (say === undefined) tell(openWords(placesOf(listening)));
        else say(overWords(ca.path));
        await untilAborted(stopped.signal);
      },
    });
  } finally {
    await Promise.all(replays.map(({ close }) => close()));
  }
  if (!asRecorded) process.exitCode = EXIT.mismatch;
  tell(ENDED);
}

/** Plays the clients of a capture through the proxy. What is not as it was recorded is told, and the answer then is false. */
export async function playThrough(
  { capture, server }: (typeof PLAYS)[number],
  { listening, notice, stopped: { signal } }: Omit<Running, "say">,
  { ca, isPaced }: { readonly ca: string; readonly isPaced: boolean },
): Promise<boolean> {
  const secure = listening.find(({ url }) => url.startsWith("imaps:"));
  const { before, now, failures, notes } = await replayAsClient(capture, {
    upstream: `imaps://${server}`,
    connect: new URL(secure?.url ?? "").host,
    upstreamCa: ca,
    credentials: { user: "alice", secret: { kind: "password", value: "any" } },
    ...{ allowWrites: true, refusedLogins: true },
    longestGapMs: isPaced ? LONGEST_GAP_MS : undefined,
    ...{ idleMs: IDLE_MS, signal },
  });
  if (signal.aborted) return true;
  for (const { connection, text } of [...failures, ...notes])
    notice({ level: "warning", text: `played connection ${connection}: ${text}` });
  const comparison = compareCaptures(before, now);
  if (comparison.same) return true;
  for (const text of comparisonLines(comparison).filter((line) => line !== ""))
    notice({ level: "warning", text });
  return false;
}

function proxyOptions(options: DemoCommandOptions, ca: DemoCa, session: Replay): ProxyCommandOptions {
  const { listen = LISTEN } = options;
  const hasTls = listen.some((url) => url.startsWith("imaps:"));
  return {
    ...options,
    listen: hasTls ? listen : [...listen, TLS_LISTENER],
    orFreePort: options.listen === undefined,
    upstream: [`${SESSION_SERVER}=${urlOf(session)}`],
    caDir: ca.dir,
    upstreamCa: ca.path,
    ...{ insecure: false, plainUpstream: false, offerStarttls: false },
    ...{ force: false, recordComplete: false, keepSecrets: false },
  };
}

function urlOf({ host, port }: Replay): string {
  return `imaps://${host}:${port}`;
}

function bundled(name: string): string {
  return fileURLToPath(new URL(`../../demo/${name}`, import.meta.url));
}
