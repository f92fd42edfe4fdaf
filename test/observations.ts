/** Small makers of tokens, frames, exchanges and observations for tests, each with only what the test is about. */
import { fromLatin1, utf8 } from "../src/core/base/octets.ts";
import type { Exchange, Timings } from "../src/core/exchange/exchange.ts";
import type { Command, CommandDetail } from "../src/core/imap/command.ts";
import { type DefectKind, defect } from "../src/core/imap/defect.ts";
import type { Frame, Literal } from "../src/core/imap/frame.ts";
import type {
  CodeData,
  DataResponse,
  Mailbox,
  ResponseCode,
  ResponseData,
  StatusResponse,
} from "../src/core/imap/response.ts";
import type {
  AtomToken,
  ListToken,
  LiteralToken,
  NilToken,
  QuotedToken,
  Token,
} from "../src/core/imap/token.ts";
import type {
  ConnectionObservation,
  DefectObservation,
  ExchangeObservation,
  ExchangeStarted,
  NoticeObservation,
  PushObservation,
  RequestObservation,
  ResponseObservation,
  StateObservation,
  TlsObservation,
} from "../src/core/observation.ts";

const PLACE = { start: 0, end: 0 };

export function atom(text: string): AtomToken {
  return { kind: "atom", text, ...PLACE };
}

export function quoted(text: string): QuotedToken {
  return { kind: "quoted", text, ...PLACE };
}

export function list(...items: Token[]): ListToken {
  return { kind: "list", items, ...PLACE };
}

export const nil: NilToken = { kind: "nil", ...PLACE };

/** A literal of that announced size; the head is what is kept of it. */
export function literalOf(octets: number, head = "", fields: Partial<Literal> = {}): Literal {
  return {
    octets,
    received: octets,
    head: utf8(head),
    synchronizing: true,
    literal8: false,
    announcedMicros: 0,
    continuedMicros: undefined,
    ...fields,
  };
}

export function literal(octets: number, head = "", fields: Partial<Literal> = {}): LiteralToken {
  const value = literalOf(octets, head, fields);
  return { kind: "literal", literal: value, text: String.fromCharCode(...value.head), ...PLACE };
}

/** Atoms where words are given: `command("SELECT", ["INBOX"])`. */
export function command(
  name: string,
  words: readonly (string | Token)[] = [],
  detail: CommandDetail = { kind: "other" },
): Command {
  const tokens = words.map((word) => (typeof word === "string" ? atom(word) : word));
  return { tag: "a1", name, uid: name.startsWith("UID "), arguments: tokens, detail };
}

export function mailbox(name: string, raw = name): Mailbox {
  return { raw, name };
}

export function code(name: string, text = "", data: CodeData = { kind: "none" }): ResponseCode {
  return { name, text, data };
}

export function status(fields: Partial<StatusResponse> = {}): StatusResponse {
  return { kind: "status", tag: undefined, status: "OK", code: undefined, text: "done", ...fields };
}

export function data(name: string, value: ResponseData = { kind: "count" }, number?: number): DataResponse {
  return { kind: "data", name, number, data: value };
}

/** A frame of one line a text; literals stand between the lines. */
export function frame(
  from: Frame["from"],
  lines: string | readonly string[],
  fields: Partial<Frame> = {},
): Frame {
  const texts = typeof lines === "string" ? [lines] : lines;
  return {
    from,
    startMicros: 0,
    endMicros: 0,
    octets: texts.reduce((octets, line) => octets + utf8(line).length + 2, 0),
    lines: texts.map((line) => utf8(line)),
    literals: [],
    end: "crlf",
    droppedOctets: 0,
    ...fields,
  };
}

export function octets(text: string): Uint8Array {
  return fromLatin1(text);
}

export const TIMINGS: Timings = {
  sentMicros: 1_000_000,
  sentEndMicros: 1_000_100,
  firstResponseMicros: 1_001_330,
  completedMicros: 1_045_000,
  gapMicros: 2_000_000,
  uploadMicros: 100,
  waitMicros: 1230,
  downloadMicros: 43_670,
  totalMicros: 45_000,
  continuationMicros: [],
  idleMicros: undefined,
  idleEndMicros: undefined,
  roundTrips: 1,
};

