/**
 * One connection, from the accepted socket to its end, in stages: learn where the client wants to go, dial, and then
 * either shake hands with both sides and relay, or pass octets through. Each stage either hands over to the next or ends
 * the connection, and whatever happens concerns this connection alone.
 */
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import { type Arrived, arrive, type Turned } from "./arrival.ts";
import { type ClientLeg, type ClientLegOwner, createClientLeg } from "./client-leg.ts";
import { type Cost, createCostMeter } from "./cost.ts";
import type { ListenerEndpoint } from "./endpoint.ts";
import { failureHint } from "./hints.ts";
import { createInflatingTap, type InflatingTap } from "./inflating-tap.ts";
import { intercept } from "./intercept.ts";
import { codeOf, type LegSocket, reset, tuneSocket } from "./leg-socket.ts";
import { createCountingTap } from "./pass-through.ts";
import { createPatientTap } from "./patient-tap.ts";
import { proxiedBy, proxyHeader } from "./proxy-header.ts";
import { endInOrder, sayBye } from "./refusal.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Ending } from "./relay-options.ts";
import { type Intercept, noUpstream, type PassThrough } from "./routes.ts";
import { createTelling, type Ended, type Stage, type StageRelayOptions, type Telling } from "./stage.ts";
import { Stopper } from "./stop-signal.ts";
import type { Surroundings } from "./surroundings.ts";
import { createTap, type RelayTap } from "./tap.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

/** What is known of a socket that was accepted. */
type Accepted = Pick<ClientLegOwner, "id" | "listener">;

export interface Connection {
  readonly id: ConnectionId;
  cost(): Cost;
  /** Settles when both legs are closed and all facts are told. Never rejects. */
  readonly done: Promise<void>;
  /** Ends the connection in order, at the latest after the grace. */
  stop(reason: string): void;
}

/** Takes over an accepted socket. */
export function openConnection(raw: Socket, at: Accepted, shared: Surroundings): Connection {
  return new AcceptedConnection(raw, at, shared);
}

/** A class, and so are its parts, rather than functions with closures: thousands of connections may be idle. */
class AcceptedConnection implements Connection, Stage, ClientLegOwner {
  readonly id: ConnectionId;
  readonly raw: Socket;
  readonly listener: ListenerEndpoint;
  readonly shared: Surroundings;
  readonly accepted: LegSocket;
  readonly tap: RelayTap;
  readonly telling: Telling;
  readonly clientLeg: ClientLeg;
  readonly signal = new Stopper();
  readonly done: Promise<void>;
  private readonly inflating: InflatingTap;
  private readonly meter = createCostMeter();
  private relaying: Relay | undefined = undefined;
  private stopped: string | undefined = undefined;
  /** From then on the end is a matter of the grace. */
  private ending = false;

  constructor(raw: Socket, { id, listener }: Accepted, shared: Surroundings) {
    this.id = id;
    this.raw = raw;
    this.listener = listener;
    this.shared = shared;
    this.accepted = { stream: raw, raw };
    const { clock, createIntake, onNotice } = shared;
    const tap = createTap({ connection: id, clock, createIntake, onNotice });
    this.inflating = createInflatingTap(tap, { connection: id, onNotice });
    this.tap = createPatientTap(this.inflating, shared.rest);
    this.telling = createTelling(this);
    this.clientLeg = createClientLeg(this);
    // Before any stage has a listener of its own: an early reset ends the dialling, too.
    raw.on("error", (error) => this.failed(error));
    tuneSocket(raw);
    this.done = this.run().then(
      (ended) => this.close(ended),
      (error: unknown) => this.close(this.broken(error)),
    );
  }

  cost(): Cost {
    return this.meter.read();
  }

  stopReason(): string | undefined {
    return this.stopped;
  }

  onLeft(): void {
    this.signal.abort();
  }

  stop(reason: string): void {
    this.stopped ??= reason;
    this.signal.abort();
    if (this.relaying !== undefined) this.relaying.stop(reason);
    else if (!this.ending) this.raw.destroy();
  }

  private async run(): Promise<Ending | Ended> {
    const { raw, listener, telling, signal } = this;
    const { routes, handshakeTimeoutMs: timeoutMs } = this.shared;
    const arrival = await arrive(raw, listener.scheme, { routes, timeoutMs });
    if (arrival.kind !== "arrived") return this.dismiss(arrival);
    const { way, answer, refine, beginsWithTls } = arrival;
    if (way.kind === "refuse") {
      telling.open(way);
      return this.refuse(noUpstream(way), await beginsWithTls());
    }
    if (refine === undefined) telling.open(way);
    // A plain client may end its half and still read; with TLS there is nothing more to come of it.
    if (listener.scheme === "imaps" && way.kind === "intercept") this.clientLeg.watch();
    const reached = await this.diallerFor(way).connect(signal, this.prefaceOf(way));
    if (signal.aborted || raw.destroyed)
      return this.leave(way, reached.kind === "connected" ? reached : undefined);
    if (reached.kind === "failed") {
      telling.open(way);
      if (answer !== undefined || way.kind === "passThrough") return this.giveUp(reached.failure, answer);
      return this.refuse(reached.failure, await beginsWithTls());
    }
    answer?.(undefined);
    const refined = refine === undefined || way.kind !== "intercept" ? way : await refine(way);
    telling.open(refined);
    if (refined.kind === "passThrough") return this.passThrough(reached);
    return intercept(this, reached, refined, beginsWithTls);
  }

