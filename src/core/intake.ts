/**
 * The inline half of the core: what runs close behind the relay, on clear octets. It couples the dialogue
 * machine to the masker and gives on masked events; nothing behind it ever sees a secret. It never throws for any octets:
 * should a bug of ours do so, the connection becomes opaque, and its octets are given on as counts only.
 */
import type { Sender } from "./base/leg.ts";
import { LIMITS } from "./base/limits.ts";
import { createDialogue, type Dialogue, type Taken } from "./dialogue/dialogue.ts";
import type { StartTlsState } from "./dialogue/event.ts";
import { NO_STARTTLS } from "./dialogue/phase.ts";
import { fetchRunEnd } from "./imap/fetch-run.ts";
import { createMasker, type Masker } from "./secrets/masker.ts";
import { RecordQueue, type Slot } from "./secrets/record-queue.ts";
import type { DataEvent, OmittedReason, WireEvent } from "./wire/event.ts";

export type { Taken } from "./dialogue/dialogue.ts";
export type { StartTlsState } from "./dialogue/event.ts";
export { NO_STARTTLS } from "./dialogue/phase.ts";

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
  /** Told at the end of each `take`, behind all that it gave on. */
  readonly onTaken?: (event: WireEvent) => void;
}

/**
 * How the server's octets stand: at the `border` of a unit, where imapscope itself may say something to the client; `within`
 * one; or `over`, where the server has said BYE or the stream cannot be framed, and nothing may be said any more.
 */
export type ServerFrame = "border" | "within" | "over";

export interface Intake {
  /**
   * Takes one fact of the connection; never throws for any octets. For data in which the transport changes, tells where: the
   * octets behind `consumed` have not been looked at.
   */
  readonly take: (event: WireEvent) => Taken;
  readonly serverFrame: () => ServerFrame;
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
  return new MaskingIntake(options);
}

class MaskingIntake implements FramingIntake {
  private readonly options: IntakeOptions;
  private readonly queue: RecordQueue;
  private readonly dialogue: Dialogue;
  private readonly masker: Masker | undefined;
  private slot: Slot | undefined = undefined;
  private failed = false;
  private clientSpoke = false;

  constructor(options: IntakeOptions) {
    this.options = options;
    this.queue = new RecordQueue(options.emit);
    this.dialogue = createDialogue({
      emit: () => {},
      midway: options.midway === true,
      literalHeadOctets: 0,
      passes: fetchRunEnd,
      onSegment: (from, segment) => {
        if (this.slot !== undefined && this.masker !== undefined)
          this.masker.segment(from, segment, this.slot);
      },
    });
    this.masker = options.keepSecrets ? undefined : createMasker(this.dialogue.phase);
  }

  take(event: WireEvent): Taken {
    const taken = event.kind === "data" ? this.takeData(event) : this.takeFact(event);
    if (this.queue.octets > LIMITS.heldQueueOctets) this.masker?.decide("bound", SENDERS);
    this.queue.flush();
    this.options.onTaken?.(event);
    return taken;
  }

  private takeFact(event: Exclude<WireEvent, DataEvent>): Taken {
    if (event.kind === "starttls" || event.kind === "deflate") {
      this.masker?.restart();
      this.dialogue.switched(
        event.kind === "starttls" ? "startTls" : "deflate",
        event.kind === "deflate" ? event.from : undefined,
      );
    } else if (event.kind === "omitted" && event.relayed !== false) {
      this.dialogue.omit(event.from, event.atMicros, "omitted");
    } else if (event.kind === "close") {
      this.masker?.decide("end", SENDERS);
    } else if (event.kind === "end") {
      this.masker?.decide("end", [event.from]);
    }
    this.queue.add(event);
    return { consumed: 0, switch: undefined };
  }

  private takeData(event: DataEvent): Taken {
    if (event.relayed === false) return this.takeUnrelayed(event);
    if (event.from === "client") this.clientSpoke = true;
    if (this.failed || this.dialogue.isOpaque(event.from)) return this.omit(event, this.reasonOf(event.from));
    const taken = this.analyse(event);
    if (taken.consumed === event.bytes.length) return taken;
    if (taken.switch !== undefined && this.options.obeysSwitch === true) return taken;
    this.takeData({ ...event, bytes: event.bytes.subarray(taken.consumed) });
    return { consumed: event.bytes.length, switch: taken.switch };
  }

  /** Frames and masks a run of octets; counts it only where a bug of ours stopped that. */
  private analyse(event: DataEvent): Taken {
    const own = this.queue.add(event);
    this.slot = own;
    try {
      const taken = this.dialogue.receive(event.from, event.bytes, event.atMicros);
      if (this.masker === undefined) own.clear(0, taken.consumed);
      else if (this.dialogue.isOpaque(event.from)) {
        // What was held of a line will never be continued.
        this.masker.decide(
          "end",
          SENDERS.filter((from) => this.dialogue.isOpaque(from)),
        );
        if (own.isUntouched()) own.omit(this.reasonOf(event.from));
      }
      return taken;
    } catch (error) {
      this.failed = true;
      this.options.onFailure?.(error);
      this.queue.omitUndecided(own);
      return { consumed: event.bytes.length, switch: undefined };
    } finally {
      this.slot = undefined;
    }
  }

  /**
   * What was never relayed is no part of the dialogue, so nothing is known of what is in it. Only before the client's first
   * octet it cannot hold a secret: then it is imapscope's own talk with the server.
   */
  private takeUnrelayed(event: DataEvent): Taken {
    const ownTalk = !this.clientSpoke && (event.from === "server" || event.byImapscope === true);
    if (!ownTalk) return this.omit(event, "opaque");
    this.queue.add(event).clear(0, event.bytes.length);
    return { consumed: event.bytes.length, switch: undefined };
  }

  private omit(event: DataEvent, reason: OmittedReason): Taken {
    const own = this.queue.add(event);
    if (this.options.keepSecrets) own.clear(0, event.bytes.length);
    else own.omit(reason);
    return { consumed: event.bytes.length, switch: undefined };
  }

  private reasonOf(from: Sender): OmittedReason {
    return this.dialogue.opaqueReason(from) === "compress" ? "compressed" : "opaque";
  }

  serverFrame(): ServerFrame {
    const { failed, dialogue } = this;
    if (failed || dialogue.phase.bye || dialogue.isOpaque("server")) return "over";
    if (dialogue.atBorder("server")) return "border";
    return dialogue.phase.switching === undefined ? "within" : "over";
  }

  atFrameBorder(): boolean {
    const { failed, queue, dialogue } = this;
    return (
      !failed &&
      queue.isEmpty() &&
      dialogue.phase.sasl === undefined &&
      SENDERS.every((from) => dialogue.atBorder(from))
    );
  }

  startTlsState(): StartTlsState {
    return this.failed ? NO_STARTTLS : this.dialogue.startTlsState();
  }
}