/** A completed `a1 UID FETCH 1:50 (FLAGS ENVELOPE)` in INBOX. */
export function exchange(fields: Partial<Exchange> = {}): Exchange {
  const made = fields.command ?? command("UID FETCH", ["1:50", list(atom("FLAGS"), atom("ENVELOPE"))]);
  return {
    id: 1,
    connection: 1,
    tag: made.tag,
    commandName: made.name,
    command: made,
    mailbox: "INBOX",
    end: "completed",
    status: "OK",
    code: undefined,
    text: "Fetch completed.",
    attributed: { certain: 48, likely: 2, ambiguous: 0 },
    responseNames: new Map([["FETCH", 50]]),
    octets: { clientToServer: 34, serverToClient: 12_345 },
    timings: TIMINGS,
    defects: [],
    ...fields,
  };
}

/** The same exchange as it was when it began. */
export function started(fields: Partial<Exchange> = {}): ExchangeStarted {
  const begun = exchange({
    end: "inFlight",
    status: undefined,
    text: undefined,
    attributed: { certain: 0, likely: 0, ambiguous: 0 },
    responseNames: new Map(),
    timings: {
      ...TIMINGS,
      sentEndMicros: undefined,
      firstResponseMicros: undefined,
      completedMicros: undefined,
      uploadMicros: undefined,
      waitMicros: undefined,
      downloadMicros: undefined,
      totalMicros: undefined,
    },
    ...fields,
  });
  return {
    kind: "exchangeStarted",
    connection: begun.connection,
    atMicros: begun.timings.sentMicros,
    exchange: begun,
  };
}

export function completed(fields: Partial<Exchange> = {}): ExchangeObservation {
  const made = exchange(fields);
  const atMicros = made.timings.completedMicros ?? made.timings.sentMicros;
  return { kind: "exchange", connection: made.connection, atMicros, exchange: made };
}

export function request(text: string, fields: Partial<RequestObservation> = {}): RequestObservation {
  return {
    kind: "request",
    connection: 1,
    atMicros: 1_000_100,
    role: "command",
    command: undefined,
    exchange: 1,
    frame: frame("client", text, { startMicros: 1_000_000 }),
    defects: [],
    ...fields,
  };
}

/** A response that certainly belongs to exchange 1. */
export function response(text: string, fields: Partial<ResponseObservation> = {}): ResponseObservation {
  return {
    kind: "response",
    connection: 1,
    atMicros: 1_001_330,
    role: "untagged",
    response: status(),
    attribution: { certainty: "certain", exchange: 1, candidates: [], during: 1 },
    frame: frame("server", text, { startMicros: 1_001_330 }),
    defects: [],
    ...fields,
  };
}

export function push(fields: Partial<PushObservation> = {}): PushObservation {
  return {
    kind: "push",
    connection: 1,
    atMicros: 3_000_000,
    response: data("EXISTS", { kind: "count" }, 12),
    during: undefined,
    octets: 13,
    mailbox: "INBOX",
    ...fields,
  };
}

export function state(fields: Partial<StateObservation> = {}): StateObservation {
  return {
    kind: "state",
    connection: 1,
    atMicros: 2_000_000,
    from: "authenticated",
    to: "selected",
    mailbox: "INBOX",
    readOnly: false,
    exchange: 1,
    ...fields,
  };
}

export function defectFound(
  kind: DefectKind = "client-bare-lf",
  fields: Partial<DefectObservation> = {},
): DefectObservation {
  return {
    kind: "defect",
    connection: 1,
    atMicros: 2_500_000,
    defect: defect(kind, "A line ended in LF."),
    exchange: 1,
    ...fields,
  };
}

export function notice(text: string, fields: Partial<NoticeObservation> = {}): NoticeObservation {
  return { kind: "notice", connection: 1, atMicros: 2_600_000, code: "behind", text, ...fields };
}

export function opened(connection = 1): ConnectionObservation {
  return {
    kind: "connection",
    connection,
    atMicros: 12_008,
    event: {
      kind: "open",
      connection,
      atMicros: 12_008,
      client: "127.0.0.1:53422",
      listener: "imaps://127.0.0.1:993",
      upstream: "imaps://imap.example.org:993",
      midway: false,
    },
  };
}

export function closed(connection = 1): ConnectionObservation {
  const event = {
    kind: "close",
    connection,
    atMicros: 9_000_000,
    by: "client",
    reason: "end of stream",
  } as const;
  return { kind: "connection", connection, atMicros: 9_000_000, event };
}

export function tlsBegun(leg: "client" | "server" = "server"): TlsObservation {
  return {
    kind: "tls",
    connection: 1,
    atMicros: 31_402,
    event: {
      kind: "tls",
      connection: 1,
      atMicros: 31_402,
      leg,
      protocol: "TLSv1.3",
      cipher: "TLS_AES_256_GCM_SHA384",
      serverName: "imap.example.org",
    },
  };
}
