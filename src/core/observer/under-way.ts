/** An exchange of which the end is yet to come, as it stands now: for who watches, and is told of it only when it is over. */
import type { Dialogue } from "../dialogue/dialogue.ts";
import type { Exchange, ExchangeId } from "../exchange/exchange.ts";
import { type OpenExchange, pictureOf } from "../exchange/open-exchange.ts";
import type { ObserverContext } from "./context.ts";

/**
 * With what has come of the frames that are still being received. The client's is of the one command that is not complete. Whose
 * the server's is shows at its end: until then it counts for the command that has waited longest, because servers answer in
 * order or nearly so, but for IDLE, whose answers are news. The lists in it go on growing with the exchange.
 */
export function exchangeUnderWay(
  { correlator: { open } }: Pick<ObserverContext, "correlator">,
  dialogue: Pick<Dialogue, "underWay">,
  id: ExchangeId,
): Exchange | undefined {
  const exchange = open.withId(id);
  if (exchange === undefined) return undefined;
  const up = exchange.received ? undefined : dialogue.underWay("client");
  const down = isAnswered(exchange) && exchange === open.oldest() ? dialogue.underWay("server") : undefined;
  if (up === undefined && down === undefined) return pictureOf(exchange, "inFlight");
  const grown: OpenExchange = {
    ...exchange,
    clientOctets: exchange.clientOctets + (up?.octets ?? 0),
    serverOctets: exchange.serverOctets + (down?.octets ?? 0),
    firstResponseMicros: exchange.firstResponseMicros ?? down?.startMicros,
  };
  return pictureOf(grown, "inFlight");
}

function isAnswered({ received, commandName }: OpenExchange): boolean {
  return received && commandName !== "IDLE";
}
