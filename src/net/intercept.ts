/**
 * The stages of a connection that is intercepted, once its upstream was reached: TLS with the server, TLS with the client,
 * relay; where STARTTLS comes, shake hands and relay on.
 */
import { isLoopback } from "./endpoint.ts";
import {
  clearUpstreamHint,
  endingHint,
  injectionHint,
  lateTlsHint,
  silenceHint,
  slowTlsHint,
} from "./hints.ts";
import { watchLeaving } from "./leaving.ts";
import { endWithin, reset } from "./leg-socket.ts";
import type { Ending, Upgraded } from "./relay-options.ts";
import type { Intercept } from "./routes.ts";
import { beginTls, secureServer } from "./server-leg.ts";
import { watchSilence, watchWaiting } from "./silence.ts";
import type { Ended, Stage } from "./stage.ts";
import { beginsTls } from "./starttls-gate.ts";
import type { ServerLeg } from "./upstream.ts";
import { upstreamFailure } from "./upstream-failure.ts";

/** @param beginsWithTls whether the client speaks TLS at once */
export async function intercept(
  stage: Stage,
  reached: ServerLeg,
  { upstream, connect }: Intercept,
  beginsWithTls: () => boolean | Promise<boolean>,
): Promise<Ending | Ended> {
  const dialler = stage.shared.diallers(upstream, connect);
  const { raw, tap, clientLeg, telling, shared, signal, stopReason } = stage;
  let isSilenceTold = false;

  async function run(): Promise<Ending | Ended> {
    const completing = inTime(dialler.complete(reached, signal, clientLeg.protocols()));
    const [completed, clientTls] = await Promise.all([completing, watchingForTls()]);
    if (signal.aborted || raw.destroyed) return leave(completed.kind === "connected" ? completed : reached);
    if (completed.kind === "failed") return stage.refuse(completed.failure, clientTls);
    let server = completed;
    let greeting: Uint8Array | undefined;
    let plainBecause: string | undefined;
    let beforeClient: ((isShaken: boolean) => void) | undefined;
    if (clientTls && server.tls === undefined) {
      const timeoutMs = shared.handshakeTimeoutMs;
      const { protocols } = clientLeg;
      const secured = await inTime(
        secureServer(server, { ...shared, dialler, tap, timeoutMs, signal, protocols }),
      );
      if (secured.kind === "failed")
        return signal.aborted ? leave(server) : stage.refuse(secured.failure, true);
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
        return leave(server);
      }
    } else {
      telling.tls(server);
    }
    const client = clientTls ? await clientLeg.secure(server.tls?.certificate, beforeClient) : stage.accepted;
    if (client === undefined || stopReason() !== undefined) return endUnshaken(server);
    if (plainBecause !== undefined) tellClear(plainBecause);
    const { stream } = client;
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
            upgrade: (early) => upgrade(server, early),
          },
      onSilentServer: (code) => telling.failure(upstreamFailure(code, dialler.target)),
    });
    if (!clientTls) {
      raw.once("data", (bytes: Uint8Array) => {
        if (beginsTls(bytes)) telling.hint(lateTlsHint(stage.listener));
      });
    }
    const { silenceMs } = shared;
    if (greeting === undefined && !isSilenceTold)
      watchSilence(server, silenceMs, () => telling.hint(silenceHint(upstream, silenceMs)));
    const ending = await relayed;
    const { listener } = stage;
    const facts = {
      ...{ ...shared, ...dialler, listener },
      ...{ leftAtOnce: leftAtOnce(), clientOctets: raw.bytesRead },
    };
    const said = endingHint(ending, facts);
    if (said !== undefined) telling.hint(said);
    return ending;
  }

  /** Once for each upstream, and again where the reason is another one. */
  function tellClear(code: string): void {
    if (shared.clearTold.get(dialler) === code) return;
    shared.clearTold.set(dialler, code);
    telling.hint(clearUpstreamHint(code, dialler.target.at, isLoopback(reached.raw.remoteAddress ?? "")));
  }

  /** The server's TLS, of which is told where it takes long. */
  function inTime<T>(beginning: Promise<T>): Promise<T> {
    const { silenceMs } = shared;
    return watchWaiting(beginning, silenceMs, () => {
      if (isSilenceTold || stopReason() !== undefined) return;
      isSilenceTold = true;
      telling.hint(slowTlsHint(upstream, silenceMs));
    });
  }

  async function watchingForTls(): Promise<boolean> {
    const begins = await beginsWithTls();
    if (begins) clientLeg.watch();
    return begins;
  }

  function leave(server: ServerLeg): Ended {
    reset(server);
    raw.destroy();
    return endedBy("left while the upstream was dialled");
  }

  function endUnshaken(server: ServerLeg): Ended {
    endWithin(server, shared.graceMs);
    raw.destroy();
    return endedBy(
      raw.bytesRead === 0 ? "said nothing, although it was to begin TLS" : "TLS handshake failed",
    );
  }

  function endedBy(reason: string): Ended {
    const stopped = stopReason();
    return stopped === undefined ? { by: "client", reason } : { by: "imapscope", reason: stopped };
  }

  /** STARTTLS was accepted: first the server's leg gets TLS, so that the client's gets a leaf with its names. */
  async function upgrade(plain: ServerLeg, early: Uint8Array): Promise<Upgraded> {
    if (plain.tls === undefined) tap.startTls("server");
    tap.startTls("client");
    if (early.length > 0 && !raw.readableEnded) raw.unshift(early);
    clientLeg.watch(early.length);
    const server = plain.tls === undefined ? await inTime(beginTls(plain, dialler, signal)) : plain;
    if (signal.aborted) return { kind: "ended", ending: leave(plain) };
    // The answer to STARTTLS must have gone out before TLS takes over the socket.
    if (raw.writableLength > 0) await new Promise((resolve) => raw.write("", resolve));
    if (server.kind === "failed") {
      if (server.clearOctets !== undefined) tap.dropped("server", server.clearOctets);
      return { kind: "ended", ending: await stage.refuse(server.failure, true) };
    }
    if (plain.tls === undefined) telling.tls(server);
    const client = await clientLeg.secure(server.tls?.certificate);
    if (client !== undefined && stopReason() === undefined) return { kind: "upgraded", client, server };
    return { kind: "ended", ending: endUnshaken(server) };
  }

  return run();
}
