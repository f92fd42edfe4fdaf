/**
 * One connection, from the accepted socket to its end, in stages: dial the upstream, shake hands with the client, relay.
 * Each stage either hands over to the next or ends the connection, and whatever happens concerns this connection alone.
 */
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { ConnectionId } from "../core/base/leg.ts";
import type { Intake } from "../core/intake.ts";
import { byeLine } from "./bye.ts";
import type { LeafRequest } from "./client-context.ts";
import { handshakeNotice, type NotShaken, shakeHands } from "./client-handshake.ts";
import type { Clock } from "./clock.ts";
import { type Cost, type CostMeter, createCostMeter } from "./cost.ts";
import { type Endpoint, formatEndpoint, formatHostPort, plainAddress } from "./endpoint.ts";
import { codeOf, endWithin, type LegSocket, reset, tuneSocket } from "./leg-socket.ts";
import { type Notice, plainText } from "./notice.ts";
import { type Ending, type Relay, startRelay } from "./relay.ts";
import { createTap } from "./tap.ts";
import { tlsEvent } from "./tls-facts.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import { mayBePlain, type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";

/** What all connections of a proxy share. */
export interface Surroundings {
  readonly upstream: Endpoint;
  readonly dialler: Dialler;
  readonly contextFor: (request: LeafRequest) => SecureContext;
  readonly clock: Clock;
  readonly totalCost: CostMeter;
  readonly plainUpstream: boolean;
  readonly handshakeTimeoutMs: number;
  readonly graceMs: number;
  readonly caPath: string | undefined;
  readonly createIntake: (connection: ConnectionId) => Intake;
  readonly hold: (() => Promise<void> | undefined) | undefined;
  readonly onNotice: (notice: Notice) => void;
}

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
  const tap = createTap({ ...shared, connection: id });
  const cost = createCostMeter();
  const dialling = new AbortController();
  const accepted: LegSocket = { stream: raw, raw };
  let relay: Relay | undefined;
  let stopReason: string | undefined;
  /** From then on the end is a matter of the grace. */
  let sayingBye = false;

  const notice = (level: Notice["level"], text: string) => shared.onNotice({ level, text, connection: id });

  async function run(): Promise<Ending | Omit<Ending, "octets">> {
    const dialled = await dialler.dial(dialling.signal);
    if (dialling.signal.aborted || raw.destroyed) {
      if (dialled.kind === "connected") reset(dialled);
      raw.destroy();
      return stopReason === undefined
        ? { by: "client", reason: "left while the upstream was dialled" }
        : { by: "imapscope", reason: stopReason };
    }
    if (dialled.kind === "failed") return refuse(dialled.failure);
    tellTls("server", dialled);
    if (listener.scheme === "imaps" && dialled.tls === undefined && !plainIsAllowed(dialled)) {
      reset(dialled);
      return refuse(upstreamFailure("IMAPSCOPE_PLAIN_UPSTREAM", dialler.target));
    }
    const client = await clientLeg(dialled);
    if (client === undefined || stopReason !== undefined) {
      endWithin(dialled, graceMs);
      raw.destroy();
      return stopReason === undefined
        ? { by: "client", reason: "TLS handshake failed" }
        : { by: "imapscope", reason: stopReason };
    }
    relay = startRelay({
      client,
      server: dialled,
      tap,
      clock,
      cost: [cost, shared.totalCost],
      mayStartTls: listener.scheme === "imap" && dialled.tls === undefined,
      graceMs,
      hold: shared.hold ?? (() => undefined),
      onSilentServer: (code) => tellFailure(upstreamFailure(code, dialler.target)),
    });
    if (client.stream === raw) raw.once("data", hintAtTls);
    const ending = await relay.ended;
    hintAtDistrust(client, ending);
    return ending;
  }

  function plainIsAllowed(server: ServerLeg): boolean {
    return mayBePlain(server.raw.remoteAddress, shared.plainUpstream);
  }

  function tellTls(leg: "server", dialled: ServerLeg): void {
    if (dialled.tls === undefined) return;
    tap.take(tlsEvent(dialled.tls.socket, { connection: id, atMicros: clock.micros(), leg }, dialled.tls));
  }

  /** The client's leg in the clear; `undefined` where the handshake failed, which has been told then. */
  async function clientLeg(server: ServerLeg | undefined): Promise<LegSocket | undefined> {
    if (listener.scheme === "imap") return accepted;
    const shaken = await shakeHands(raw, {
      contextFor: shared.contextFor,
      upstreamCertificate: server?.tls?.certificate,
      timeoutMs: shared.handshakeTimeoutMs,
    });
    if (shaken.kind === "notShaken") {
      tellNotShaken(shaken);
      return undefined;
    }
    const where = { connection: id, atMicros: clock.micros(), leg: "client" } as const;
    const { socket, serverName } = shaken;
    tap.take(tlsEvent(socket, where, { serverName, certificate: socket.getX509Certificate() }));
    return { stream: shaken.socket, raw };
  }

  function tellNotShaken(failure: NotShaken): void {
    tap.error("client", failure.code, failure.message);
    const { caPath } = shared;
    const text = handshakeNotice(failure, {
      clientOctets: raw.bytesRead,
      listener: formatEndpoint(listener),
      caPath,
    });
    if (text !== undefined && stopReason === undefined) notice("warning", text);
  }

  /** Tells user and capture of an upstream that cannot be had; returns what the client is told. */
  function tellFailure(failure: UpstreamFailure): string {
    notice("error", `${capitalised(failure.sentence)}. ${failure.hint}`);
    return failure.sentence;
  }

  /** The upstream cannot be had: the client gets its handshake all the same, and then the reason. */
  async function refuse(failure: UpstreamFailure): Promise<Omit<Ending, "octets">> {
    tap.error("server", failure.code, failure.sentence);
    const reason = tellFailure(failure);
    const client = await clientLeg(undefined);
    if (client !== undefined) await sayBye(client, reason);
    return { by: "imapscope", reason };
  }

  /** The BYE and the end, with the client's octets read on until it ends too: unread, they would undo the BYE. */
  function sayBye({ stream, raw: beneath }: LegSocket, reason: string): Promise<void> {
    sayingBye = true;
    return new Promise((resolve) => {
      stream.once("close", () => resolve());
      if (stream.destroyed) resolve();
      // A plain leg's errors are told already.
      if (stream !== raw) stream.on("error", (error) => tap.error("client", codeOf(error), error.message));
      stream.once("end", () => tap.end("client"));
      stream.on("data", (bytes: Uint8Array) => tap.data("client", bytes, clock.micros(), { relayed: false }));
      if (stream.writable) {
        const line = byeLine(reason);
        tap.data("server", line, clock.micros(), { byImapscope: true });
        stream.write(line);
      }
      endWithin({ stream, raw: beneath }, graceMs);
    });
  }

  /** Many clients look at the certificate only after the handshake, and leave without a word. */
  function hintAtDistrust(client: LegSocket, ending: Ending | Omit<Ending, "octets">): void {
    const silent = "octets" in ending && ending.octets.client === 0 && ending.by === "client";
    if (!silent || client.stream === raw) return;
    const ca = shared.caPath === undefined ? "imapscope's CA" : `the CA in ${shared.caPath}`;
    notice(
      "info",
      `The client left right after the TLS handshake: it may not trust ${ca} (certs/README.md says how).`,
    );
  }

  /** A TLS handshake begins with a record of type 22 and version 3. */
  function hintAtTls(bytes: Uint8Array): void {
    if (bytes[0] !== 0x16 || bytes[1] !== 0x03) return;
    const url = formatEndpoint(listener);
    notice(
      "warning",
      `The client speaks TLS to ${url}, which is plain. Set it to STARTTLS or no encryption, or connect it to an imaps:// listener.`,
    );
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
    .then(({ by, reason }) => tap.close(by, reason));
  return { id, cost: cost.read, done, stop };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
