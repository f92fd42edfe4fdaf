/**
 * Joins the two directions into exchanges: commands begin them, continuation requests and attributed responses feed them,
 * tagged responses complete them. Each exchange ends exactly once: completed, or for a reason that whoever ends it gives.
 * Finished exchanges are remembered by tag and ordinal for a while, because octets of a refused command and late results of
 * a search (RFC 7888 §4, RFC 5267 §4.3) still belong to them.
 */
import type { ConnectionId } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import type { Micros } from "../base/time.ts";
import type { CommandBegun, CommandOrdinal, ContinuationReason } from "../dialogue/event.ts";
import type { Command } from "../imap/command.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";
import type { Attribution } from "./attribution.ts";
import type { ExchangeId } from "./exchange.ts";
import { deliveryKey, type Fetched } from "./fetched.ts";
import { countResponse, type OpenExchange, openExchange } from "./open-exchange.ts";
import { createOpenExchanges, type OpenExchanges } from "./open-exchanges.ts";
import type { Verdict } from "./verdict.ts";

export interface Correlator {
  readonly open: OpenExchanges;
  readonly begin: (begun: CommandBegun, command: Command, mailbox: string | undefined) => OpenExchange;
  /** The exchange of an ordinal, also where it is over already. */
  readonly idOf: (ordinal: CommandOrdinal | undefined) => ExchangeId | undefined;
  readonly finished: (tag: string) => ExchangeId | undefined;
  /** A command frame, SASL line or DONE of an open exchange. */
  readonly sent: (exchange: OpenExchange, role: "command" | "sasl" | "done", frame: Frame) => void;
  readonly continued: (exchange: OpenExchange, reason: ContinuationReason | undefined, frame: Frame) => void;
  /** Counts an untagged response where the verdict puts it. */
  readonly account: (
    verdict: Verdict,
    response: Response,
    frame: Pick<Frame, "octets" | "startMicros">,
    fetched: Fetched | undefined,
  ) => void;
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

/**
 * Exchanges are named by the ordinals of their commands, which are their ids where the connection alone is numbered. There are
 * many of these, so they are small.
 */
export interface SavedCorrelator {
  readonly ordinals: Uint32Array;
  readonly tags: SavedTags;
  readonly updating: SavedTags;
  readonly settledMicros: Micros | undefined;
}

interface SavedTags {
  /** Each with a line feed behind it, which no tag can hold. */
  readonly text: string;
  readonly ordinals: Uint32Array;
}

/** An exchange that is over. */
interface Finished {
  readonly ordinal: CommandOrdinal;
  readonly id: ExchangeId;
}

/** Continuation requests whose waits are kept of one exchange. */
const WAITS_KEPT = LIMITS.responsesKept;
const NO_CANDIDATES: readonly ExchangeId[] = [];
/** Finished exchanges that are remembered. */
const REMEMBERED = LIMITS.responsesKept;

export function createCorrelator(
  connection: ConnectionId,
  nextId: () => ExchangeId,
  saved?: SavedCorrelator,
): Correlator {
  const open = createOpenExchanges();
  const finishedOrdinals = new Map<CommandOrdinal, Finished>();
  for (const ordinal of saved?.ordinals ?? []) finishedOrdinals.set(ordinal, { ordinal, id: ordinal });
  const finishedTags = restoredTags(saved?.tags);
  /** Searches that asked for updates stay of interest for as long as the connection lives. */
  const updating = restoredTags(saved?.updating);
  let settledMicros = saved?.settledMicros;

  function begin(begun: CommandBegun, command: Command, mailbox: string | undefined): OpenExchange {
    const pipelined = open.count() > 0 || settledMicros === undefined;
    const exchange = openExchange({
      ordinal: begun.ordinal,
      id: nextId(),
      connection,
      command,
      tag: begun.tag,
      commandName: begun.name,
      mailbox,
      sentMicros: begun.startMicros,
      gapMicros: pipelined ? 0 : Math.max(0, begun.startMicros - (settledMicros ?? 0)),
    });
    open.add(exchange);
    return exchange;
  }

  function sent(exchange: OpenExchange, role: "command" | "sasl" | "done", frame: Frame): void {
    exchange.clientOctets += frame.octets;
    if (role === "done") {
      exchange.doneMicros = frame.endMicros;
      return;
    }
    if (frame.end !== "cut") exchange.sentEndMicros = frame.endMicros;
    if (role !== "command") return;
    exchange.received = frame.end !== "cut";
    exchange.continuationMicros.length = 0;
    for (const literal of frame.literals) {
      if (literal.continuedMicros !== undefined) {
        addWait(exchange, literal.continuedMicros - literal.announcedMicros);
      }
    }
  }

  function continued(exchange: OpenExchange, reason: ContinuationReason | undefined, frame: Frame): void {
    exchange.serverOctets += frame.octets;
    if (reason === "idle") exchange.idleStartMicros = frame.endMicros;
    // The waits of literals come exactly with the frame of the command.
    if (exchange.sentEndMicros !== undefined) addWait(exchange, frame.endMicros - exchange.sentEndMicros);
  }

  function addWait(exchange: OpenExchange, micros: Micros): void {
    if (exchange.continuationMicros.length < WAITS_KEPT)
      exchange.continuationMicros.push(Math.max(0, micros));
  }

  function account(
    verdict: Verdict,
    response: Response,
    frame: Pick<Frame, "octets" | "startMicros">,
    fetched: Fetched | undefined,
  ): void {
    const name = nameOf(response);
    for (const candidate of verdict.candidates) candidate.ambiguous++;
    const { exchange } = verdict;
    if (exchange === undefined) return;
    if (verdict.certainty === "certain") exchange.certain++;
    else exchange.likely++;
    countResponse(exchange, name);
    exchange.serverOctets += frame.octets;
    exchange.firstResponseMicros ??= frame.startMicros;
    if (response.kind === "status" && response.code !== undefined && exchange.codes.size < WAITS_KEPT) {
      exchange.codes.add(response.code.name);
    }
    if (fetched !== undefined) exchange.fetch?.deliver(deliveryKey(fetched.message), fetched.shape);
  }

  function complete(exchange: OpenExchange, response: Response, frame: Frame): void {
    exchange.completedMicros = frame.endMicros;
    exchange.serverOctets += frame.octets;
    if (response.kind === "status") {
      exchange.status = response.status;
      exchange.code = response.code;
    }
    exchange.text = response.kind === "data" ? undefined : response.text;
    settledMicros = frame.endMicros;
    remove(exchange);
  }

  function remove(exchange: OpenExchange): void {
    open.remove(exchange);
    const finished: Finished = { ordinal: exchange.ordinal, id: exchange.id };
    remember(finishedOrdinals, exchange.ordinal, finished);
    remember(finishedTags, exchange.tag, finished);
    const { detail } = exchange.command;
    if (detail.kind === "search" && detail.returns?.includes("UPDATE") === true) {
      remember(updating, exchange.tag, finished);
    }
  }

  return {
    open,
    begin,
    idOf: (ordinal) =>
      ordinal === undefined ? undefined : (open.get(ordinal)?.id ?? finishedOrdinals.get(ordinal)?.id),
    finished: (tag) => (finishedTags.get(tag) ?? updating.get(tag))?.id,
    sent,
    continued,
    account,
    attribution: (verdict) => ({
      certainty: verdict.certainty,
      exchange: verdict.exchange?.id ?? verdict.finished,
      candidates: verdict.candidates.length === 0 ? NO_CANDIDATES : verdict.candidates.map(({ id }) => id),
      during: open.oldest()?.id,
    }),
    complete,
    giveUp: remove,
    settle: (atMicros) => {
      settledMicros = atMicros;
    },
    save: () => ({
      ordinals: Uint32Array.from(finishedOrdinals.keys()),
      tags: savedTags(finishedTags),
      updating: savedTags(updating),
      settledMicros,
    }),
  };
}

function savedTags(tags: ReadonlyMap<string, Finished>): SavedTags {
  let text = "";
  for (const tag of tags.keys()) text += `${tag}\n`;
  return { text, ordinals: Uint32Array.from(tags.values(), ({ ordinal }) => ordinal) };
}

function restoredTags(saved: SavedTags | undefined): Map<string, Finished> {
  const tags = new Map<string, Finished>();
  const names = saved?.text.split("\n") ?? [];
  saved?.ordinals.forEach((ordinal, i) => {
    tags.set(names[i] ?? "", { ordinal, id: ordinal });
  });
  return tags;
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

/** A map that forgets its oldest entry once it is full. */
function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= REMEMBERED) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
