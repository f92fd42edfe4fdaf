/** A capture served as an IMAP server: for tests, offline, over real sockets and TLS. */
import { createCasting } from "../core/replay/casting.ts";
import { readIgnored } from "../core/replay/ignore.ts";
import { createMatcher, type Matching } from "../core/replay/match.ts";
import type { Sequence } from "../core/replay/part.ts";
import type { Played } from "../core/replay/played.ts";
import { createPlayer } from "../core/replay/player.ts";
import { createReport, type ReplayReport } from "../core/replay/report.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { pathOf } from "../files/path-of.ts";
import type { Notice } from "../net/notice.ts";
import type { Listening } from "../net/proxy.ts";
import { REPLAY_CRYPTO } from "../net/replay-crypto.ts";
import { startReplayServer } from "../net/replay-server.ts";
import { openCa } from "./interception.ts";
import { createOwnFunctions } from "./own-functions.ts";
import { guardedNotices } from "./own-listeners.ts";
import { readListeners } from "./replay-listeners.ts";
import { loadScript } from "./replay-script.ts";

export interface ReplayOptions {
  /** URLs; `imaps://127.0.0.1:0` by default. `:0` picks a free port; `recorded` stands for the schemes of the recording, on such ports. */
  readonly listen?: readonly string[] | undefined;
  /** Offers no STARTTLS on `imap://` listeners. */
  readonly plain?: boolean | undefined;
  /** How alike a command must be to a recorded one; `canonical` by default. */
  readonly match?: Matching | undefined;
  /** What of commands is not compared: `date`, `message-id`, `boundary`, `internaldate`, `search-date`, `header:NAME`, `field:NAME`, a pattern. */
  readonly ignore?: readonly (string | RegExp)[] | undefined;
  /** Recorded exchanges that no client asks for do not make it fail. */
  readonly allowUnused?: boolean | undefined;
  /** `state` by default: the earliest exchange that was not used; `order` takes the next one only. */
  readonly sequence?: Sequence | undefined;
  /** Times as recorded at 1, twice as fast at 2; without waiting where it is left out. */
  readonly speed?: number | undefined;
  /** For SCRAM, in which the server must know it. */
  readonly password?: string | undefined;
  /** More names for the certificate. */
  readonly names?: readonly string[] | undefined;
  /** Where the CA is; by default the user's data directory (in a checkout: certs/). */
  readonly caDir?: string | undefined;
  /**
   * Milliseconds until a client that says and reads nothing is let go, and `served` waits no longer for a first one; both make
   * the play fail. 30 minutes by default (RFC 9051 §5.4).
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Whether it keeps the process running while no client is connected and nobody waits for `served`. `false` by default: a test
   * that fails before it comes to `close` does not hang its runner.
   */
  readonly keepAlive?: boolean | undefined;
  /** Gets what became of each command. */
  readonly onPlayed?: ((played: Played) => void) | undefined;
  /** Gets what a user should read. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

export interface Replay {
  /** Of the first listener. */
  readonly host: string;
  readonly port: number;
  readonly listening: readonly Listening[];
  /** The CA's certificate, PEM, and its file: what clients must trust. */
  readonly ca: string;
  readonly caPath: string;
  /** What has become of all commands so far, and what was not used. */
  readonly report: () => ReplayReport;
  /**
   * Resolves when as many clients were served as were recorded, and none is left; where fewer come, when some were served and
   * nobody else has come for 30 s, or none came in time. Who has said nothing is no client.
   */
  readonly served: () => Promise<void>;
  /**
   * Ends every connection and stops listening, however often it is called. Rejects, when all is closed, with what a function of
   * yours threw meanwhile: of `match` or `onPlayed`.
   */
  readonly close: () => Promise<ReplayReport>;
  /** The same, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Serves a capture, given as its file (a path, or a URL) or its events; when this settles, clients can connect.
 * @throws ImapscopeError when the capture, a listener or the CA cannot be had
 */
export async function replay(
  capture: string | URL | Iterable<WireEvent>,
  options: ReplayOptions = {},
): Promise<Replay> {
  const listenersOf = readListeners(options.listen);
  const authority = await openCa(options.caDir);
  const { ignored, problem } = readIgnored(options.ignore ?? []);
  if (problem !== undefined) throw new ImapscopeError("ERR_IGNORE_RULE_INVALID", { reason: problem });
  const { script, octets, close } = await loadScript(capture instanceof URL ? pathOf(capture) : capture, {
    ignored,
  });
  const own = createOwnFunctions(options, (what) => report.failed(what));
  const matcher = createMatcher(own.match, ignored);
  const casting = createCasting(script, matcher, options.sequence ?? "state");
  const report = createReport(script, {
    allowUnused: options.allowUnused === true,
    sequence: options.sequence ?? "state",
  });
  const onNotice = guardedNotices(options.onNotice);
  for (const text of script.problems) onNotice({ level: "warning", text });
  let closing: Promise<ReplayReport> | undefined;
  /** As things stood when it ended: what was recorded cannot be read any more. */
  let last: ReplayReport | undefined;

  async function closeAll(): Promise<ReplayReport> {
    await server.close();
    last = report.read();
    await close();
    own.rethrow();
    return last;
  }

  const server = await startReplayServer({
    listeners: listenersOf(script),
    octets,
    clients: script.connections.filter(({ steps }) => steps.length > 0).length,
    speed: options.speed,
    contextFor: (request) => authority.contextFor({ ...request, extraNames: options.names ?? [] }),
    onNotice,
    idleTimeoutMs: options.timeoutMs,
    keepAlive: options.keepAlive,
    onEnded: report.ended,
    onTimeout: report.failed,
    createPlayer: ({ client, tls, atMicros }) => {
      report.opened(client);
      return createPlayer({
        ...{ client, tls, atMicros, script, casting, crypto: REPLAY_CRYPTO, password: options.password },
        canStartTls: options.plain !== true,
        onPlayed: (played) => {
          report.take(played);
          own.onPlayed(played);
        },
        onGreetingAltered: (altered) => report.greetingAltered(client, atMicros, altered),
      });
    },
  });
  const [first] = server.listening;
  const { hostname, port } = new URL(first?.url ?? "");
  const closeOnce = (): Promise<ReplayReport> => {
    closing ??= closeAll();
    return closing;
  };
  return {
    host: hostname,
    port: Number(port),
    listening: server.listening,
    ca: authority.certificate,
    caPath: authority.certificatePath,
    report: () => last ?? report.read(),
    served: server.served,
    close: closeOnce,
    [Symbol.asyncDispose]: async () => void (await closeOnce()),
  };
}
