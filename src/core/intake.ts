/**
 * The inline half of the core: what runs in the tick in which octets arrive, on clear octets. It couples the dialogue
 * machine to the masker and gives on masked events; nothing behind it ever sees a secret.
 */
import type { ConnectionId } from "./base/leg.ts";
import type { Switch } from "./dialogue/event.ts";
import type { WireEvent } from "./wire/event.ts";

export interface IntakeOptions {
  readonly connection: ConnectionId;
  /** Gives everything on unmasked (`--keep-secrets`). */
  readonly keepSecrets: boolean;
  /** Gets the masked events, in the order of arrival; called within `take` or `finish`. */
  readonly emit: (event: WireEvent) => void;
}

export interface Intake {
  /**
   * Takes one fact of the connection, never throws for any octets. For data in which the transport changes, returns where:
   * the octets up to `consumed` belong before the switch, the rest has not been looked at.
   */
  readonly take: (event: WireEvent) => Taken;
  /**
   * Whether imapscope itself may say something to the client now: the last server octet ended a frame, and the stream is
   * not opaque.
   */
  readonly atServerFrameBorder: () => boolean;
}

export interface Taken {
  readonly consumed: number;
  readonly switch: Switch | undefined;
}
