/** Plays the client of a capture against a real server: what `imapscope replay --as-client` does. */

import type { CaptureProblem } from "../core/capture/format.ts";
import type { Credentials } from "../core/replay/as-client-login.ts";
import { type ClientScript, type ClientStep, createClientScript } from "../core/replay/as-client-script.ts";
import { type ChangedValidity, changedValidities } from "../core/replay/uid-validity.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { readCapture } from "../files/capture-reader.ts";
import { startClock } from "../net/clock.ts";
import { createDiallers } from "../net/diallers.ts";
import { parseHostPort, parseUpstream } from "../net/endpoint.ts";
import type { Notice } from "../net/notice.ts";
import { type PlayedClients, playClients } from "../net/replay-client.ts";
import { guardedNotices, guardedRecord } from "./own-listeners.ts";
import { openRecord, type RecordOptions } from "./record.ts";

export interface AsClientOptions {
  /** `imaps://host[:port]`. */
  readonly upstream: string;
  readonly connect?: string | undefined;
  readonly insecure?: boolean;
  readonly upstreamCa?: string | undefined;
  readonly plainUpstream?: boolean;
  readonly credentials: Credentials | undefined;
  /** Sends also what changes something on the server. */
  readonly allowWrites?: boolean;
  readonly record?: RecordOptions | undefined;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
  /** Waits before each command as the recorded client did, up to so long; without it nothing waits longer than it must. */
  readonly longestGapMs?: number | undefined;
  /** Tries also logins that were refused when they were recorded: for a server that counts no wrong secrets. */
  readonly refusedLogins?: boolean;
  readonly signal?: AbortSignal;
  readonly onProblem?: (problem: CaptureProblem) => void;
  readonly onNotice?: (notice: Notice) => void;
}

export interface AsClientResult extends PlayedClients {
  /** What of the capture cannot be played, or means something else now, each in a sentence. */
  readonly problems: readonly string[];
  /** The dialogue as it was recorded, and as it was now. */
  readonly before: readonly WireEvent[];
  readonly now: readonly WireEvent[];
}

const TIMEOUT_MS = 60_000;
const IDLE_MS = 5000;
/** Of commands that are named in a refusal. */
const NAMED = 20;

/**
 * Plays all connections of a capture, and resolves when all are over.
 *
 * @throws ImapscopeError ERR_REPLAY_WRITES before anything is connected, where commands would change something and may not;
 * ERR_REPLAY_NO_CREDENTIALS; and as `readCapture`, `parseUpstream` and recording do
 */
export async function replayAsClient(capture: string, options: AsClientOptions): Promise<AsClientResult> {
  const upstream = parseUpstream(options.upstream);
  const { before, script } = await readScript(capture, options);
  const steps = script.connections.flatMap((one) => one.steps);
  if (options.allowWrites !== true) refuseWrites(steps);
  if (options.credentials === undefined && steps.some(needsCredentials)) {
    throw new ImapscopeError("ERR_REPLAY_NO_CREDENTIALS");
  }
  const {
    insecure = false,
    upstreamCa,
    plainUpstream = false,
    timeoutMs = TIMEOUT_MS,
    idleMs = IDLE_MS,
  } = options;
  const dial = createDiallers({ insecure, upstreamCa, timeoutMs, isOwnListener: () => false });
  const connect = options.connect === undefined ? undefined : parseHostPort(options.connect, upstream.port);
  const clock = startClock();
  const onNotice = guardedNotices(options.onNotice);
  const recorder = await openRecord(guardedRecord(options.record, { onNotice }), {
    clock,
    keepSecrets: false,
    atFrameBorder: () => false,
    onNotice,
    onEnd: () => {},
    onOwnEnd: () => {},
  });
  const now: WireEvent[] = [];
  try {
    const played = await playClients(script, {
      ...{ upstream, dialler: dial(upstream, connect), clock, credentials: options.credentials },
      ...{ longestGapMs: options.longestGapMs, refusedLogins: options.refusedLogins },
      ...{ plainUpstream, timeoutMs, idleMs, signal: options.signal ?? new AbortController().signal },
      emit: (event) => {
        const own = event.kind === "data" ? { ...event, bytes: event.bytes.slice() } : event;
        now.push(own);
        recorder?.append(own);
      },
    });
    const problems = [...script.problems, ...changedValidities(before, now).map(validityText)];
    return { ...played, problems, before, now };
  } finally {
    await recorder?.close();
  }
}

async function readScript(
  capture: string,
  { onProblem = () => {}, signal }: AsClientOptions,
): Promise<{ before: readonly WireEvent[]; script: ClientScript }> {
  const before: WireEvent[] = [];
  const builder = createClientScript();
  const onEvent = (event: WireEvent): void => {
    const own = event.kind === "data" ? { ...event, bytes: event.bytes.slice() } : event;
    before.push(own);
    builder.take(own);
  };
  await readCapture(
    capture,
    { onHeader: () => {}, onEvent, onProblem },
    signal === undefined ? {} : { signal },
  );
  return { before, script: builder.finish() };
}

function needsCredentials({ name, status }: ClientStep): boolean {
  return (name === "LOGIN" || name === "AUTHENTICATE") && status === "OK";
}

function refuseWrites(steps: readonly ClientStep[]): void {
  const writing = steps.filter(({ writes }) => writes !== undefined);
  if (writing.length === 0) return;
  const lines = writing
    .slice(0, NAMED)
    .map(({ connection, tag, name, writes }) => `connection ${connection}: ${tag} ${name} ${writes}`);
  if (writing.length > NAMED) lines.push(`and ${writing.length - NAMED} more`);
  throw new ImapscopeError("ERR_REPLAY_WRITES", { which: lines.join("\n") });
}

function validityText({ mailbox, recorded, now }: ChangedValidity): string {
  return `${mailbox} has UIDVALIDITY ${now}, and had ${recorded}: the UIDs in recorded commands name other messages now, or none, and cannot be mapped`;
}
