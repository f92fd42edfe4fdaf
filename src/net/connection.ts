/**
 * One connection, from the accepted socket to its end, in stages: learn where the client wants to go, dial, and then
 * either shake hands with both sides and relay, or pass octets through. Each stage either hands over to the next or ends
 * the connection, and whatever happens concerns this connection alone.
 */
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import { type Arrived, arrive, type Turned } from "./arrival.ts";
import { createClientLeg } from "./client-leg.ts";
import { type Cost, createCostMeter } from "./cost.ts";
import type { ListenerEndpoint } from "./endpoint.ts";
import { createInflatingTap } from "./inflating-tap.ts";
import { intercept } from "./intercept.ts";
import { codeOf, type LegSocket, reset, tuneSocket } from "./leg-socket.ts";
import { plainText } from "./notice.ts";
import { createCountingTap } from "./pass-through.ts";
import { createPatientTap } from "./patient-tap.ts";
import { proxyHeader } from "./proxy-header.ts";
import { endInOrder, sayBye } from "./refusal.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Ending } from "./relay-options.ts";
import { type Intercept, noUpstream, type PassThrough } from "./routes.ts";
import { createTelling, type Ended, type Stage, type StageRelayOptions } from "./stage.ts";
import { Stopper } from "./stop-signal.ts";
import type { Surroundings } from "./surroundings.ts";
import { createTap } from "./tap.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

export interface Connection {
  readonly id: ConnectionId;
  readonly cost: () => Cost;
  /** Settles when both legs are closed and all facts are told. Never rejects. */
  readonly done: Promise<void>;
  /** Ends the connection in order, at the latest after the grace. */
  readonly stop: (reason: string) => void;
}

