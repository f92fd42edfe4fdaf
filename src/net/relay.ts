/**
 * The relay: octets from each leg to the other, unchanged, in the tick in which they came.
 *
 * Theory of operation. The two directions know nothing of each other: each pauses its source while its sink is full, and
 * when the source's peer ends its half, ends the sink's. So the directions cannot block each other, and half-closes pass
 * through. Death is mirrored: what happens to one leg (a reset, a TLS failure) is done to the other once all octets have
 * been sent on. Two things end a relay otherwise: an upstream that leaves before its first octet (the client is told why,
 * as it could not know), and the end of the proxy itself.
 *
 * Analysis gets the same octets, uncopied, after the write. Only where STARTTLS may still come they go through its gate
 * (starttls-gate.ts), which analyses first. When TLS begins, the relay lets go of both streams, and takes hold of those
 * that come of the handshakes.
 */
import type { Leg, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import { byeLine } from "./bye.ts";
import { codeOf, endWithin, flushThenReset, type LegSocket, reset } from "./leg-socket.ts";
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
  const { tap, clock, graceMs, startTls, greeting } = options;
  const legs: Record<Leg, LegSocket> = { client: options.client, server: options.server };
  const letGo = new Map<Leg, () => void>();
  const octets = { client: 0, server: greeting?.length ?? 0 };
  const held = { client: false, server: false };
  const halfClosed = { client: false, server: false };
  const closed = new Set<Leg>();
  let gate: StartTlsGate | undefined;
  /** Who ended the connection first; once set by imapscope or a failure, octets are no longer relayed. */
  let ending: Omit<Ending, "octets"> | undefined;
  let over = false;
  /** While neither stream is held, TLS being negotiated. */
  let upgrading = false;
  let settle: (ending: Ending | Promise<Ending>) => void = () => undefined;
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });

  function take(from: Leg, bytes: Uint8Array): void {
    const atMicros = clock.micros();
    if (over || !legs[OTHER[from]].stream.writable) {
      tap.data(from, bytes, atMicros, { relayed: false });
      return;
    }
    octets[from] += bytes.length;
    const gated = gate;
    if (gated === undefined) write(from, bytes);
    else gated.take(from, bytes, atMicros);
    const micros = clock.micros() - atMicros;
    for (const meter of options.cost) meter.add(micros);
    if (gated === undefined) analyse(from, bytes, atMicros);
    const released = options.hold();
    if (released !== undefined) brake(from, released);
  }

  function write(from: Leg, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (!legs[OTHER[from]].stream.write(bytes)) legs[from].stream.pause();
  }

  /** A change of the transport that nobody can obey any more is only told; the octets behind it go on as they are. */
  function analyse(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    let rest = bytes;
    while (rest.length > 0) {
      const taken = tap.data(from, rest, atMicros);
      rest = rest.subarray(taken.switch === undefined ? rest.length : taken.consumed);
    }
  }

  /** Whoever needs all octets cannot take more now. */
  function brake(from: Leg, released: Promise<void>): void {
    held[from] = true;
    legs[from].stream.pause();
    void released.then(() => {
      held[from] = false;
      resume(from);
    });
  }

  function resume(from: Leg): void {
    if (!upgrading && !held[from] && !legs[OTHER[from]].stream.writableNeedDrain) legs[from].stream.resume();
  }

  /** Takes hold of the stream of a leg: from now on the relay is who reads it. */
  function takeHold(leg: Leg): void {
    const { stream } = legs[leg];
    const listeners = {
      data: (bytes: Uint8Array) => take(leg, bytes),
      drain: () => resume(OTHER[leg]),
      end: () => onEnd(leg),
      error: (error: Error) => onFailure(leg, error),
      close: () => onClose(leg),
    };
    for (const [name, listener] of Object.entries(listeners)) stream.on(name, listener);
    letGo.set(leg, () => {
      for (const [name, listener] of Object.entries(listeners)) stream.off(name, listener);
      stream.pause();
    });
    // A server that refused while the client shook hands is not going to refuse again; the refusal explains the end behind it.
    const failure = legs[leg].failure?.();
    if (failure !== undefined) onFailure(leg, failure);
    // Nor is a client that ended its half while the upstream was dialled going to end it again.
    if (stream.readableEnded) onEnd(leg);
    if (stream.destroyed) onClose(leg);
    stream.resume();
  }

  function onEnd(from: Leg): void {
    halfClosed[from] = true;
    if (from === "client") gate?.clientEnded();
    tap.end(from);
    if (over) return;
    if (from === "server" && isSilent()) {
      stop(options.onSilentServer("IMAPSCOPE_NO_GREETING"));
      return;
    }
    ending ??= { by: from, reason: "closed" };
    legs[OTHER[from]].stream.end();
  }

  function onFailure(from: Leg, error: Error): void {
    const code = codeOf(error);
    tap.error(from, code, error.message);
    if (over) return;
    if (from === "server" && isSilent()) {
      stop(options.onSilentServer(code));
      return;
    }
    ending ??= { by: from, reason: code };
    over = true;
    // Node tells of a record that is no TLS and leaves the stream open; ended within the turn of its alert it would crash.
    const failed = legs[from].stream;
    setImmediate(() => failed.destroy());
    flushThenReset(legs[OTHER[from]], graceMs);
  }

  /** Nothing came from the server, and it is not the client that ended the matter. */
  function isSilent(): boolean {
    return options.speaks && octets.server === 0 && !halfClosed.client && !legs.client.stream.destroyed;
  }

  function stop(reason: string): void {
    if (over) return;
    over = true;
    ending = { by: "imapscope", reason };
    if (upgrading) {
      for (const leg of LEGS) legs[leg].raw.destroy();
      return;
    }
    const atBorder = options.speaks && (octets.server === 0 || tap.atServerFrameBorder());
    if (atBorder && legs.client.stream.writable) {
      const line = byeLine(reason);
      tap.data("server", line, clock.micros(), { byImapscope: true });
      legs.client.stream.write(line);
    }
    endWithin(legs.client, graceMs);
    endWithin(legs.server, graceMs);
  }

  /** A leg that is gone takes the other with it, also one that waits for it to drain. */
  function onClose(leg: Leg): void {
    closed.add(leg);
    const other = legs[OTHER[leg]];
    if (!over && !(halfClosed.client && halfClosed.server) && !other.stream.destroyed) {
      ending ??= { by: leg, reason: "closed" };
      over = true;
      reset(other);
    }
    if (closed.size === LEGS.length) settle({ ...(ending ?? { by: "imapscope", reason: "closed" }), octets });
  }

  /** TLS begins on the legs that do not have it yet. */
  function upgrade(early: Uint8Array): void {
    gate = undefined;
    upgrading = true;
    for (const leg of LEGS) letGo.get(leg)?.();
    if (startTls !== undefined) settle(startTls.upgrade(early).then(upgraded));
  }

  function upgraded(outcome: Upgraded): Ending | Promise<Ending> {
    upgrading = false;
    if (outcome.kind === "ended") return { ...(ending ?? outcome.ending), octets };
    for (const leg of LEGS) legs[leg] = outcome[leg];
    const later = new Promise<Ending>((resolve) => {
      settle = resolve;
    });
    for (const leg of LEGS) takeHold(leg);
    return later;
  }

  if (startTls !== undefined) {
    gate = createStartTlsGate({
      tap,
      clock,
      ...startTls,
      write,
      pauseClient: () => void legs.client.stream.pause(),
      resumeClient: () => resume("client"),
      begin: upgrade,
    });
  }
  if (greeting !== undefined) legs.client.stream.write(greeting);
  for (const leg of LEGS) takeHold(leg);
  return { ended, stop };
}
