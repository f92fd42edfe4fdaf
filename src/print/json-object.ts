/** Observations as the documented JSON objects of `--json` (docs/json.md, docs/json.schema.json). */
import { toMillis } from "../core/base/time.ts";
import type { Exchange, Timings } from "../core/exchange/exchange.ts";
import type { Defect } from "../core/imap/defect.ts";
import type { OwnShare } from "../core/imap/frame.ts";
import type { ResponseCode } from "../core/imap/response.ts";
import type {
  ConnectionObservation,
  Observation,
  PushObservation,
  StateObservation,
  TlsObservation,
} from "../core/observation.ts";
import { formatCommand } from "../core/text/command.ts";
import { formatResponse, formatResponseCode } from "../core/text/response.ts";

/** Plain JSON; `undefined` members are left out when it is written. */
export interface JsonObject {
  readonly [member: string]: JsonValue;
}
type JsonValue = string | number | boolean | null | undefined | JsonObject | readonly JsonValue[];

/** The object of an observation, or `undefined` for the kinds that outputs do not show by themselves. */
export function toJsonObject(observation: Observation): JsonObject | undefined {
  const members = membersOf(observation);
  if (members === undefined) return undefined;
  const { kind, connection, atMicros } = observation;
  return { kind, connection, at: toMillis(atMicros), ...members };
}

function membersOf(observation: Observation): JsonObject | undefined {
  switch (observation.kind) {
    case "connection":
      return connectionMembers(observation);
    case "tls":
      return tlsMembers(observation);
    case "state":
      return stateMembers(observation);
    case "exchange":
      return exchangeMembers(observation.exchange);
    case "push":
      return pushMembers(observation);
    case "defect":
      return { exchange: observation.exchange, ...defectMembers(observation.defect) };
    case "notice":
      return { code: observation.code, text: observation.text, imapscope: ownMembers(observation.own) };
    case "exchangeStarted":
    case "request":
    case "response":
      return undefined;
  }
}

function connectionMembers({ event }: ConnectionObservation): JsonObject {
  switch (event.kind) {
    case "open": {
      const { client, listener, upstream, midway } = event;
      return { event: "open", client, listener, upstream, midway };
    }
    case "end":
      return { event: "end", by: event.from };
    case "error":
      return { event: "error", leg: event.leg, code: event.code, message: event.message };
    case "close":
      return { event: "close", by: event.by, reason: event.reason };
  }
}

function tlsMembers({ event }: TlsObservation): JsonObject {
  if (event.kind === "starttls") return { event: "starttls", leg: event.leg };
  const { leg, protocol, cipher, serverName, alpn, subject, fingerprint, reused } = event;
  return { event: "handshake", leg, protocol, cipher, serverName, alpn, subject, fingerprint, reused };
}

function stateMembers({ from, to, mailbox, readOnly, exchange }: StateObservation): JsonObject {
  return { from, to, mailbox, readOnly: to === "selected" ? readOnly : undefined, exchange };
}

function exchangeMembers(exchange: Exchange): JsonObject {
  const { id, tag, commandName, command, mailbox, end, status, code, text, attributed, responseNames } =
    exchange;
  return {
    id,
    tag,
    command: commandName,
    summary: formatCommand(command),
    mailbox,
    end,
    status,
    code: codeMembers(code),
    text,
    attributed: { ...attributed },
    responses: Object.fromEntries(responseNames),
    octets: { ...exchange.octets },
    timings: timingMembers(exchange.timings),
    defects: exchange.defects.map(defectMembers),
    imapscope: ownMembers(exchange.own),
  };
}

function timingMembers(timings: Timings): JsonObject {
  return {
    sentMs: millis(timings.sentMicros),
    sentEndMs: millis(timings.sentEndMicros),
    firstResponseMs: millis(timings.firstResponseMicros),
    completedMs: millis(timings.completedMicros),
    gapMs: millis(timings.gapMicros),
    uploadMs: millis(timings.uploadMicros),
    waitMs: millis(timings.waitMicros),
    downloadMs: millis(timings.downloadMicros),
    totalMs: millis(timings.totalMicros),
    continuationMs: timings.continuationMicros.map(toMillis),
    idleMs: millis(timings.idleMicros),
    idleEndMs: millis(timings.idleEndMicros),
    roundTrips: timings.roundTrips,
  };
}

function pushMembers({ response, during, late, octets, mailbox, own }: PushObservation): JsonObject {
  const { kind } = response;
  return {
    response: kind === "status" ? response.status : kind === "data" ? response.name : kind,
    number: kind === "data" ? response.number : undefined,
    code: kind === "status" || kind === "continuation" ? codeMembers(response.code) : undefined,
    summary: formatResponse(response),
    mailbox,
    during,
    late,
    octets,
    imapscope: ownMembers(own),
  };
}

/** What is imapscope's own doing, where anything is. */
function ownMembers(own: readonly OwnShare[] | undefined): readonly JsonObject[] | undefined {
  return own?.map(({ did, text }) => ({ did, text }));
}

function codeMembers(code: ResponseCode | undefined): JsonObject | undefined {
  return code && { name: code.name, summary: formatResponseCode(code) };
}

function defectMembers({ kind, by, rfc, detail, certainty, offset }: Defect): JsonObject {
  return { defect: kind, by, rfc, detail, certainty, offset };
}

function millis(micros: number | undefined): number | undefined {
  return micros === undefined ? undefined : toMillis(micros);
}
