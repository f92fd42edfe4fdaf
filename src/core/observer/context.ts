/** What the parts of a connection's observer share. */
import type { ConnectionId } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import {
  type ConnectionModel,
  createConnectionModel,
  type StateChange,
} from "../connection/connection-model.ts";
import { createMailboxMemory, type MailboxMemory } from "../connection/mailbox-memory.ts";
import { type Correlator, createCorrelator } from "../exchange/correlator.ts";
import type { ExchangeEnd, ExchangeId } from "../exchange/exchange.ts";
import { addDefects, type OpenExchange, pictureOf } from "../exchange/open-exchange.ts";
import type { Command } from "../imap/command.ts";
import { type Defect, type DefectKind, NO_DEFECTS, type Parsed } from "../imap/defect.ts";
import type { Frame, OwnShare } from "../imap/frame.ts";
import type { NoticeCode, Observation } from "../observation.ts";
import type { WireEvent } from "../wire/event.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { FetchRuns } from "./fetch-runs.ts";
import { ownShare } from "./notices.ts";

/**
 * How deep the dialogue is looked at. `shallow` leaves ENVELOPE and BODYSTRUCTURE alone. `skim` is for those who want the
 * exchanges and what stands out, but not the dialogue itself: it reads FETCH responses up to the first of those, and observes
 * no requests, and no responses but the greeting.
 */
export type Depth = "full" | "shallow" | "skim";

export interface ObserverContext {
  readonly connection: ConnectionId;
  /** May change while the connection goes on. */
  depth: Depth;
  readonly emit: (observation: Observation) => void;
  readonly model: ConnectionModel;
  readonly correlator: Correlator;
  readonly memory: MailboxMemory;
  /** What the frame says that comes next, where it was read with the beginning of its command. */
  begun: Parsed<Command> | undefined;
  /** When what happens now happened. */
  nowMicros: Micros;
  /** When the client's last octet was read. */
  lastClientMicros: Micros | undefined;
  /** Whether a command was completed. */
  settled: boolean;
  /** The octets ended through no fault of a peer, so nothing is cut off. */
  forgivesCuts: boolean;
  /** Notices that were given, each once. */
  noticed: ReadonlySet<NoticeCode>;
}

export interface ContextOptions {
  readonly connection: ConnectionId;
  readonly midway: boolean;
  readonly depth: Depth;
  readonly emit: (observation: Observation) => void;
  readonly nextId: () => ExchangeId;
  /** One for all connections. */
  readonly fetchRuns: FetchRuns;
  /** Goes on from here, as if it had seen all before; `nextId` goes on from the ordinal in there. */
  readonly from?: Checkpoint | undefined;
}

const NOTHING_NOTICED: ReadonlySet<NoticeCode> = new Set();

export function createContext(options: ContextOptions): ObserverContext {
  const { connection, depth, emit, from } = options;
  return {
    connection,
    depth,
    emit,
    model: createConnectionModel(options.midway, from?.model),
    correlator: createCorrelator(connection, options.nextId, from?.correlator),
    memory: createMailboxMemory(from?.memory),
    begun: undefined,
    nowMicros: from?.lastMicros ?? 0,
    lastClientMicros: from?.lastClientMicros,
    settled: from?.settled ?? false,
    forgivesCuts: false,
    noticed: from === undefined ? NOTHING_NOTICED : new Set(from.noticed),
  };
}

/** When a frame is told of: when it ended, and where it was cut off or its literal refused, when that is known. */
export function toldMicros({ nowMicros }: ObserverContext, { end, endMicros }: Frame): Micros {
  return end === "cut" || end === "refused" ? nowMicros : endMicros;
}

