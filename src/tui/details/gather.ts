/** Gathers, from the observations of a connection, what the details of one exchange are made of. Memory is bounded. */
import type { ConnectionSnapshot } from "../../core/connection/snapshot.ts";
import type { Exchange, ExchangeId } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import type { DialogueEntry, ExchangeMaterial } from "./material.ts";

/** Entries that are kept of one exchange. */
const KEPT = 20_000;

export interface Gatherer {
  readonly take: (observation: Observation) => void;
  /** What came together so far; undefined as long as the exchange has not begun. */
  readonly material: (connection: ConnectionSnapshot | undefined) => ExchangeMaterial | undefined;
}

/** `id` is that by which the observations name the exchange. */
export function gatherExchange(id: ExchangeId, kept = KEPT): Gatherer {
  const dialogue: DialogueEntry[] = [];
  let exchange: Exchange | undefined;
  let leftOut = 0;

  function add(entry: DialogueEntry): void {
    if (dialogue.length < kept) dialogue.push(entry);
    else leftOut++;
  }

  return {
    take: (seen) => {
      if (seen.kind === "exchange" || seen.kind === "exchangeStarted") {
        if (seen.exchange.id === id) exchange = seen.exchange;
      } else if (belongs(seen, id, exchange?.end === "inFlight")) add(seen);
    },
    material: (connection) =>
      exchange && { kind: "exchange", exchange, dialogue, leftOut, id, connection, mails: new Map() },
  };
}

function belongs(seen: Observation, id: ExchangeId, running: boolean): seen is DialogueEntry {
  switch (seen.kind) {
    case "request":
    case "state":
      return seen.exchange === id;
    case "response": {
      const { exchange, candidates, during, certainty } = seen.attribution;
      if (exchange === id || candidates.includes(id)) return true;
      return certainty === "unsolicited" && (during === id || (running && during !== undefined));
    }
    case "push":
      return seen.during === id || seen.late === id || (running && seen.during !== undefined);
    case "defect":
      return seen.exchange === id;
    case "notice":
      return running;
    default:
      return false;
  }
}
