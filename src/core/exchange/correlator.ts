/**
 * Joins the two directions into exchanges: commands begin them, continuation requests and attributed responses feed them,
 * tagged responses complete them. Each exchange ends exactly once: completed, or for a reason that whoever ends it gives.
 * Finished exchanges are remembered by tag and ordinal for a while, because octets of a refused command and late results of
 * a search (RFC 7888 §4, RFC 5267 §4.3) still belong to them.
 */
import type { ConnectionId } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { CommandBegun, CommandOrdinal, ContinuationReason } from "../dialogue/event.ts";
import type { Command } from "../imap/command.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";
import type { Attribution } from "./attribution.ts";
import type { ExchangeId } from "./exchange.ts";
import { deliveryKey, type Fetched } from "./fetched.ts";
import {
  createFinishedExchanges,
  type FinishedExchanges,
  type SavedExchanges,
} from "./finished-exchanges.ts";
import {
  addCode,
  addOwn,
  addWait,
  countResponse,
  forgetWaits,
  type OpenExchange,
  openExchange,
} from "./open-exchange.ts";
import { createOpenExchanges, type OpenExchanges } from "./open-exchanges.ts";
import type { Verdict } from "./verdict.ts";

/** How many responses of each certainty, and their octets. */
export interface FetchRun {
  certain: number;
  likely: number;
  octets: number;
}

export interface Correlator {
  readonly open: OpenExchanges;
  readonly begin: (begun: CommandBegun, command: Command, mailbox: string | undefined) => OpenExchange;
  /** The exchange of an ordinal, also where it is over already. */
  readonly idOf: (ordinal: CommandOrdinal | undefined) => ExchangeId | undefined;
  /** As far back as they are remembered. */
  readonly finished: Pick<FinishedExchanges, "withTag">;
  /** A command frame, SASL line or DONE of an open exchange. */
  readonly sent: (exchange: OpenExchange, role: "command" | "sasl" | "done", frame: Frame) => void;
  readonly continued: (exchange: OpenExchange, reason: ContinuationReason | undefined, frame: Frame) => void;
  /** Counts an untagged response where the verdict puts it. */
  readonly account: (
    verdict: Verdict,
    response: Response,
    frame: Pick<Frame, "octets" | "startMicros" | "own">,
    fetched: Fetched | undefined,
  ) => void;
  /** Counts FETCH responses that follow each other and are all the answer of one exchange; what they deliver is told elsewhere. */
  readonly accountRun: (exchange: OpenExchange, run: FetchRun, startMicros: Micros) => void;
  /** The verdict as it is given out. */
  readonly attribution: (verdict: Verdict) => Attribution;
  readonly complete: (exchange: OpenExchange, response: Response, frame: Frame) => void;
  /** Takes an exchange off the open ones without a completion. */
  readonly giveUp: (exchange: OpenExchange) => void;
  /** When the last command was completed, or the server greeted. */
  readonly settle: (atMicros: Micros) => void;
  /** What it remembers, where no exchange is open. */
  readonly save: () => SavedCorrelator;
}

export interface SavedCorrelator {
  readonly finished: SavedExchanges;
  readonly settledMicros: Micros | undefined;
}

const NO_CANDIDATES: readonly ExchangeId[] = [];

export function createCorrelator(
  connection: ConnectionId,
  nextId: () => ExchangeId,
  saved?: SavedCorrelator,
): Correlator {
  return new ExchangeCorrelator(connection, nextId, saved);
}

class ExchangeCorrelator implements Correlator {
  readonly open: OpenExchanges = createOpenExchanges();
  private readonly connection: ConnectionId;
  private readonly nextId: () => ExchangeId;
  readonly finished: FinishedExchanges;
  private settledMicros: Micros | undefined;

  constructor(connection: ConnectionId, nextId: () => ExchangeId, saved: SavedCorrelator | undefined) {
    this.connection = connection;
    this.nextId = nextId;
    this.finished = createFinishedExchanges(saved?.finished);
    this.settledMicros = saved?.settledMicros;
  }

