/** An exchange while it is open: what the correlator writes down of it, and the immutable picture that it gives out. */
import type { ConnectionId } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { written } from "../base/short-list.ts";
import type { Micros } from "../base/time.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { Command } from "../imap/command.ts";
import type { Defect } from "../imap/defect.ts";
import type { OwnShare } from "../imap/frame.ts";
import type { ChannelBinding } from "../imap/gs2-header.ts";
import type { ResponseCode, Status } from "../imap/response.ts";
import type { Exchange, ExchangeEnd, ExchangeId } from "./exchange.ts";
import type { FetchDelivery } from "./fetch-delivery.ts";
import type { MessageSet } from "./message-set.ts";
import { timingsOf } from "./timing.ts";

/** Open exchanges of one name that attribution looks at, oldest first: servers answer in order, or nearly so. */
export const CANDIDATES = 64;

export interface OpenExchange {
  readonly ordinal: CommandOrdinal;
  readonly id: ExchangeId;
  readonly connection: ConnectionId;
  readonly tag: string;
  readonly commandName: string;
  command: Command;
  /** Whether all literals of the command came. */
  received: boolean;
  mailbox: string | undefined;
  /** The messages that the command names, read with the view at that time; undefined where it names none. */
  messages: MessageSet | undefined;
  /** For FETCH: what was asked and what came. */
  fetch: FetchDelivery | undefined;
  /** What the client's first message of an authentication exchange says of channel binding. */
  binding: ChannelBinding | undefined;
  readonly sentMicros: Micros;
  sentEndMicros: Micros | undefined;
  firstResponseMicros: Micros | undefined;
  completedMicros: Micros | undefined;
  readonly gapMicros: Micros;
  continuationMicros: Micros[];
  idleStartMicros: Micros | undefined;
  doneMicros: Micros | undefined;
  certain: number;
  likely: number;
  ambiguous: number;
  responseNames: Map<string, number>;
  /** Names of the response codes of its untagged status responses. */
  codes: Set<string>;
  clientOctets: number;
  serverOctets: number;
  defects: Defect[];
  status: Status | undefined;
  code: ResponseCode | undefined;
  text: string | undefined;
  /** What of its answers is imapscope's own doing. */
  own: readonly OwnShare[] | undefined;
}

/** Of most exchanges nothing is to be kept: these stand for collections that nothing was put in, and are never put into. */
const NO_WAITS: Micros[] = [];
const NO_NAMES: Map<string, number> = new Map();
const NO_CODES: Set<string> = new Set();
const NO_DEFECTS: Defect[] = [];

export interface Beginning {
  readonly ordinal: CommandOrdinal;
  readonly id: ExchangeId;
  readonly connection: ConnectionId;
  readonly command: Command;
  readonly tag: string;
  readonly commandName: string;
  readonly mailbox: string | undefined;
  readonly sentMicros: Micros;
  readonly gapMicros: Micros;
}

export function openExchange(beginning: Beginning): OpenExchange {
  return {
    ordinal: beginning.ordinal,
    id: beginning.id,
    connection: beginning.connection,
    tag: beginning.tag,
    commandName: beginning.commandName,
    command: beginning.command,
    mailbox: beginning.mailbox,
    sentMicros: beginning.sentMicros,
    gapMicros: beginning.gapMicros,
    received: false,
    messages: undefined,
    fetch: undefined,
    binding: undefined,
    sentEndMicros: undefined,
    firstResponseMicros: undefined,
    completedMicros: undefined,
    continuationMicros: NO_WAITS,
    idleStartMicros: undefined,
    doneMicros: undefined,
    certain: 0,
    likely: 0,
    ambiguous: 0,
    responseNames: NO_NAMES,
    codes: NO_CODES,
    clientOctets: 0,
    serverOctets: 0,
    defects: NO_DEFECTS,
    status: undefined,
    code: undefined,
    text: undefined,
    own: undefined,
  };
}

/** Writes down what of an answer is imapscope's own doing, up to LIMITS.responsesKept of one exchange. */
export function addOwn(open: OpenExchange, own: readonly OwnShare[] | undefined): void {
  const before = open.own ?? [];
  if (own !== undefined && before.length < LIMITS.responsesKept) open.own = [...before, ...own];
}

/** Writes a defect down, up to LIMITS.responsesKept of one exchange; all of them are observed. */
export function addDefects(open: OpenExchange, defects: readonly Defect[]): void {
  if (open.defects === NO_DEFECTS) open.defects = [];
  for (const defect of defects) {
    if (open.defects.length >= LIMITS.responsesKept) return;
    open.defects.push(defect);
  }
}

/** Writes down how long the client waited for a continuation request. */
export function addWait(open: OpenExchange, micros: Micros): void {
  const { continuationMicros: waits } = open;
  if (waits.length < LIMITS.responsesKept)
    open.continuationMicros = written(waits, waits.length, Math.max(0, micros));
}

/** Forgets the waits: those of literals come exactly with the frame of the command. */
export function forgetWaits(open: OpenExchange): void {
  open.continuationMicros = NO_WAITS;
}

/** Writes the name of a response code down. */
export function addCode(open: OpenExchange, name: string): void {
  if (open.codes === NO_CODES) open.codes = new Set();
  if (open.codes.size < LIMITS.responsesKept) open.codes.add(name);
}

/** Counts responses of a name that belong to it. */
export function countResponse(open: OpenExchange, name: string, responses = 1): void {
  if (open.responseNames === NO_NAMES) open.responseNames = new Map();
  const names = open.responseNames;
  if (names.has(name) || names.size < LIMITS.responsesKept)
    names.set(name, (names.get(name) ?? 0) + responses);
}

/**
 * A picture of it, for when it begins and for when it is over: its collections are not copied, because then they are empty, or
 * do not change any more.
 */
export function pictureOf(open: OpenExchange, end: ExchangeEnd): Exchange {
  return {
    id: open.id,
    connection: open.connection,
    tag: open.tag,
    commandName: open.commandName,
    command: open.command,
    mailbox: open.mailbox,
    end,
    status: open.status,
    code: open.code,
    text: open.text,
    attributed: { certain: open.certain, likely: open.likely, ambiguous: open.ambiguous },
    responseNames: open.responseNames,
    octets: { clientToServer: open.clientOctets, serverToClient: open.serverOctets },
    timings: timingsOf(open),
    defects: open.defects,
    own: open.own,
  };
}
