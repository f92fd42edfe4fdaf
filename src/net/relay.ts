/**
 * The relay: octets from each leg to the other, unchanged, in the tick in which they came.
 *
 * Theory of operation. The two directions know nothing of each other: each pauses its source while its sink is full, and
 * when the source's peer ends its half, ends the sink's. So the directions cannot block each other, and half-closes pass
 * through. Death is mirrored: what happens to one leg (a reset, a TLS failure) is done to the other once all octets have
 * been sent on. Two things end a relay otherwise: an upstream that leaves before its first octet (the client is told why),
 * and the end of the proxy itself, which lets the server say what it is in the midst of, for half of the grace.
 *
 * Analysis gets the same octets, uncopied, once they are written and the relay is at rest. Only where STARTTLS may still come they go through its gate
 * (starttls-gate.ts), which analyses first. When TLS begins, the relay lets go of both streams, and takes hold of those
 * that come of the handshakes.
 */
import type { Leg } from "../core/base/leg.ts";
import { byeLine } from "./bye.ts";
import { HeldLeg, type LegHolder } from "./held-leg.ts";
import { codeOf, endWithin, flushThenReset, reset } from "./leg-socket.ts";
import type { Ending, RelayOptions, Upgraded } from "./relay-options.ts";
import { createStartTlsGate, type StartTlsGate } from "./starttls-gate.ts";

export interface Relay {
  /** Settles when both legs are closed. */
  readonly ended: Promise<Ending>;
  /** Ends both legs in order; the client is told why where that cannot break anything. */
  readonly stop: (reason: string) => void;
}

const OTHER = { client: "server", server: "client" } as const satisfies Record<Leg, Leg>;
const LEGS: readonly Leg[] = ["client", "server"];

/** Starts to relay. Of the two streams, only the greeting may have been read before. */
export function startRelay(options: RelayOptions): Relay {
  const relay = new LegsRelay(options);
  relay.start();
  return relay;
}

class LegsRelay implements Relay, LegHolder {
  readonly ended: Promise<Ending>;
  private readonly options: RelayOptions;
  private readonly legs: Readonly<Record<Leg, HeldLeg>>;
  private gate: StartTlsGate | undefined = undefined;
  /** Who ended the connection first; once set by imapscope or a failure, octets are no longer relayed. */
  private ending: Omit<Ending, "octets"> | undefined = undefined;
  private over = false;
  /** It is to end once the server has said what it is in the midst of, or then. */
  private draining: { readonly reason: string; readonly timer: NodeJS.Timeout } | undefined = undefined;
  /** While neither stream is held, TLS being negotiated. */
  private upgrading = false;
  private settle: (ending: Ending | Promise<Ending>) => void = () => undefined;

  constructor(options: RelayOptions) {
    this.options = options;
    this.legs = {
      client: new HeldLeg("client", options.client, 0),
      server: new HeldLeg("server", options.server, options.greeting?.length ?? 0),
    };
    this.ended = this.later();
  }

  start(): void {
    const { startTls, greeting, tap, clock } = this.options;
    const { client } = this.legs;
    if (startTls !== undefined) {
      this.gate = createStartTlsGate({
        tap,
        clock,
        ...startTls,
        write: (from, bytes) => this.write(from, bytes),
        pauseClient: () => client.pause(),
        resumeClient: () => this.resume(client),
        begin: (early) => this.upgrade(early),
      });
    }
    if (greeting !== undefined) client.stream.write(greeting);
    for (const leg of LEGS) this.legs[leg].hold(this);
  }

