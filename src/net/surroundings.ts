/** What all connections of a proxy share: its settings, and where its facts and notices go. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Intake } from "../core/intake.ts";
import type { ClientContextFor } from "./client-context.ts";
import type { Clock } from "./clock.ts";
import type { CostMeter } from "./cost.ts";
import type { Diallers } from "./diallers.ts";
import type { Notice } from "./notice.ts";
import type { ProxyProtocol } from "./proxy-header.ts";
import type { Rest } from "./rest.ts";
import type { Routes } from "./routes.ts";
import type { TlsSettings } from "./tls-settings.ts";
import type { Dialler } from "./upstream.ts";

export interface Surroundings {
  readonly routes: Routes;
  readonly diallers: Diallers;
  readonly contextFor: ClientContextFor;
  readonly tls: TlsSettings;
  readonly clock: Clock;
  /** When the octets of any of them are looked at. */
  readonly rest: Rest;
  readonly totalCost: CostMeter;
  readonly plainUpstream: boolean;
  /** The upstreams of which the user was told that TLS clients are relayed to them in clear text, with the code of why. */
  readonly clearTold: WeakMap<Dialler, string>;
  readonly proxyProtocol: ProxyProtocol | undefined;
  readonly offerStartTls: boolean;
  readonly handshakeTimeoutMs: number;
  readonly graceMs: number;
  readonly silenceMs: number;
  readonly clientSilenceMs: number;
  readonly caPath: string | undefined;
  readonly createIntake: (connection: ConnectionId) => Intake;
  readonly hold: () => Promise<void> | undefined;
  readonly onNotice: (notice: Notice) => void;
}
