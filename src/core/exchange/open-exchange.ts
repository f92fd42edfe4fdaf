/** An exchange while it is open: what the correlator writes down of it, and the immutable picture that it gives out. */
import type { ConnectionId } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import type { Micros } from "../base/time.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { Command } from "../imap/command.ts";
import type { Defect } from "../imap/defect.ts";
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
  readonly continuationMicros: Micros[];
  idleStartMicros: Micros | undefined;
  doneMicros: Micros | undefined;
  certain: number;
  likely: number;
  ambiguous: number;
  readonly responseNames: Map<string, number>;
  /** Names of the response codes of its untagged status responses. */
  readonly codes: Set<string>;
  clientOctets: number;
  serverOctets: number;
  readonly defects: Defect[];
  status: Status | undefined;
  code: ResponseCode | undefined;
  text: string | undefined;
}

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
    continuationMicros: [],
    idleStartMicros: undefined,
    doneMicros: undefined,
    certain: 0,
    likely: 0,
    ambiguous: 0,
    responseNames: new Map(),
    codes: new Set(),
    clientOctets: 0,
    serverOctets: 0,
    defects: [],
    status: undefined,
    code: undefined,
    text: undefined,
  };
}

/** Writes a defect down, up to LIMITS.responsesKept of one exchange; all of them are observed. */
export function addDefects(open: OpenExchange, defects: readonly Defect[]): void {
  for (const defect of defects) {
    if (open.defects.length >= LIMITS.responsesKept) return;
    open.defects.push(defect);
  }
}

/** Counts a response that belongs to it, or may belong to it. */
export function countResponse(open: OpenExchange, name: string): void {
  const names = open.responseNames;
  if (names.has(name) || names.size < LIMITS.responsesKept) names.set(name, (names.get(name) ?? 0) + 1);
}

/** A picture of it as it stands now; owns its collections. */
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
    responseNames: new Map(open.responseNames),
    octets: { clientToServer: open.clientOctets, serverToClient: open.serverOctets },
    timings: timingsOf(open),
    defects: [...open.defects],
  };
}
