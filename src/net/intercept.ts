/**
 * The stages of a connection that is intercepted, once its upstream was reached: TLS with the server, TLS with the client,
 * relay; where STARTTLS comes, shake hands and relay on.
 */
import { type Endpoint, isLoopback } from "./endpoint.ts";
import {
  clearUpstreamHint,
  endingHint,
  injectionHint,
  lateTlsHint,
  silenceHint,
  slowTlsHint,
} from "./hints.ts";
import { watchLeaving } from "./leaving.ts";
import { endWithin, type LegSocket, reset } from "./leg-socket.ts";
import type { Ending, Upgraded } from "./relay-options.ts";
import type { Intercept } from "./routes.ts";
import { beginTls, secureServer } from "./server-leg.ts";
import { watchSilence, watchWaiting } from "./silence.ts";
import type { Ended, Stage } from "./stage.ts";
import { beginsTls } from "./starttls-gate.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/** @param beginsWithTls whether the client speaks TLS at once */
export function intercept(
  stage: Stage,
  reached: ServerLeg,
  { upstream, connect }: Intercept,
  beginsWithTls: () => boolean | Promise<boolean>,
): Promise<Ending | Ended> {
  const dialler = stage.shared.diallers(upstream, connect);
  return new Interception(stage, upstream, dialler).run(reached, beginsWithTls);
}

class Interception {
  private readonly stage: Stage;
  private readonly upstream: Endpoint;
  private readonly dialler: Dialler;
  private isSilenceTold = false;

  constructor(stage: Stage, upstream: Endpoint, dialler: Dialler) {
    this.stage = stage;
    this.upstream = upstream;
    this.dialler = dialler;
  }

  async run(reached: ServerLeg, beginsWithTls: () => boolean | Promise<boolean>): Promise<Ending | Ended> {
    const { stage, dialler } = this;
    const { raw, tap, clientLeg, telling, shared, signal } = stage;
    const completing = this.inTime(dialler.complete(reached, signal, clientLeg.protocols()));
    const [completed, clientTls] = await Promise.all([completing, this.watchingForTls(beginsWithTls)]);
    if (signal.aborted || raw.destroyed)
      return this.leave(completed.kind === "connected" ? completed : reached);
    if (completed.kind === "failed") return stage.refuse(completed.failure, clientTls);
    let server = completed;
    let greeting: Uint8Array | undefined;
    let plainBecause: string | undefined;
    let beforeClient: ((isShaken: boolean) => void) | undefined;
    if (clientTls && server.tls === undefined) {
      const timeoutMs = shared.handshakeTimeoutMs;
      const protocols = () => clientLeg.protocols();
      const secured = await this.inTime(
        secureServer(server, { ...shared, dialler, tap, timeoutMs, signal, protocols }),
      );
      if (secured.kind === "failed")
        return signal.aborted ? this.leave(server) : stage.refuse(secured.failure, true);
      if (secured.injectedOctets > 0) telling.hint(injectionHint(secured.injectedOctets));
      ({ server, plainBecause } = secured);
      const tlsBegan = telling.tlsEvent(server);
      // A client whose handshake fails was never greeted.
      beforeClient = (isShaken) => {
        greeting = secured.tell(isShaken);
        if (tlsBegan !== undefined) tap.take(tlsBegan);
      };
      if (signal.aborted) {
        beforeClient(false);
        return this.leave(server);
      }
    } else {
      telling.tls(server);
    }
    const client = clientTls ? await clientLeg.secure(server.tls?.certificate, beforeClient) : stage.accepted;
    if (client === undefined || stage.stopReason() !== undefined) return this.endUnshaken(server);
    if (plainBecause !== undefined) this.tellClear(plainBecause, reached);
    return this.relay(client, server, greeting);
  }

