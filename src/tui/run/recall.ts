/** Reads back what a row is about: the dialogue of an exchange, or the moment of anything else. */
import type { Micros } from "../../core/base/time.ts";
import type { Observation, ResponseObservation } from "../../core/observation.ts";
import { type Gatherer, gatherExchange } from "../details/gather.ts";
import type { EventMaterial, ExchangeMaterial, Material } from "../details/material.ts";
import type { Past } from "../past.ts";
import type { Row } from "../rows/row.ts";
import { tagText } from "../rows/tag-text.ts";

const NOT_KEPT =
  "this is no longer kept: what was seen first is given up for what comes later (--spool-max keeps more)";

/** Rejects where the past cannot be read any more, or with the reason of the signal. */
export async function recallRow(row: Row, past: Past, now: Micros, signal: AbortSignal): Promise<Material> {
  return row.exchange === undefined
    ? recallEvent(row, past, signal)
    : recallExchange(row, row.exchange, past, now, signal);
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
  { connection, kind, atMicros }: Row,
  past: Past,
  signal: AbortSignal,
): Promise<EventMaterial> {
  let found: Observation | undefined;
  let response: ResponseObservation | undefined;
  const request = { connection, fromMicros: atMicros, untilMicros: atMicros, signal };
  const snapshot = await past.recall(request, (observation) => {
    if (observation.kind === "response") response = observation;
    if (observation.atMicros !== atMicros) return;
    const isGreeting = observation.kind === "response" && observation.attribution.certainty === "greeting";
    if (observation.kind === kind || (kind === "greeting" && isGreeting)) found ??= observation;
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
