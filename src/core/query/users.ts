/** Who is logged in on which connection, as far as LOGIN tells it: SASL hides the user among the credentials. */
import type { ConnectionId } from "../base/leg.ts";
import type { Observation } from "../observation.ts";
import { exchangeOf } from "./field-table.ts";

/** Connections remembered; over it the oldest are forgotten. */
const CONNECTIONS_KEPT = 100_000;

export interface Users {
  /** Takes every observation in order; gives the user of its connection, or whom it tries to log in. */
  readonly take: (observation: Observation) => string | undefined;
  /** Whose LOGIN was accepted last, and not followed by a login whose name is hidden. */
  readonly of: (connection: ConnectionId) => string | undefined;
}

/** Once one of these is accepted, whoever was logged in before no longer is (RFC 8437 §3). */
const OTHERS: ReadonlySet<string> = new Set(["AUTHENTICATE", "UNAUTHENTICATE"]);

export function createUsers(): Users {
  const users = new Map<ConnectionId, string>();
  return {
    take(observation) {
      const { connection } = observation;
      const exchange = exchangeOf(observation);
      const detail = exchange?.command.detail;
      if (detail?.kind === "login") {
        if (exchange?.status === "OK" && detail.user !== undefined) {
          users.set(connection, detail.user);
          const oldest = users.size > CONNECTIONS_KEPT ? users.keys().next() : undefined;
          if (oldest !== undefined && !oldest.done) users.delete(oldest.value);
        }
        return detail.user;
      }
      const user = users.get(connection);
      if (exchange?.status === "OK" && OTHERS.has(exchange.commandName)) users.delete(connection);
      if (observation.kind === "connection" && observation.event.kind === "close") users.delete(connection);
      return user;
    },
    of: (connection) => users.get(connection),
  };
}
