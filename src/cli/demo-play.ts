/**
 * The demo: the proxy, run as `imapscope proxy` runs it, between what was recorded of real clients and of a real server.
 * One capture is both ends of a play: its clients' commands come through the proxy, over TLS on either side, to a replay that
 * answers as its server did. Whoever else connects reaches a replay of another capture, and so cannot disturb the play.
 */
import { fileURLToPath } from "node:url";
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

const PLAY = bundled("session.imapcap");
const MAILBOX = bundled("mailbox.imapcap");
/** The recorded server's: the name that the played clients ask for, by which the proxy tells them from others. */
const PLAYED_NAME = "imap.example.org";
const LISTEN = ["imaps://localhost:1993", "imap://localhost:1143"];
/** For the played clients, where a user has none with TLS. */
const TLS_LISTENER = "imaps://127.0.0.1:0";
/** Nobody wants to watch a client think for longer. */
const LONGEST_GAP_MS = 2000;
/** What was pushed in IDLE comes after as long as it took then. */
const IDLE_MS = 60_000;

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
    const play = await serve(PLAY);
    const mailbox = await serve(MAILBOX);
    await runProxy(urlOf(mailbox), proxyOptions(options, ca, play), {
      ready: (listening) => {
        const places = placesOf(listening);
        for (const line of [OPENING, ...(stays ? ownClientLines(places, ca.path) : [])]) tell(line);
        return titleWords(places);
      },
      run: async (running) => {
        const { say, stopped } = running;
        const places = placesOf(running.listening);
        say?.(PLAYING);
        asRecorded = await playThrough(running, play, isPaced);
        if (!stays) stopped.abort();
        if (stopped.signal.aborted) return;
        if (say === undefined) tell(openWords(places));
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

/** Plays the recorded clients through the proxy. What is not as it was recorded is told, and the answer then is false. */
async function playThrough(
  { listening, notice, stopped }: Running,
  play: Replay,
  isPaced: boolean,
): Promise<boolean> {
  const secure = listening.find(({ url }) => url.startsWith("imaps:"));
  const { failures, notes } = await replayAsClient(PLAY, {
    upstream: `imaps://${PLAYED_NAME}`,
    connect: new URL(secure?.url ?? "").host,
    upstreamCa: play.ca,
    credentials: { user: "alice", secret: { kind: "password", value: "any" } },
    ...{ allowWrites: true, refusedLogins: true },
    longestGapMs: isPaced ? LONGEST_GAP_MS : undefined,
    idleMs: IDLE_MS,
    signal: stopped.signal,
  });
  // The proxy is to see their end. Those that failed may never have come.
  if (failures.length === 0) await Promise.race([play.served(), untilAborted(stopped.signal)]);
  if (stopped.signal.aborted) return true;
  for (const { connection, text } of [...failures, ...notes])
    notice({ level: "warning", text: `played connection ${connection}: ${text}` });
  return failures.length === 0 && play.report().passed;
}

function proxyOptions(options: DemoCommandOptions, ca: DemoCa, play: Replay): ProxyCommandOptions {
  const { listen = LISTEN } = options;
  const hasTls = listen.some((url) => url.startsWith("imaps:"));
  return {
    ...options,
    listen: hasTls ? listen : [...listen, TLS_LISTENER],
    orFreePort: options.listen === undefined,
    upstream: [`${PLAYED_NAME}=${urlOf(play)}`],
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
