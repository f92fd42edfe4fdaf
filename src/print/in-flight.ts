/**
 * Which exchanges have been running for so long that a line should say so: after 1 s, 10 s, 100 s and so on, an IDLE once.
 * Time comes in with every observation and, live, by ticks; the answer does not depend on how often.
 */
import { ByOrdinal } from "../core/base/by-ordinal.ts";
import type { Micros } from "../core/base/time.ts";
import type { Exchange, ExchangeId } from "../core/exchange/exchange.ts";

const FIRST_MICROS = 1_000_000;
const NEXT_FACTOR = 10;

export interface Overdue {
  readonly exchange: Exchange;
  /** When it had been running for `runningMicros`. */
  readonly atMicros: Micros;
  readonly runningMicros: Micros;
}

export interface InFlight {
  readonly start: (exchange: Exchange) => void;
  readonly end: (id: ExchangeId) => void;
  /** The lines that are due up to this time, in the order of time; each only once. */
  readonly due: (now: Micros) => readonly Overdue[];
  /** An exchange that is open, as it was when it began. */
  readonly open: (id: ExchangeId) => Exchange | undefined;
}

interface Running {
  readonly ordinal: ExchangeId;
  readonly exchange: Exchange;
  /** Undefined where no further line is due. */
  nextMicros: Micros | undefined;
}

export function createInFlight(): InFlight {
  const running = new ByOrdinal<Running>();
  // Not later than the first line due, so that the exchanges need not be looked through at every observation.
  let earliest = Number.POSITIVE_INFINITY;

  function* take(one: Running, now: Micros): Generator<Overdue> {
    const { exchange } = one;
    const { sentMicros } = exchange.timings;
    while (one.nextMicros !== undefined && sentMicros + one.nextMicros <= now) {
      yield { exchange, atMicros: sentMicros + one.nextMicros, runningMicros: one.nextMicros };
      one.nextMicros = exchange.commandName === "IDLE" ? undefined : one.nextMicros * NEXT_FACTOR;
    }
    if (one.nextMicros !== undefined) earliest = Math.min(earliest, sentMicros + one.nextMicros);
  }

  return {
    start(exchange) {
      running.add({ ordinal: exchange.id, exchange, nextMicros: FIRST_MICROS });
      earliest = Math.min(earliest, exchange.timings.sentMicros + FIRST_MICROS);
    },
    end(id) {
      running.remove(id);
    },
    due(now) {
      if (now < earliest) return [];
      earliest = Number.POSITIVE_INFINITY;
      const overdue = [...running].flatMap((one) => [...take(one, now)]);
      return overdue.sort((a, b) => a.atMicros - b.atMicros);
    },
    open(id) {
      return running.get(id)?.exchange;
    },
  };
}
