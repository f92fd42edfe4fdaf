/**
 * The relay: octets from each leg to the other, unchanged, in the tick in which they came.
 *
 * Theory of operation. Two pumps, one for each direction, know nothing of each other: a pump pauses its source while its
 * sink is full, and when the source's peer ends its half, ends the sink's. So the directions cannot block each other, and
 * half-closes pass through. Death is mirrored: what happens to one leg (a reset, a TLS failure) is done to the other once
 * all octets have been sent on. Two things end a relay otherwise: an upstream that leaves before its first octet (the
 * client is told why, as it could not know), and the end of the proxy itself.
 *
 * Analysis gets the same octets, uncopied, after the write. Only where STARTTLS may still change the transport it comes
 * first, in the same tick, since it alone knows at which octet TLS begins.
 */
import type { Leg, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { Taken } from "../core/intake.ts";
import { byeLine } from "./bye.ts";
import type { Clock } from "./clock.ts";
import type { CostMeter } from "./cost.ts";
import { codeOf, endWithin, flushThenReset, type LegSocket, reset } from "./leg-socket.ts";
import type { Tap } from "./tap.ts";

export interface RelayOptions {
  readonly client: LegSocket;
  readonly server: LegSocket;
  readonly tap: Tap;
  readonly clock: Clock;
  readonly cost: readonly CostMeter[];
  /** Both legs are plain, so that STARTTLS may come. */
  readonly mayStartTls: boolean;
  /** How long a leg may take to end in order, or to take what is left for it. */
  readonly graceMs: number;
  /** Asked after each read: its direction goes on when the promise, if there is one, settles. */
  readonly hold: () => Promise<void> | undefined;
  /** The upstream left before it said anything; returns the reason that the client is given. */
  readonly onSilentServer: (code: string) => string;
}

/** How a connection ended. */
export interface Ending {
  readonly by: Leg | "imapscope";
  readonly reason: string;
  readonly octets: Readonly<Record<Sender, number>>;
}

export interface Relay {
  /** Settles when both legs are closed. */
  readonly ended: Promise<Ending>;
  /** Ends both legs in order; the client is told why where that cannot break anything. */
  readonly stop: (reason: string) => void;
}

const OTHER = { client: "server", server: "client" } as const satisfies Record<Leg, Leg>;

/** Starts to relay. No octets may have been read from the two streams before. */
export function startRelay(options: RelayOptions): Relay {
  const { tap, clock, graceMs } = options;
  const legs: Readonly<Record<Leg, LegSocket>> = options;
  const octets = { client: 0, server: 0 };
  const halfClosed = { client: false, server: false };
  /** Who ended the connection first; once set by imapscope or a failure, octets are no longer relayed. */
  let ending: Omit<Ending, "octets"> | undefined;
  let over = false;

  function pump(from: Leg): void {
    const source = legs[from].stream;
    const sink = legs[OTHER[from]].stream;
    let held = false;
    source.on("data", (bytes: Uint8Array) => {
      const atMicros = clock.micros();
      if (over || !sink.writable) {
        tap.data(from, bytes, atMicros, { relayed: false });
        return;
      }
      octets[from] += bytes.length;
      if (options.mayStartTls) analyse(from, bytes, atMicros);
      if (!sink.write(bytes)) source.pause();
      const micros = clock.micros() - atMicros;
      for (const meter of options.cost) meter.add(micros);
      if (!options.mayStartTls) analyse(from, bytes, atMicros);
      const released = options.hold();
      if (released === undefined) return;
      held = true;
      source.pause();
      void released.then(() => {
        held = false;
        if (!sink.writableNeedDrain) source.resume();
      });
    });
    sink.on("drain", () => {
      if (!held) source.resume();
    });
    // A client that ended its half while the upstream was dialled is not going to end it again.
    if (source.readableEnded) onEnd(from);
    else source.once("end", () => onEnd(from));
    source.on("error", (error: Error) => onFailure(from, error));
  }

  /** Gives octets to the analysis: whole, or in two pieces where the transport changes between them. */
  function analyse(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    const taken = tap.data(from, bytes, atMicros);
    if (taken.switch !== undefined) obeySwitch(taken, from, bytes, atMicros);
  }

  /**
   * The one place where a Switch is obeyed. The octets after it are relayed as they are, and the analysis is given them
   * as what they are now.
   */
  function obeySwitch(taken: Taken, from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    if (taken.consumed < bytes.length) tap.data(from, bytes.subarray(taken.consumed), atMicros);
  }

  function onEnd(from: Leg): void {
    halfClosed[from] = true;
    tap.end(from);
    if (over) return;
    if (from === "server" && isSilent()) {
      refuse("IMAPSCOPE_NO_GREETING");
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
      refuse(code);
      return;
    }
    ending ??= { by: from, reason: code };
    over = true;
    flushThenReset(legs[OTHER[from]], graceMs);
  }

  /** Nothing came from the server, and it is not the client that ended the matter. */
  function isSilent(): boolean {
    return octets.server === 0 && !halfClosed.client && !legs.client.stream.destroyed;
  }

  function refuse(code: string): void {
    stop(options.onSilentServer(code));
  }

  function stop(reason: string): void {
    if (over) return;
    over = true;
    ending = { by: "imapscope", reason };
    const atBorder = octets.server === 0 || tap.atServerFrameBorder();
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
    const other = legs[OTHER[leg]];
    if (!over && !(halfClosed.client && halfClosed.server) && !other.stream.destroyed) {
      ending ??= { by: leg, reason: "closed" };
      over = true;
      reset(other);
    }
  }

  const closed = (leg: Leg) =>
    new Promise<void>((resolve) => {
      const done = () => {
        onClose(leg);
        resolve();
      };
      if (legs[leg].stream.destroyed) done();
      else legs[leg].stream.once("close", done);
    });

  const ended = Promise.all([closed("client"), closed("server")]).then(() => ({
    ...(ending ?? { by: "imapscope" as const, reason: "closed" }),
    octets,
  }));
  pump("client");
  pump("server");
  return { ended, stop };
}