  /** A stage of its own: what came before it need not be kept for as long as a connection lives. */
  private async relay(
    client: LegSocket,
    server: ServerLeg,
    greeting: Uint8Array | undefined,
  ): Promise<Ending> {
    const { stage, dialler, upstream } = this;
    const { raw, tap, telling, shared, listener } = stage;
    const { stream } = client;
    const clientTls = client !== stage.accepted;
    const leftAtOnce = "getProtocol" in stream ? watchLeaving(stream, shared.clock) : () => false;
    const relayed = stage.relay({
      client,
      server,
      greeting,
      tap,
      speaks: true,
      startTls: clientTls
        ? undefined
        : {
            answersItself: server.tls !== undefined,
            offers: shared.offerStartTls,
            upgrade: (early) => this.upgrade(server, early),
          },
      onSilentServer: (code) => telling.failure(upstreamFailure(code, dialler.target)),
    });
    if (!clientTls) {
      raw.once("data", (bytes: Uint8Array) => {
        if (beginsTls(bytes)) telling.hint(lateTlsHint(listener));
      });
    }
    const { silenceMs } = shared;
    if (greeting === undefined && !this.isSilenceTold)
      watchSilence(server, silenceMs, () => telling.hint(silenceHint(upstream, silenceMs)));
    const ending = await relayed;
    const facts = {
      ...{ ...shared, target: dialler.target, listener },
      ...{ leftAtOnce: leftAtOnce(), clientOctets: raw.bytesRead },
    };
    const said = endingHint(ending, facts);
    if (said !== undefined) telling.hint(said);
    return ending;
  }

  /** Once for each upstream, and again where the reason is another one. */
  private tellClear(code: string, { raw }: ServerLeg): void {
    const { dialler } = this;
    const { shared, telling } = this.stage;
    if (shared.clearTold.get(dialler) === code) return;
    shared.clearTold.set(dialler, code);
    telling.hint(clearUpstreamHint(code, dialler.target.at, isLoopback(raw.remoteAddress ?? "")));
  }

  /** The server's TLS, of which is told where it takes long. */
  private inTime<T>(beginning: Promise<T>): Promise<T> {
    const { stage, upstream } = this;
    const { silenceMs } = stage.shared;
    return watchWaiting(beginning, silenceMs, () => {
      if (this.isSilenceTold || stage.stopReason() !== undefined) return;
      this.isSilenceTold = true;
      stage.telling.hint(slowTlsHint(upstream, silenceMs));
    });
  }

  private async watchingForTls(beginsWithTls: () => boolean | Promise<boolean>): Promise<boolean> {
    const begins = await beginsWithTls();
    if (begins) this.stage.clientLeg.watch();
    return begins;
  }

  private leave(server: ServerLeg): Ended {
    reset(server);
    this.stage.raw.destroy();
    return this.endedBy("left while the upstream was dialled");
  }

  private endUnshaken(server: ServerLeg): Ended {
    const { raw, shared } = this.stage;
    endWithin(server, shared.graceMs);
    raw.destroy();
    return this.endedBy(
      raw.bytesRead === 0 ? "said nothing, although it was to begin TLS" : "TLS handshake failed",
    );
  }

  private endedBy(reason: string): Ended {
    const stopped = this.stage.stopReason();
    return stopped === undefined ? { by: "client", reason } : { by: "imapscope", reason: stopped };
  }

  /** STARTTLS was accepted: first the server's leg gets TLS, so that the client's gets a leaf with its names. */
  private async upgrade(plain: ServerLeg, early: Uint8Array): Promise<Upgraded> {
    const { stage, dialler } = this;
    const { raw, tap, clientLeg, telling, signal } = stage;
    if (plain.tls === undefined) tap.startTls("server");
    tap.startTls("client");
    if (early.length > 0 && !raw.readableEnded) raw.unshift(early);
    clientLeg.watch(early.length);
    const server = plain.tls === undefined ? await this.inTime(beginTls(plain, dialler, signal)) : plain;
    if (signal.aborted) return { kind: "ended", ending: this.leave(plain) };
    // The answer to STARTTLS must have gone out before TLS takes over the socket.
    if (raw.writableLength > 0) await new Promise((resolve) => raw.write("", resolve));
    if (server.kind === "failed") {
      if (server.clearOctets !== undefined) tap.dropped("server", server.clearOctets);
      return { kind: "ended", ending: await stage.refuse(server.failure, true) };
    }
    if (plain.tls === undefined) telling.tls(server);
    const client = await clientLeg.secure(server.tls?.certificate);
    if (client !== undefined && stage.stopReason() === undefined) return { kind: "upgraded", client, server };
    return { kind: "ended", ending: this.endUnshaken(server) };
  }
}
