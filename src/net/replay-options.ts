/** What the connection of one client of a replay needs. */
import type { Player } from "../core/replay/player.ts";
import type { ClientContextFor } from "./client-context.ts";
import type { Clock } from "./clock.ts";
import type { FairTurns } from "./fair-turns.ts";
import type { ServerOctets } from "./server-octets.ts";

export interface ReplayConnectionOptions {
  /** Whether TLS begins at once. */
  readonly secure: boolean;
  /** Called once TLS is there, where it begins at once. */
  readonly createPlayer: () => Player;
  readonly octets: ServerOctets;
  readonly contextFor: ClientContextFor;
  /** Times as recorded at 1, twice as fast at 2, without waiting at `undefined`. */
  readonly speed: number | undefined;
  readonly clock: Clock;
  /** Shared with the other connections. */
  readonly turns: FairTurns;
  readonly handshakeTimeoutMs: number;
  /** A client that says and reads nothing for so long is let go, and told of. */
  readonly idleTimeoutMs: number;
  readonly onTimeout: () => void;
  readonly graceMs: number;
}