  private diallerFor(way: Intercept | PassThrough): Dialler {
    const { diallers } = this.shared;
    if (way.kind === "passThrough") return diallers({ scheme: "imap", ...way.to });
    return diallers(way.upstream, way.connect);
  }

  /** Who the client is, for an upstream that expects to be told. */
  private prefaceOf(way: Intercept | PassThrough): Uint8Array | undefined {
    const version = this.shared.proxyProtocol;
    // What is passed through goes to servers of all kinds, which expect nothing of the sort.
    if (version === undefined || way.kind === "passThrough") return undefined;
    return proxyHeader(version, proxiedBy(this.raw));
  }

  /** The client is gone, or never was one. */
  private async dismiss({ kind, why }: Turned): Promise<Ended> {
    this.telling.open(undefined);
    if (kind === "silent") this.clientLeg.tellSilence(why);
    else if (why !== undefined && this.stopped === undefined)
      this.telling.hint({ level: "warning", text: why });
    this.ending = true;
    await endInOrder(this.accepted, this.shared.graceMs);
    return this.endedBy({ by: kind === "left" ? "client" : "imapscope", reason: TURNED[kind] });
  }

  private leave(way: Intercept | PassThrough, server: ServerLeg | undefined): Ended {
    this.telling.open(way);
    if (server !== undefined) reset(server);
    this.raw.destroy();
    return this.endedBy({ by: "client", reason: "left while the upstream was dialled" });
  }

  private endedBy(otherwise: Ended): Ended {
    return this.stopped === undefined ? otherwise : { by: "imapscope", reason: this.stopped };
  }

  /** The upstream cannot be had, and the client does not speak IMAP, or waits for another answer first. */
  private async giveUp(failure: UpstreamFailure, answer: Arrived["answer"]): Promise<Ended> {
    this.tap.error("server", failure.code, failure.sentence);
    const reason = this.telling.failure(failure);
    answer?.(failure.code);
    this.ending = true;
    await endInOrder(this.accepted, this.shared.graceMs);
    return { by: "imapscope", reason };
  }

  async refuse(failure: UpstreamFailure, clientTls: boolean): Promise<Ended> {
    const { tap, shared } = this;
    tap.error("server", failure.code, failure.sentence);
    const reason = this.telling.failure(failure);
    const client = clientTls ? await this.clientLeg.secure(undefined) : this.accepted;
    this.ending = true;
    if (client !== undefined) await sayBye(client, reason, { ...shared, tap });
    return { by: "imapscope", reason };
  }

  private async passThrough(server: ServerLeg): Promise<Ended> {
    const ended = await this.relay({
      client: this.accepted,
      server,
      tap: createCountingTap(this.tap, this.id),
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

  relay(options: StageRelayOptions): Promise<Ending> {
    const { client, server, greeting, speaks, startTls, onSilentServer } = options;
    const { clock, graceMs, totalCost, hold } = this.shared;
    // Named one by one: what a spread makes gets a shape of its own from V8, for each connection.
    this.relaying = startRelay({
      client,
      server,
      greeting,
      speaks,
      startTls,
      onSilentServer,
      tap: options.tap,
      clock,
      graceMs,
      cost: [this.meter, totalCost],
      hold,
    });
    return this.relaying.ended;
  }

  private failed(error: Error): void {
    this.telling.open(undefined);
    if (this.relaying === undefined) this.tap.error("client", codeOf(error), error.message);
    this.signal.abort();
  }

  private broken(error: unknown): Ended {
    this.raw.destroy();
    this.telling.hint(failureHint(error));
    return { by: "imapscope", reason: "internal error" };
  }

  private close({ by, reason }: Ended): Promise<void> {
    this.telling.open(undefined);
    this.tap.close(by, reason);
    return this.inflating.drained();
  }
}

/** Why a client that has not said where it wants to go was let go. */
const TURNED = {
  silent: "the client said nothing",
  left: "left before it had said where it wants to go",
  stranger: "the client asks for what a SOCKS5 listener does not do",
} as const satisfies Record<Turned["kind"], string>;
