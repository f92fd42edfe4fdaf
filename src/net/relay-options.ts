/** What a relay is given, what it asks of its connection when TLS begins, and what it gives back. */
import type { Leg, Sender } from "../core/base/leg.ts";
import type { Clock } from "./clock.ts";
import type { CostMeter } from "./cost.ts";
import type { LegSocket } from "./leg-socket.ts";
import type { RelayTap } from "./tap.ts";

export interface RelayOptions {
  readonly client: LegSocket;
  readonly server: LegSocket;
  readonly tap: RelayTap;
  readonly clock: Clock;
  readonly cost: readonly CostMeter[];
  /** Octets of the server that were read and told before: the client gets them first. */
  readonly greeting?: Uint8Array | undefined;
  /** Whether the client may be told in IMAP why it ends; not where octets are passed through unread. */
  readonly speaks: boolean;
  /** Where the client's leg is plain, so that STARTTLS may come. */
  readonly startTls: StartTls | undefined;
  /** How long a leg may take to end in order, or to take what is left for it. */
  readonly graceMs: number;
  /** Asked after each read: its direction goes on when the promise, if there is one, settles. */
  readonly hold: () => Promise<void> | undefined;
  /** The upstream left before it said anything; returns the reason that the client is given. */
  readonly onSilentServer: (code: string) => string;
}

export interface StartTls {
  /** The server's leg has TLS already, so that imapscope answers STARTTLS itself. */
  readonly answersItself: boolean;
  readonly offers: boolean;
  /** Shakes hands; `early` is what came of the client's handshake. Where that fails, it ends both legs itself. */
  readonly upgrade: (early: Uint8Array) => Promise<Upgraded>;
}

export type Upgraded =
  | { readonly kind: "upgraded"; readonly client: LegSocket; readonly server: LegSocket }
  | { readonly kind: "ended"; readonly ending: Omit<Ending, "octets"> };

/** How a connection ended. */
export interface Ending {
  readonly by: Leg | "imapscope";
  readonly reason: string;
  readonly octets: Readonly<Record<Sender, number>>;
}