/** Writes defects into the exchange, if it is still open, and observes each of them. */
export function reportDefects(
  context: ObserverContext,
  atMicros: Micros,
  defects: readonly Defect[],
  exchange: OpenExchange | undefined,
  exchangeId: ExchangeId | undefined = exchange?.id,
): void {
  if (defects.length === 0) return;
  if (exchange !== undefined) addDefects(exchange, defects);
  for (const defect of defects) {
    context.emit({ kind: "defect", connection: context.connection, atMicros, defect, exchange: exchangeId });
  }
}

export function notice(
  { connection, emit }: ObserverContext,
  atMicros: Micros,
  code: NoticeCode,
  text: string,
  own?: readonly OwnShare[],
): void {
  emit({ kind: "notice", connection, atMicros, code, text, ...(own === undefined ? {} : { own }) });
}

/** A notice that is given once a connection. */
export function noticeOnce(
  context: ObserverContext,
  atMicros: Micros,
  code: NoticeCode,
  text: string,
  own?: readonly OwnShare[],
): void {
  if (context.noticed.has(code)) return;
  context.noticed = new Set([...context.noticed, code]);
  notice(context, atMicros, code, text, own);
}

/** Says once of a connection that imapscope itself had a share in what was said; which frames those are, the frames say. */
export function reportOwn(context: ObserverContext, frame: Frame): void {
  const { own, from } = frame;
  const share = own?.[0];
  if (share !== undefined)
    noticeOnce(context, toldMicros(context, frame), "byImapscope", ownShare(share, from), own);
}

export function reportState(
  context: ObserverContext,
  atMicros: Micros,
  change: StateChange | undefined,
  exchange: ExchangeId | undefined,
): void {
  if (change !== undefined) {
    context.emit({ kind: "state", connection: context.connection, atMicros, ...change, exchange });
  }
}

/** Observes a fact that is an observation as it is; of any other nothing. */
export function reportFact({ connection, emit }: ObserverContext, event: WireEvent): void {
  const { atMicros } = event;
  if (event.kind === "tls" || event.kind === "starttls") emit({ kind: "tls", connection, atMicros, event });
  else if (event.kind === "end") {
    emit({ kind: "connection", connection, atMicros, event: { kind: "end", from: event.from } });
  } else if (event.kind === "open" || event.kind === "close" || event.kind === "error") {
    emit({ kind: "connection", connection, atMicros, event });
  }
}

/** Takes an exchange off the open ones, if it is still there, and observes its end. */
export function reportEnd(
  context: ObserverContext,
  atMicros: Micros,
  exchange: OpenExchange,
  end: ExchangeEnd,
): void {
  context.correlator.giveUp(exchange);
  context.emit({
    kind: "exchange",
    connection: context.connection,
    atMicros,
    exchange: pictureOf(exchange, end),
  });
}

/** Defects of several finders; of each kind only what the first finder says. */
export function merged(...lists: readonly (readonly Defect[])[]): readonly Defect[] {
  let found = NO_DEFECTS;
  for (const list of lists) {
    if (list.length === 0) continue;
    if (found.length === 0) {
      found = list;
      continue;
    }
    const known = new Set(found.map(({ kind }) => kind));
    found = [...found, ...list.filter(({ kind }) => !known.has(kind))];
  }
  return found;
}

/** What is a mistake only as long as names are modified UTF-7 and strings 7-bit (RFC 9755 §3). */
const BEFORE_UTF8: ReadonlySet<DefectKind> = new Set<DefectKind>([
  "client-8bit",
  "server-8bit",
  "mailbox-name-utf7",
  "server-mailbox-name-utf7",
]);

/** Drops what is no defect once the connection is known: parsers see one frame. */
export function judged(context: ObserverContext, defects: readonly Defect[]): readonly Defect[] {
  if (defects.length === 0) return defects;
  const { model, forgivesCuts } = context;
  const utf8 = model.enabled.has("UTF8=ACCEPT") || model.enabled.has("IMAP4REV2");
  return defects.filter(({ kind }) => {
    if (kind === "client-cut" || kind === "server-cut") return !forgivesCuts;
    return !utf8 || !BEFORE_UTF8.has(kind);
  });
}