/** Takes over an accepted socket. */
export function openConnection(
  raw: Socket,
  at: { readonly id: ConnectionId; readonly listener: ListenerEndpoint },
  shared: Surroundings,
): Connection {
  const { id, listener } = at;
  const { clock, graceMs, routes, handshakeTimeoutMs: timeoutMs } = shared;
  const inflating = createInflatingTap(createTap({ ...shared, connection: id }), {
    connection: id,
    onNotice: shared.onNotice,
  });
  const tap = createPatientTap(inflating, shared.rest);
  const telling = createTelling({ raw, listener, tap }, id, shared);
  const cost = createCostMeter();
  const dialling = new Stopper();
  const accepted: LegSocket = { stream: raw, raw };
  let relay: Relay | undefined;
  let stopReason: string | undefined;
  /** From then on the end is a matter of the grace. */
  let ending = false;

  const clientLeg = createClientLeg(
    raw,
    { id, listener, tap, isStopped: () => stopReason !== undefined, onLeft: () => dialling.abort() },
    shared,
  );
  const stage: Stage = {
    raw,
    accepted,
    listener,
    tap,
    clientLeg,
    telling,
    shared,
    signal: dialling,
    stopReason: () => stopReason,
    relay: relayUntilEnd,
    refuse,
  };

  async function run(): Promise<Ending | Ended> {
    const arrival = await arrive(raw, listener.scheme, { routes, timeoutMs });
    if (arrival.kind !== "arrived") return dismiss(arrival);
    const { way, answer, refine, beginsWithTls } = arrival;
    if (way.kind === "refuse") {
      telling.open(way);
      return refuse(noUpstream(way), await beginsWithTls());
    }
    if (refine === undefined) telling.open(way);
    // A plain client may end its half and still read; with TLS there is nothing more to come of it.
    if (listener.scheme === "imaps" && way.kind === "intercept") clientLeg.watch();
    const dialler = diallerFor(way);
    const reached = await dialler.connect(dialling, prefaceOf(way));
    if (dialling.aborted || raw.destroyed)
      return leave(way, reached.kind === "connected" ? reached : undefined);
    if (reached.kind === "failed") {
      telling.open(way);
      if (answer !== undefined || way.kind === "passThrough") return giveUp(reached.failure, answer);
      return refuse(reached.failure, await beginsWithTls());
    }
    answer?.(undefined);
    const refined = refine === undefined || way.kind !== "intercept" ? way : await refine(way);
    telling.open(refined);
    if (refined.kind === "passThrough") return passThrough(reached);
    return intercept(stage, reached, refined, beginsWithTls);
  }

  function diallerFor(way: Intercept | PassThrough): Dialler {
    if (way.kind === "passThrough") return shared.diallers({ scheme: "imap", ...way.to });
    return shared.diallers(way.upstream, way.connect);
  }

  /** Who the client is, for an upstream that expects to be told. */
  function prefaceOf(way: Intercept | PassThrough): Uint8Array | undefined {
    const version = shared.proxyProtocol;
    // What is passed through goes to servers of all kinds, which expect nothing of the sort.
    if (version === undefined || way.kind === "passThrough") return undefined;
    return proxyHeader(version, {
      source: { host: raw.remoteAddress ?? "", port: raw.remotePort ?? 0 },
      destination: { host: raw.localAddress ?? "", port: raw.localPort ?? 0 },
    });
  }

  /** The client is gone, or never was one. */
  async function dismiss({ kind, why }: Turned): Promise<Ended> {
    telling.open(undefined);
    if (kind === "silent") clientLeg.tellSilence(why);
    else if (why !== undefined && stopReason === undefined) telling.hint({ level: "warning", text: why });
    ending = true;
    await endInOrder(accepted, graceMs);
    return endedBy({ by: kind === "left" ? "client" : "imapscope", reason: TURNED[kind] });
  }

  function leave(way: Intercept | PassThrough, server: ServerLeg | undefined): Ended {
    telling.open(way);
    if (server !== undefined) reset(server);
    raw.destroy();
    return endedBy({ by: "client", reason: "left while the upstream was dialled" });
  }

  function endedBy(otherwise: Ended): Ended {
    return stopReason === undefined ? otherwise : { by: "imapscope", reason: stopReason };
  }

  /** The upstream cannot be had, and the client does not speak IMAP, or waits for another answer first. */
  async function giveUp(failure: UpstreamFailure, answer: Arrived["answer"]): Promise<Ended> {
    tap.error("server", failure.code, failure.sentence);
    const reason = telling.failure(failure);
    answer?.(failure.code);
    ending = true;
    await endInOrder(accepted, graceMs);
    return { by: "imapscope", reason };
  }

  async function refuse(failure: UpstreamFailure, clientTls: boolean): Promise<Ended> {
    tap.error("server", failure.code, failure.sentence);
    const reason = telling.failure(failure);
    const client = clientTls ? await clientLeg.secure(undefined) : accepted;
    ending = true;
    if (client !== undefined) await sayBye(client, reason, { tap, clock, graceMs });
    return { by: "imapscope", reason };
  }

  async function passThrough(server: ServerLeg): Promise<Ended> {
    const ended = await relayUntilEnd({
      client: accepted,
      server,
      tap: createCountingTap(tap, id),
      speaks: false,
      startTls: undefined,
      onSilentServer: (code) => code,
    });
    const { client: up, server: down } = ended.octets;
    return {
      by: ended.by,
      reason: `${ended.reason}; passed through, ${up} octets of the client, ${down} of the server`,
    };
  }

  function relayUntilEnd(options: StageRelayOptions): Promise<Ending> {
    const { client, server, greeting, speaks, startTls, onSilentServer } = options;
    const meters = [cost, shared.totalCost];
    // Named one by one: what a spread makes gets a shape of its own from V8, for each connection.
    relay = startRelay({
      client,
      server,
      greeting,
      speaks,
      startTls,
      onSilentServer,
      tap: options.tap,
      clock,
      graceMs,
      cost: meters,
      hold: shared.hold ?? neverHolds,
    });
    return relay.ended;
  }

  function stop(reason: string): void {
    stopReason ??= reason;
    dialling.abort();
    if (relay !== undefined) relay.stop(reason);
    else if (!ending) raw.destroy();
  }

  // Before any stage has a listener of its own: an early reset ends the dialling, too.
  raw.on("error", (error) => {
    telling.open(undefined);
    if (relay === undefined) tap.error("client", codeOf(error), error.message);
    dialling.abort();
  });
  tuneSocket(raw);
  const done = run()
    .catch((error: unknown): Ended => {
      raw.destroy();
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const text = `imapscope failed on this connection and closed it (${plainText(what)}). Please report this.`;
      telling.hint({ level: "error", text });
      return { by: "imapscope", reason: "internal error" };
    })
    .then(({ by, reason }) => {
      telling.open(undefined);
      tap.close(by, reason);
      return inflating.drained();
    });
  return { id, cost: () => cost.read(), done, stop };
}

const neverHolds = (): undefined => undefined;

/** Why a client that has not said where it wants to go was let go. */
const TURNED = {
  silent: "the client said nothing",
  left: "left before it had said where it wants to go",
  stranger: "the client asks for what a SOCKS5 listener does not do",
} as const satisfies Record<Turned["kind"], string>;
