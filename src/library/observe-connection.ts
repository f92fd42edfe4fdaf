/**
 * A connection without a socket: feed the octets of both directions with their times, and get what imapscope makes of them.
 * It is the way that live octets take: intake (dialogue, masker), then the observer, with nothing in between.
 */
import type { ConnectionId, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ConnectionSnapshot } from "../core/connection/snapshot.ts";
import type { Exchange } from "../core/exchange/exchange.ts";
import type { Defect } from "../core/imap/defect.ts";
import { createIntake } from "../core/intake.ts";
import type { Observation, PushObservation, StateObservation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import type { Depth } from "../core/observer/context.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { type Octets, toBytes } from "./octets.ts";

export interface ObserveConnectionOptions {
  /**
   * Gets every observation, in the order of what happened, within the call that brought the octets. What it throws, that call throws once
   * its octets have been taken; of several the first.
   */
  readonly onObservation?: (observation: Observation) => void;
  /** Gets every masked event: what a recorder would write, in the order of arrival. Where it throws: as `onObservation`. */
  readonly onEvent?: (event: WireEvent) => void;
  /** Told once, should a bug of imapscope make the connection opaque; its octets are only counted then. */
  readonly onFailure?: (error: unknown) => void;
  /** Masks nothing. */
  readonly keepSecrets?: boolean;
  /** `shallow` leaves ENVELOPE and BODYSTRUCTURE unparsed, `skim` gives no requests and responses one by one; the default is `full`. */
  readonly depth?: Depth;
  /** The number of the connection; 1 by default. */
  readonly connection?: ConnectionId;
  /** The octets begin in the middle of a connection; its state is `unknown` until an answer tells it. */
  readonly midway?: boolean;
  /** Where the client connected, a URL: `imap://…` means without TLS. By default `imaps://localhost:993`. */
  readonly listener?: string;
  /** Where the server is, a URL; by default the one of `listener`. */
  readonly upstream?: string;
  /** When the connection was opened; 0 by default. */
  readonly openedMicros?: Micros;
}

/** Times are microseconds on one clock of the caller's choice; a time that is left out is that of the call before. */
export interface ObservedConnection {
  /** Takes octets that the client sent, in any chunks. Never throws for any octets. */
  readonly client: (octets: Octets, atMicros?: Micros) => void;
  /** Takes octets that the server sent, in any chunks. Never throws for any octets. */
  readonly server: (octets: Octets, atMicros?: Micros) => void;
  /** Takes any other fact: a TLS handshake, a half-close, an error. */
  readonly take: (event: WireEvent) => void;
  /** Closes the connection and gives what was still open. Further calls do nothing. */
  readonly finish: (atMicros?: Micros) => void;
  /** What is known of the connection now: state, capabilities, the selected mailbox. */
  readonly snapshot: () => ConnectionSnapshot | undefined;
}

/** Opens a connection without a socket. */
export function observeConnection(options: ObserveConnectionOptions = {}): ObservedConnection {
  const { connection = 1, midway = false, listener = "imaps://localhost:993" } = options;
  let thrown: { readonly error: unknown } | undefined;
  /** Calls a function of the caller's, whose exception must not look like one of the analysis. */
  const given = <T>(own: ((value: T) => void) | undefined, value: T): void => {
    try {
      own?.(value);
    } catch (error) {
      thrown ??= { error };
    }
  };
  const observer = createObserver({
    emit: (observation) => given(options.onObservation, observation),
    depth: options.depth ?? "full",
  });
  const intake = createIntake({
    keepSecrets: options.keepSecrets ?? false,
    midway,
    ...(options.onFailure === undefined ? {} : { onFailure: options.onFailure }),
    emit: (event) => {
      given(options.onEvent, event);
      observer.take(event);
    },
  });
  let lastMicros = options.openedMicros ?? 0;
  let finished = false;

  function take(event: WireEvent): void {
    if (finished) return;
    lastMicros = event.atMicros;
    intake.take(event);
    rethrow();
  }

  function rethrow(): void {
    const first = thrown;
    thrown = undefined;
    if (first !== undefined) throw first.error;
  }

  function data(from: Sender, octets: Octets, atMicros: Micros): void {
    take({ kind: "data", connection, atMicros, from, bytes: toBytes(octets), redacted: [] });
  }

  take({
    kind: "open",
    connection,
    atMicros: lastMicros,
    client: "127.0.0.1:0",
    listener,
    upstream: options.upstream ?? listener,
    midway,
  });
  return {
    client: (octets, atMicros = lastMicros) => data("client", octets, atMicros),
    server: (octets, atMicros = lastMicros) => data("server", octets, atMicros),
    take,
    finish: (atMicros = lastMicros) => {
      if (finished) return;
      try {
        take({ kind: "close", connection, atMicros, by: "client", reason: "" });
      } finally {
        finished = true;
        observer.finish();
      }
      rethrow();
    },
    snapshot: () => observer.connection(connection),
  };
}

/** One run of octets: who sent it, what, and when (that of the run before where it is left out). */
export type Run = readonly [from: Sender, octets: Octets, atMicros?: Micros];

/** Everything that was made of a dialogue. */
export interface ObservedDialogue {
  readonly observations: readonly Observation[];
  /** The masked events: what a recorder would have written. */
  readonly events: readonly WireEvent[];
  /** In the order in which they ended. */
  readonly exchanges: readonly Exchange[];
  readonly states: readonly StateObservation[];
  readonly pushes: readonly PushObservation[];
  /** In the order in which they were found; those of exchanges too. */
  readonly defects: readonly Defect[];
  /** The connection as it was when it ended. */
  readonly connection: ConnectionSnapshot | undefined;
}

/** Observes a whole dialogue at once. Never throws for any octets. */
export function observeDialogue(
  runs: Iterable<Run>,
  options: Omit<ObserveConnectionOptions, "onObservation" | "onEvent"> = {},
): ObservedDialogue {
  const observations: Observation[] = [];
  const events: WireEvent[] = [];
  const observed = observeConnection({
    ...options,
    onObservation: (observation) => observations.push(observation),
    onEvent: (event) => events.push(event),
  });
  for (const [from, octets, atMicros] of runs) {
    if (from === "client") observed.client(octets, atMicros);
    else observed.server(octets, atMicros);
  }
  observed.finish();
  return {
    observations,
    events,
    exchanges: observations.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : [])),
    states: observations.filter((each) => each.kind === "state"),
    pushes: observations.filter((each) => each.kind === "push"),
    defects: observations.flatMap((each) => (each.kind === "defect" ? [each.defect] : [])),
    connection: observed.snapshot(),
  };
}
