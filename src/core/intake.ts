/**
 * The inline half of the core: what runs in the tick in which octets arrive, on clear octets. It couples the dialogue
 * machine to the masker and gives on masked events; nothing behind it ever sees a secret. It never throws for any octets:
 * should a bug of ours do so, the connection becomes opaque, and its octets are given on as counts only.
 */
import type { Sender } from "./base/leg.ts";
import { LIMITS } from "./base/limits.ts";
import { createDialogue, type Dialogue, NO_STARTTLS, type Taken } from "./dialogue/dialogue.ts";
import type { StartTlsState } from "./dialogue/event.ts";
import { fetchRunEnd } from "./imap/fetch-run.ts";
import { createMasker, type Masker } from "./secrets/masker.ts";
import { RecordQueue, type Slot } from "./secrets/record-queue.ts";
import type { DataEvent, OmittedReason, WireEvent } from "./wire/event.ts";

export { NO_STARTTLS, type Taken } from "./dialogue/dialogue.ts";
export type { StartTlsState } from "./dialogue/event.ts";

export interface IntakeOptions {
  /** Gives everything on unmasked (`--keep-secrets`). */
  readonly keepSecrets: boolean;
  /** The octets begin in the middle of a connection. */
  readonly midway?: boolean;
  /** Whoever owns the sockets obeys a `Switch`; where it does not, what follows one is opaque. */
  readonly obeysSwitch?: boolean;
  /** Told once, should a bug of ours make the connection opaque. */
  readonly onFailure?: (error: unknown) => void;
  /** Gets the masked events, in the order of arrival; called within `take`. */
  readonly emit: (event: WireEvent) => void;
}

export interface Intake {
  /**
   * Takes one fact of the connection; never throws for any octets. For data in which the transport changes, tells where: the
   * octets behind `consumed` have not been looked at.
   */
  readonly take: (event: WireEvent) => Taken;
  /**
   * Whether imapscope itself may say something to the client now: the last server octet ended a unit, the server has
   * not said BYE, and the stream can be framed.
   */
  readonly atServerFrameBorder: () => boolean;
  /** How STARTTLS stands, for who relays the client's octets or offers STARTTLS itself. */
  readonly startTlsState: () => StartTlsState;
}

/** What a recorder asks besides. */
export interface FramingIntake extends Intake {
  /**
   * Whether both directions are between frames and everything so far has been given on: where a file may end and another
   * begin. Never true again of a connection that cannot be framed any more.
   */
  readonly atFrameBorder: () => boolean;
}

const SENDERS: readonly Sender[] = ["client", "server"];

export function createIntake(options: IntakeOptions): FramingIntake {
  const queue = new RecordQueue(options.emit);
  let slot: Slot | undefined;
  let failed = false;
  let clientSpoke = false;
  const dialogue: Dialogue = createDialogue({
    emit: () => {},
    midway: options.midway === true,
    literalHeadOctets: 0,
    passes: fetchRunEnd,
    onSegment: (from, segment) => {
      if (slot !== undefined && masker !== undefined) masker.segment(from, segment, slot);
    },
  });
  const masker: Masker | undefined = options.keepSecrets ? undefined : createMasker(dialogue.phase);

  function take(event: WireEvent): Taken {
    const taken = event.kind === "data" ? takeData(event) : takeFact(event);
    if (queue.octets > LIMITS.heldQueueOctets) masker?.decide("bound", SENDERS);
    queue.flush();
    return taken;
  }

  function takeFact(event: Exclude<WireEvent, DataEvent>): Taken {
    if (event.kind === "starttls" || event.kind === "deflate") {
      masker?.restart();
      dialogue.switched(
        event.kind === "starttls" ? "startTls" : "deflate",
        event.kind === "deflate" ? event.from : undefined,
      );
    } else if (event.kind === "omitted") {
      dialogue.omit(event.from, event.atMicros, "omitted");
    } else if (event.kind === "close") {
      masker?.decide("end", SENDERS);
    } else if (event.kind === "end") {
      masker?.decide("end", [event.from]);
    }
    queue.add(event);
    return { consumed: 0, switch: undefined };
  }

  function takeData(event: DataEvent): Taken {
    if (event.relayed === false) return takeUnrelayed(event);
    if (event.from === "client") clientSpoke = true;
    if (failed || dialogue.isOpaque(event.from)) return omit(event, reasonOf(event.from));
    const taken = analyse(event);
    if (taken.consumed === event.bytes.length || options.obeysSwitch === true) return taken;
    takeData({ ...event, bytes: event.bytes.subarray(taken.consumed) });
    return { consumed: event.bytes.length, switch: taken.switch };
  }

  /** Frames and masks a run of octets; counts it only where a bug of ours stopped that. */
  function analyse(event: DataEvent): Taken {
    const own = queue.add(event);
    slot = own;
    try {
      const taken = dialogue.receive(event.from, event.bytes, event.atMicros);
      if (masker === undefined) own.clear(0, taken.consumed);
      else if (dialogue.isOpaque(event.from)) {
        // What was held of a line will never be continued.
        masker.decide(
          "end",
          SENDERS.filter((from) => dialogue.isOpaque(from)),
        );
        if (own.isUntouched()) own.omit(reasonOf(event.from));
      }
      return taken;
    } catch (error) {
      failed = true;
      options.onFailure?.(error);
      queue.omitUndecided(own);
      return { consumed: event.bytes.length, switch: undefined };
    } finally {
      slot = undefined;
    }
  }

  /**
   * What was never relayed is no part of the dialogue, so nothing is known of what is in it. Only before the client's first
   * octet it cannot hold a secret: then it is imapscope's own talk with the server.
   */
  function takeUnrelayed(event: DataEvent): Taken {
    const ownTalk = !clientSpoke && (event.from === "server" || event.byImapscope === true);
    if (!ownTalk) return omit(event, "opaque");
    queue.add(event).clear(0, event.bytes.length);
    return { consumed: event.bytes.length, switch: undefined };
  }

  function omit(event: DataEvent, reason: OmittedReason): Taken {
    const own = queue.add(event);
    if (options.keepSecrets) own.clear(0, event.bytes.length);
    else own.omit(reason);
    return { consumed: event.bytes.length, switch: undefined };
  }

  function reasonOf(from: Sender): OmittedReason {
    return dialogue.opaqueReason(from) === "compress" ? "compressed" : "opaque";
  }

  return {
    take,
    atServerFrameBorder: () => !failed && !dialogue.phase.bye && dialogue.atBorder("server"),
    atFrameBorder: () =>
      !failed &&
      queue.isEmpty() &&
      dialogue.phase.sasl === undefined &&
      SENDERS.every((from) => dialogue.atBorder(from)),
    startTlsState: () => (failed ? NO_STARTTLS : dialogue.startTlsState()),
  };
}