  begin(begun: CommandBegun, command: Command, mailbox: string | undefined): OpenExchange {
    const { settledMicros } = this;
    const pipelined = this.open.count() > 0 || settledMicros === undefined;
    const exchange = openExchange({
      ordinal: begun.ordinal,
      id: this.nextId(),
      connection: this.connection,
      command,
      tag: begun.tag,
      commandName: begun.name,
      mailbox,
      sentMicros: begun.startMicros,
      gapMicros: pipelined ? 0 : Math.max(0, begun.startMicros - settledMicros),
    });
    this.open.add(exchange);
    return exchange;
  }

  idOf(ordinal: CommandOrdinal | undefined): ExchangeId | undefined {
    return ordinal === undefined
      ? undefined
      : (this.open.get(ordinal)?.id ?? this.finished.withOrdinal(ordinal));
  }

  sent(exchange: OpenExchange, role: "command" | "sasl" | "done", frame: Frame): void {
    exchange.clientOctets += frame.octets;
    if (role === "done") {
      exchange.doneMicros = frame.endMicros;
      return;
    }
    if (frame.end !== "cut") exchange.sentEndMicros = frame.endMicros;
    if (role !== "command") return;
    exchange.received = frame.end !== "cut";
    forgetWaits(exchange);
    for (const literal of frame.literals) {
      if (literal.continuedMicros !== undefined) {
        addWait(exchange, literal.continuedMicros - literal.announcedMicros);
      }
    }
  }

  continued(exchange: OpenExchange, reason: ContinuationReason | undefined, frame: Frame): void {
    exchange.serverOctets += frame.octets;
    if (reason === "idle") exchange.idleStartMicros = frame.endMicros;
    if (exchange.sentEndMicros !== undefined) addWait(exchange, frame.endMicros - exchange.sentEndMicros);
  }

  account(
    verdict: Verdict,
    response: Response,
    frame: Pick<Frame, "octets" | "startMicros" | "own">,
    fetched: Fetched | undefined,
  ): void {
    const name = nameOf(response);
    for (const candidate of verdict.candidates) candidate.ambiguous++;
    const { exchange } = verdict;
    if (exchange === undefined) return;
    if (verdict.certainty === "certain") exchange.certain++;
    else exchange.likely++;
    countResponse(exchange, name);
    addOwn(exchange, frame.own);
    exchange.serverOctets += frame.octets;
    exchange.firstResponseMicros ??= frame.startMicros;
    if (response.kind === "status" && response.code !== undefined) addCode(exchange, response.code.name);
    if (fetched !== undefined) exchange.fetch?.deliver(deliveryKey(fetched.message), fetched.shape);
  }

  accountRun(exchange: OpenExchange, run: FetchRun, startMicros: Micros): void {
    exchange.certain += run.certain;
    exchange.likely += run.likely;
    countResponse(exchange, "FETCH", run.certain + run.likely);
    exchange.serverOctets += run.octets;
    exchange.firstResponseMicros ??= startMicros;
  }

  attribution(verdict: Verdict): Attribution {
    return {
      certainty: verdict.certainty,
      exchange: verdict.exchange?.id ?? verdict.finished,
      candidates: verdict.candidates.length === 0 ? NO_CANDIDATES : verdict.candidates.map(({ id }) => id),
      during: this.open.oldest()?.id,
    };
  }

  complete(exchange: OpenExchange, response: Response, frame: Frame): void {
    exchange.completedMicros = frame.endMicros;
    addOwn(exchange, frame.own);
    exchange.serverOctets += frame.octets;
    if (response.kind === "status") {
      exchange.status = response.status;
      exchange.code = response.code;
    }
    exchange.text = response.kind === "data" ? undefined : response.text;
    this.settledMicros = frame.endMicros;
    this.giveUp(exchange);
  }

  giveUp(exchange: OpenExchange): void {
    this.open.remove(exchange);
    this.finished.add(exchange);
  }

  settle(atMicros: Micros): void {
    this.settledMicros = atMicros;
  }

  save(): SavedCorrelator {
    return { finished: this.finished.save(), settledMicros: this.settledMicros };
  }
}

/** The name by which responses are counted: `FETCH`, or the status. */
export function nameOf(response: Response): string {
  switch (response.kind) {
    case "data":
      return response.name;
    case "status":
      return response.status;
    case "continuation":
      return "+";
    case "malformed":
      return response.name ?? "";
  }
}