  /** Settles with the next call of `settle`. */
  private later(): Promise<Ending> {
    return new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  private other({ leg }: HeldLeg): HeldLeg {
    return this.legs[OTHER[leg]];
  }

  take(from: HeldLeg, bytes: Uint8Array): void {
    const { tap, clock, cost, hold } = this.options;
    const { leg } = from;
    const atMicros = clock.micros();
    if (this.over || !this.other(from).stream.writable) {
      tap.data(leg, bytes, atMicros, { relayed: false });
      return;
    }
    from.octets += bytes.length;
    const gated = this.gate;
    if (gated === undefined) this.write(leg, bytes);
    else gated.take(leg, bytes, atMicros);
    const micros = clock.micros() - atMicros;
    for (const meter of cost) meter.add(micros);
    if (gated === undefined) tap.relayed(leg, bytes, atMicros);
    if (leg === "server") this.endIfDrained();
    const released = hold();
    if (released !== undefined) this.brake(from, released);
  }

  private write(from: Leg, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const { legs } = this;
    if (!legs[OTHER[from]].stream.write(bytes)) legs[from].pause();
  }

  /** Whoever needs all octets cannot take more now. */
  private brake(from: HeldLeg, released: Promise<void>): void {
    from.braked = true;
    from.pause();
    void released.then(() => {
      from.braked = false;
      this.resume(from);
    });
  }

  onDrain(leg: HeldLeg): void {
    this.resume(this.other(leg));
  }

  private resume(from: HeldLeg): void {
    if (!this.upgrading && !from.braked && !this.other(from).stream.writableNeedDrain) from.resume();
  }

  onEnd(from: HeldLeg): void {
    from.halfClosed = true;
    if (from.leg === "client") this.gate?.clientEnded();
    // Who follows an end of the other side's has nothing more to say.
    const bare = this.ending === undefined && from.endedBare();
    this.options.tap.end(from.leg, bare);
    if (this.over) return;
    if (from.leg === "server" && this.isSilent()) {
      this.stop(this.options.onSilentServer("IMAPSCOPE_NO_GREETING"));
      return;
    }
    this.ending ??= { by: from.leg, reason: "closed" };
    this.other(from).stream.end();
  }

  onFailure(from: HeldLeg, error: Error): void {
    const { tap, onSilentServer, graceMs } = this.options;
    const { leg } = from;
    const code = codeOf(error);
    tap.error(leg, code, error.message);
    if (this.over) return;
    if (leg === "server" && this.isSilent()) {
      this.stop(onSilentServer(code));
      return;
    }
    this.ending ??= { by: leg, reason: code };
    this.over = true;
    // Node tells of a record that is no TLS and leaves the stream open; ended within the turn of its alert it would crash.
    const failed = from.stream;
    setImmediate(() => failed.destroy());
    flushThenReset(this.other(from).socket, graceMs);
  }

  /** Nothing came from the server, and it is not the client that ended the matter. */
  private isSilent(): boolean {
    const { client, server } = this.legs;
    const isClientThere = !client.halfClosed && !client.stream.destroyed;
    return this.options.speaks && server.octets === 0 && isClientThere;
  }

  stop(reason: string): void {
    if (this.over || this.draining !== undefined) return;
    const { tap, speaks, graceMs } = this.options;
    if (this.upgrading || !speaks || tap.serverFrame() !== "within") {
      this.endNow(reason, graceMs);
      return;
    }
    const half = graceMs / 2;
    this.draining = { reason, timer: setTimeout(() => this.endNow(reason, half), half) };
  }

  /** What the server was in the midst of saying is said, or cannot be known any more. */
  private endIfDrained(): void {
    const { tap, graceMs } = this.options;
    if (this.draining !== undefined && tap.serverFrame() !== "within")
      this.endNow(this.draining.reason, graceMs / 2);
  }

  private endNow(reason: string, graceMs: number): void {
    if (this.over) return;
    const { tap, clock, speaks } = this.options;
    const { client, server } = this.legs;
    this.over = true;
    this.ending = { by: "imapscope", reason };
    if (this.upgrading) {
      for (const { socket } of [client, server]) socket.raw.destroy();
      return;
    }
    const maySay = speaks && (server.octets === 0 || tap.serverFrame() === "border");
    if (maySay && client.stream.writable) {
      const line = byeLine(reason);
      tap.data("server", line, clock.micros(), { byImapscope: true });
      client.stream.write(line);
    }
    for (const { socket } of [client, server]) endWithin(socket, graceMs);
  }

  /** A leg that is gone takes the other with it, also one that waits for it to drain. */
  onClose(gone: HeldLeg): void {
    gone.closed = true;
    const other = this.other(gone);
    const halvesClosed = gone.halfClosed && other.halfClosed;
    if (!this.over && !halvesClosed && !other.stream.destroyed) {
      this.ending ??= { by: gone.leg, reason: "closed" };
      this.over = true;
      reset(other.socket);
    }
    if (!other.closed) return;
    clearTimeout(this.draining?.timer);
    this.settle(this.endedAs({ by: "imapscope", reason: "closed" }));
  }

  /** How it ended, as the first to know has it. */
  private endedAs(otherwise: Omit<Ending, "octets">): Ending {
    const { client, server } = this.legs;
    return { ...(this.ending ?? otherwise), octets: { client: client.octets, server: server.octets } };
  }

  /** TLS begins on the legs that do not have it yet. */
  private upgrade(early: Uint8Array): void {
    const { startTls } = this.options;
    this.gate = undefined;
    this.upgrading = true;
    for (const leg of LEGS) this.legs[leg].letGo();
    if (startTls !== undefined)
      this.settle(startTls.upgrade(early).then((outcome) => this.upgraded(outcome)));
  }

  private upgraded(outcome: Upgraded): Ending | Promise<Ending> {
    this.upgrading = false;
    if (outcome.kind === "ended") return this.endedAs(outcome.ending);
    for (const leg of LEGS) this.legs[leg].socket = outcome[leg];
    const later = this.later();
    for (const leg of LEGS) this.legs[leg].hold(this);
    return later;
  }
}
