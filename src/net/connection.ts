/**
 * One connection, from the accepted socket to its end, in stages: dial the upstream, shake hands with the client, relay;
 * where STARTTLS comes, shake hands and relay on. Each stage either hands over to the next or ends the connection, and whatever happens concerns this connection alone.
 */
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import { createClientLeg } from "./client-leg.ts";
import { opensWithTls } from "./client-opening.ts";
import { type Cost, createCostMeter } from "./cost.ts";
import { type Endpoint, formatEndpoint, formatHostPort, plainAddress } from "./endpoint.ts";
import { capitalised, endingHint, type Hint, injectionHint, lateTlsHint, silenceHint } from "./hints.ts";
import { createInflatingTap } from "./inflating-tap.ts";
import { codeOf, endWithin, type LegSocket, reset, tuneSocket } from "./leg-socket.ts";
import { type Notice, plainText } from "./notice.ts";
import { sayBye } from "./refusal.ts";
import { type Relay, startRelay } from "./relay.ts";
import type { Ending, Upgraded } from "./relay-options.ts";
import { beginTls, secureServer } from "./server-leg.ts";
import { watchSilence } from "./silence.ts";
import { beginsTls } from "./starttls-gate.ts";
import type { Surroundings } from "./surroundings.ts";
import { createTap } from "./tap.ts";
import { tlsEvent } from "./tls-facts.ts";
import type { ServerLeg } from "./upstream.ts";
import { type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";

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
  at: { readonly id: ConnectionId; readonly listener: Endpoint },
  shared: Surroundings,
): Connection {
  const { id, listener } = at;
  const { clock, dialler, graceMs } = shared;
  const tap = createInflatingTap(createTap({ ...shared, connection: id }), { ...shared, connection: id });
  const cost = createCostMeter();
  const dialling = new AbortController();
  const accepted: LegSocket = { stream: raw, raw };
  let relay: Relay | undefined;
  let stopReason: string | undefined;
  /** From then on the end is a matter of the grace. */
  let sayingBye = false;

  const clientLeg = createClientLeg(
    raw,
    { id, listener, tap, isStopped: () => stopReason !== undefined },
    shared,
  );
  const notice = (level: Notice["level"], text: string) => shared.onNotice({ level, text, connection: id });

  async function run(): Promise<Ending | Omit<Ending, "octets">> {
    const [dialled, clientTls] = await Promise.all([
      dialler.dial(dialling.signal),
      listener.scheme === "imaps" || opensWithTls(raw),
    ]);
    if (dialling.signal.aborted || raw.destroyed) {
      if (dialled.kind === "connected") reset(dialled);
      raw.destroy();
      return stopReason === undefined
        ? { by: "client", reason: "left while the upstream was dialled" }
        : { by: "imapscope", reason: stopReason };
    }
    if (dialled.kind === "failed") return refuse(dialled.failure, clientTls);
    let server = dialled;
    let greeting: Uint8Array | undefined;
    if (clientTls && server.tls === undefined) {
      const { handshakeTimeoutMs: timeoutMs } = shared;
      const secured = await secureServer(server, { ...shared, tap, timeoutMs, signal: dialling.signal });
      if (secured.kind === "failed") return refuse(secured.failure, true);
      ({ server, greeting } = secured);
      if (secured.injectedOctets > 0) hint(injectionHint(secured.injectedOctets));
    }
    tellTls(server);
    const client = clientTls ? await clientLeg.secure(server.tls?.certificate) : accepted;
    if (client === undefined || stopReason !== undefined) {
      endWithin(server, graceMs);
      raw.destroy();
      return stopReason === undefined
        ? { by: "client", reason: "TLS handshake failed" }
        : { by: "imapscope", reason: stopReason };
    }
    relay = startRelay({
      client,
      server,
      greeting,
      tap,
      clock,
      cost: [cost, shared.totalCost],
      startTls: clientTls
        ? undefined
        : {
            answersItself: server.tls !== undefined,
            offers: shared.offerStartTls,
            upgrade: (early) => upgrade(server, early),
          },
      graceMs,
      hold: shared.hold ?? (() => undefined),
      onSilentServer: (code) => tellFailure(upstreamFailure(code, dialler.target)),
    });
    if (!clientTls) {
      raw.once("data", (bytes: Uint8Array) => {
        if (beginsTls(bytes)) hint(lateTlsHint(listener));
      });
    }
    if (greeting === undefined) {
      watchSilence(server, shared.silenceMs, () => hint(silenceHint(shared.upstream, shared.silenceMs)));
    }
    const ending = await relay.ended;
    const said = endingHint(ending, {
      ...shared,
      ...dialler,
      listener,
      clientTls,
      clientOctets: raw.bytesRead,
    });
    if (said !== undefined) hint(said);
    return ending;
  }

  /** STARTTLS was accepted: first the server's leg gets TLS, so that the client's gets a leaf with its names. */
  async function upgrade(plain: ServerLeg, early: Uint8Array): Promise<Upgraded> {
    if (plain.tls === undefined) tap.startTls("server");
    tap.startTls("client");
    if (early.length > 0 && !raw.readableEnded) raw.unshift(early);
    const server = plain.tls === undefined ? await beginTls(plain, dialler) : plain;
    // The answer to STARTTLS must have gone out before TLS takes over the socket.
    if (raw.writableLength > 0) await new Promise((resolve) => raw.write("", resolve));
    if (server.kind === "failed") return { kind: "ended", ending: await refuse(server.failure, true) };
    if (plain.tls === undefined) tellTls(server);
    const client = await clientLeg.secure(server.tls?.certificate);
    if (client !== undefined && stopReason === undefined) return { kind: "upgraded", client, server };
    endWithin(server, graceMs);
    raw.destroy();
    return { kind: "ended", ending: { by: "client", reason: "TLS handshake failed" } };
  }

  function tellTls({ tls }: ServerLeg): void {
    if (tls === undefined) return;
    tap.take(tlsEvent(tls.socket, { connection: id, atMicros: clock.micros(), leg: "server" }, tls));
  }

  /** Tells user and capture of an upstream that cannot be had; returns what the client is told. */
  function tellFailure(failure: UpstreamFailure): string {
    notice("error", `${capitalised(failure.sentence)}. ${failure.hint}`);
    return failure.sentence;
  }

  /** The upstream cannot be had: the client gets its handshake all the same, and then the reason. */
  async function refuse(failure: UpstreamFailure, clientTls: boolean): Promise<Omit<Ending, "octets">> {
    tap.error("server", failure.code, failure.sentence);
    const reason = tellFailure(failure);
    const client = clientTls ? await clientLeg.secure(undefined) : accepted;
    sayingBye = true;
    if (client !== undefined) await sayBye(client, reason, { tap, clock, graceMs });
    return { by: "imapscope", reason };
  }

  function hint({ level, text }: Hint): void {
    notice(level, text);
  }

  function stop(reason: string): void {
    stopReason ??= reason;
    dialling.abort();
    if (relay !== undefined) relay.stop(reason);
    else if (!sayingBye) raw.destroy();
  }

  // Before any stage has a listener of its own: an early reset ends the dialling, too.
  raw.on("error", (error) => {
    if (relay === undefined) tap.error("client", codeOf(error), error.message);
    dialling.abort();
  });
  // A plain client may end its half and still read; with TLS there is nothing more to come of it.
  if (listener.scheme === "imaps") raw.once("end", () => dialling.abort());
  tuneSocket(raw);
  tap.take({
    kind: "open",
    connection: id,
    atMicros: clock.micros(),
    client: formatHostPort(plainAddress(raw.remoteAddress), raw.remotePort ?? 0),
    listener: formatEndpoint(listener),
    upstream: formatEndpoint(shared.upstream),
    midway: false,
  });
  const done = run()
    .catch((error: unknown) => {
      raw.destroy();
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      notice(
        "error",
        `imapscope failed on this connection and closed it (${plainText(what)}). Please report this.`,
      );
      return { by: "imapscope" as const, reason: "internal error" };
    })
    .then(({ by, reason }) => {
      tap.close(by, reason);
      return tap.drained();
    });
  return { id, cost: cost.read, done, stop };
}
