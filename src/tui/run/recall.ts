/** Reads back what a row is about: the dialogue of an exchange, or the moment of anything else. */
import type { Micros } from "../../core/base/time.ts";
import type { Exchange, ExchangeId } from "../../core/exchange/exchange.ts";
import type { Observation, ResponseObservation } from "../../core/observation.ts";
import type { EventMaterial, ExchangeMaterial, Material } from "../details/material.ts";
import type { Past } from "../past.ts";
import type { Row } from "../rows/row.ts";
import { tagText } from "../rows/tag-text.ts";

/** Observations that are shown of one exchange; nobody reads more, and each holds a parsed response. */
const KEPT = 20_000;

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
  const dialogue: ExchangeMaterial["dialogue"][number][] = [];
  let exchange: ExchangeMaterial["exchange"] | undefined;
  let leftOut = 0;
  let open = false;
  /** Exchanges are numbered anew, so it is known by its time and tag. */
  let id: ExchangeId | undefined;
  const untilMicros = endMicros ?? now;
  const isSame = ({ timings, tag }: Exchange): boolean =>
    timings.sentMicros === atMicros && tagText(tag) === label;
  const snapshot = await past.recall({ connection, untilMicros, signal }, (observation) => {
    if (observation.kind === "exchangeStarted" && isSame(observation.exchange))
      id ??= observation.exchange.id;
    if (observation.kind === "exchangeStarted" || observation.kind === "exchange") {
      if (observation.exchange.id !== id) return;
      exchange = observation.exchange;
      open = observation.kind === "exchangeStarted";
    } else if (observation.kind === "connection" || observation.kind === "tls") return;
    else if (!belongs(observation, id, open)) return;
    else if (dialogue.length < KEPT) dialogue.push(observation);
    else leftOut++;
  });
  if (exchange === undefined) throw new Error("this exchange is no longer kept");
  return { kind: "exchange", exchange, dialogue, leftOut, id: exchange.id, connection: snapshot };
}

function belongs(observation: Observation, id: ExchangeId | undefined, open: boolean): boolean {
  if (id === undefined) return false;
  switch (observation.kind) {
    case "request":
    case "defect":
    case "state":
      return observation.exchange === id;
    case "response":
      return observation.attribution.exchange === id || observation.attribution.candidates.includes(id);
    case "push":
      return observation.during === id || observation.late === id;
    default:
      return open;
  }
}

async function recallEvent(
  { connection, kind, atMicros }: Row,
  past: Past,
  signal: AbortSignal,
): Promise<EventMaterial> {
  let found: Observation | undefined;
  let response: ResponseObservation | undefined;
  const snapshot = await past.recall({ connection, untilMicros: atMicros, signal }, (observation) => {
    if (observation.kind === "response") response = observation;
    if (observation.atMicros !== atMicros) return;
    const isGreeting = observation.kind === "response" && observation.attribution.certainty === "greeting";
    if (observation.kind === kind || (kind === "greeting" && isGreeting)) found ??= observation;
  });
  if (found === undefined) throw new Error("this is no longer kept");
  const isPush = found.kind === "push" && response?.response === found.response;
  return { kind: "event", observation: found, response: isPush ? response : undefined, connection: snapshot };
}
