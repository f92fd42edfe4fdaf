/** What was seen that a person may want to type: completions offer it. */
import type { Observation } from "../../core/observation.ts";
import type { Seen } from "../../core/query/field-values.ts";
import type { ConnectionTable } from "../rows/connection-table.ts";
import type { Rows } from "../rows/row.ts";

export interface SeenValues {
  readonly add: (observation: Observation) => void;
  readonly values: () => Seen;
}

const MAILBOXES_KEPT = 1000;
/** Rows, from the newest back, whose tags are offered. */
const TAGS_FROM = 200;

export function createSeen(rows: Rows, connections: ConnectionTable): SeenValues {
  const mailboxes = new Set<string>();

  function tags(): string[] {
    const found: string[] = [];
    for (let row = rows.count() - 1; row >= 0 && row >= rows.count() - TAGS_FROM; row--) {
      if (rows.kind(row) === "exchange") found.push(rows.row(row).label);
    }
    return [...new Set(found)];
  }

  return {
    add: (observation) => {
      if (observation.kind !== "exchangeStarted" && observation.kind !== "state") return;
      const name = observation.kind === "state" ? observation.mailbox : observation.exchange.mailbox;
      if (name !== undefined && mailboxes.size < MAILBOXES_KEPT) mailboxes.add(name);
    },
    values: () => {
      const users = connections.all().flatMap(({ user }) => (user === undefined ? [] : [user]));
      return {
        connections: connections.all().map(({ id }) => id),
        mailboxes: [...mailboxes],
        users: [...new Set(users)],
        tags: tags(),
      };
    },
  };
}
