/** The connections: who, whereto, as whom, in which state, and how much went by. */
import type { ConnectionId, Leg } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { ConnectionState } from "../../core/connection/state.ts";
import type { Exchange } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import { createUsers } from "../../core/query/users.ts";
import { createSelections, type Selection } from "./selections.ts";

export interface ConnectionRow {
  readonly id: ConnectionId;
  readonly client: string;
  readonly upstream: string;
  readonly listener: string;
  readonly midway: boolean;
  readonly openedMicros: Micros;
  readonly closedMicros: Micros | undefined;
  readonly closedBy: string;
  readonly state: ConnectionState;
  readonly mailbox: string | undefined;
  readonly readOnly: boolean;
  /** From the LOGIN that was accepted; SASL hides it among the credentials. */
  readonly user: string | undefined;
  /** Protocol and cipher of each leg; empty where there is no TLS. */
  readonly tls: Readonly<Record<Leg, string>>;
  readonly compressed: boolean;
  readonly exchanges: number;
  readonly inFlight: number;
  readonly failed: number;
  readonly pushes: number;
  readonly defects: number;
  readonly up: number;
  readonly down: number;
}

export interface ConnectionTable {
  readonly add: (observation: Observation) => void;
  /** In the order in which they were opened. */
  readonly all: () => readonly ConnectionRow[];
  readonly get: (id: ConnectionId) => ConnectionRow | undefined;
  readonly open: () => number;
  readonly isOpenAt: (id: ConnectionId, atMicros: Micros) => boolean;
  /** The mailbox that a connection had selected at a time, or last before it. */
  readonly selectionAt: (id: ConnectionId, atMicros: Micros) => Selection | undefined;
  /** Who was logged in, or tried to be, as of an observation: the last one added. */
  readonly userOf: (observation: Observation) => string | undefined;
}

type Changing = { -readonly [Key in keyof ConnectionRow]: ConnectionRow[Key] } & { tls: Record<Leg, string> };

export function createConnectionTable(): ConnectionTable {
  const byId = new Map<ConnectionId, Changing>();
  const rows: Changing[] = [];
  const users = createUsers();
  const selections = createSelections();
  let open = 0;
  let last: { readonly observation: Observation; readonly user: string | undefined } | undefined;

  function rowOf({ connection, atMicros }: Observation): Changing {
    const known = byId.get(connection);
    if (known !== undefined) return known;
    const row: Changing = {
      ...{ id: connection, client: "", upstream: "", listener: "", midway: true, openedMicros: atMicros },
      ...{ closedMicros: undefined, closedBy: "", state: "unknown", mailbox: undefined, readOnly: false },
      ...{ user: undefined, tls: { client: "", server: "" }, compressed: false, exchanges: 0, inFlight: 0 },
      ...{ failed: 0, pushes: 0, defects: 0, up: 0, down: 0 },
    };
    byId.set(connection, row);
    rows.push(row);
    open++;
    return row;
  }

  function take(row: Changing, observation: Observation): void {
    switch (observation.kind) {
      case "connection":
        takeConnection(row, observation.event, observation.atMicros);
        return;
      case "tls": {
        const { event } = observation;
        row.tls[event.leg] = event.kind === "starttls" ? "STARTTLS" : `${event.protocol} ${event.cipher}`;
        return;
      }
      case "state":
        row.state = observation.to;
        row.mailbox = observation.mailbox;
        row.readOnly = observation.readOnly;
        selections.add(row.id, observation.atMicros, observation.mailbox);
        return;
      case "exchangeStarted":
        row.exchanges++;
        row.inFlight++;
        return;
      case "exchange":
        takeExchange(row, observation.exchange);
        return;
      case "push":
        row.pushes++;
        row.down += observation.octets;
        return;
      case "defect":
        row.defects++;
        return;
      default:
    }
  }

  function takeConnection(
    row: Changing,
    event: Extract<Observation, { kind: "connection" }>["event"],
    atMicros: Micros,
  ): void {
    if (event.kind === "open") {
      const { client, upstream, listener, midway } = event;
      Object.assign(row, { client, upstream, listener, midway, openedMicros: atMicros });
      if (!midway) row.state = "notAuthenticated";
    } else if (event.kind === "close" && row.closedMicros === undefined) {
      row.closedMicros = atMicros;
      row.closedBy = event.by;
      row.inFlight = 0;
      open--;
    }
  }

  function takeExchange(row: Changing, { status, octets, commandName, tag }: Exchange): void {
    row.inFlight = Math.max(0, row.inFlight - 1);
    row.up += octets.clientToServer;
    row.down += octets.serverToClient;
    if (status !== "OK") row.failed++;
    if (status === "OK" && commandName === "COMPRESS" && tag !== "") row.compressed = true;
  }

  return {
    add: (observation) => {
      if (observation.kind === "request" || observation.kind === "response") return;
      const row = rowOf(observation);
      const user = users.take(observation);
      last = { observation, user };
      if (observation.kind === "exchange") row.user = users.of(row.id);
      take(row, observation);
    },
    all: () => rows,
    get: (id) => byId.get(id),
    open: () => open,
    isOpenAt: (id, atMicros) => {
      const row = byId.get(id);
      if (row === undefined || atMicros < row.openedMicros) return false;
      return row.closedMicros === undefined || atMicros < row.closedMicros;
    },
    selectionAt: selections.at,
    userOf: (observation) =>
      last?.observation === observation ? last.user : byId.get(observation.connection)?.user,
  };
}
