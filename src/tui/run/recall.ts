/** Reads back what a row is about: the dialogue of an exchange, or the moment of anything else. */
import type { Micros } from "../../core/base/time.ts";
import type { Observation, ResponseObservation } from "../../core/observation.ts";
import { type Gatherer, gatherExchange } from "../details/gather.ts";
import type { EventMaterial, ExchangeMaterial, Material } from "../details/material.ts";
import type { Past } from "../past.ts";
import { isRowOf } from "../rows/event-row.ts";
import type { Row, RowNumber, Rows } from "../rows/row.ts";
import { tagText } from "../rows/tag-text.ts";

const NOT_KEPT =
  "this is no longer kept: what was seen first is given up for what comes later (--spool-max keeps more)";

/** Rejects where the past cannot be read any more, or with the reason of the signal. */
export async function recallRow(
  number: RowNumber,
  rows: Pick<Rows, "row" | "underWay">,
  past: Past,
  now: Micros,
  signal: AbortSignal,
): Promise<Material> {
  const row = rows.row(number);
  if (row.exchange === undefined) return recallEvent(row, ordinalOf(row, rows), past, signal);
  const material = await recallExchange(row, row.exchange, past, now, signal);
  // Its own figures are those of its beginning, until it is over.
  const underWay = rows.underWay(number);
  if (underWay === undefined || material.exchange.end !== "inFlight") return material;
  return { ...material, exchange: { ...underWay, id: material.exchange.id } };
}

/** Rows that are looked at for those of the same moment. */
const BEHIND = 256;

/** How many rows before it look the same: a server may say the same twice in one breath. */
function ordinalOf({ number, connection, kind, atMicros, main }: Row, rows: Pick<Rows, "row">): number {
  let count = 0;
  for (let other = number - 1; other >= 0 && other >= number - BEHIND; other--) {
    const row = rows.row(other);
    if (row.kind !== "exchange" && row.atMicros < atMicros) break;
    const same = row.atMicros === atMicros && row.connection === connection;
    if (same && row.kind === kind && row.main === main) count++;
  }
  return count;
}

async function recallExchange(
  { connection, atMicros, label }: Row,
  { endMicros }: NonNullable<Row["exchange"]>,
  past: Past,
  now: Micros,
  signal: AbortSignal,
): Promise<ExchangeMaterial> {
  let gatherer: Gatherer | undefined;
  const request = { connection, fromMicros: atMicros, untilMicros: endMicros ?? now, signal };
  const snapshot = await past.recall(request, (observation) => {
    // Exchanges are numbered anew, so it is known by its time and tag.
    if (observation.kind === "exchangeStarted" && gatherer === undefined) {
      const { id, tag, timings } = observation.exchange;
      if (timings.sentMicros === atMicros && tagText(tag) === label) gatherer = gatherExchange(id);
    }
    gatherer?.take(observation);
  });
  const material = gatherer?.material(snapshot);
  if (material === undefined) throw new Error(NOT_KEPT);
  return material;
}

async function recallEvent(
  row: Row,
  ordinal: number,
  past: Past,
  signal: AbortSignal,
): Promise<EventMaterial> {
  const { connection, atMicros } = row;
  let left = ordinal;
  let found: Observation | undefined;
  let response: ResponseObservation | undefined;
  const request = { connection, fromMicros: atMicros, untilMicros: atMicros, signal };
  const snapshot = await past.recall(request, (observation) => {
    if (left < 0) return;
    if (observation.kind === "response") response = observation;
    if (!isRowOf(row, observation)) return;
    found = observation;
    left--;
  });
  if (found === undefined) throw new Error(NOT_KEPT);
  const isPush = found.kind === "push" && response?.response === found.response;
  return {
    kind: "event",
    observation: found,
    response: isPush ? response : undefined,
    connection: snapshot,
    mails: new Map(),
  };
}
