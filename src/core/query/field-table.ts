/**
 * The fields that a filter knows, with what each reads of an observation: the one place to add a field. A field that an
 * observation does not have gives nothing, and so matches nothing (docs/filter.md).
 */
import type { Exchange } from "../exchange/exchange.ts";
import type { Defect } from "../imap/defect.ts";
import type { Response } from "../imap/response.ts";
import type { Observation } from "../observation.ts";
import { exchangeLabel } from "../text/exchange.ts";

export type TextFieldName =
  | "cmd"
  | "status"
  | "code"
  | "mailbox"
  | "tag"
  | "user"
  | "kind"
  | "defect"
  | "state"
  | "text";

export type NumberFieldName =
  | "conn"
  | "id"
  | "at"
  | "gap"
  | "upload"
  | "wait"
  | "download"
  | "total"
  | "up"
  | "down"
  | "octets"
  | "untagged";

/** `time` values are microseconds; counts may be octets. */
export interface NumberField {
  readonly unit: "time" | "count";
  readonly of: (observation: Observation) => number | undefined;
}

type Values = readonly (string | undefined)[];

/** Other names of fields. */
export const ALIASES: ReadonlyMap<string, TextFieldName | NumberFieldName> = new Map([
  ["command", "cmd"],
  ["connection", "conn"],
]);

/**
 * The values of an observation that `field:value` compares with as a whole; one that fits is enough. `user` and `text`
 * need more than one observation: the matcher has them.
 */
export const TEXT_FIELDS: Readonly<Record<TextFieldName, (observation: Observation) => Values>> = {
  cmd: (observation) => commandNames(observation),
  status: (observation) => statuses(observation),
  code: (observation) => [codeOf(observation)],
  mailbox: (observation) => mailboxes(observation),
  tag: (observation) => [tagOf(observation)],
  user: () => [],
  kind: ({ kind }) => [kind],
  defect: (observation) => defectsOf(observation).map(({ kind }) => kind),
  state: (observation) => (observation.kind === "state" ? [observation.to] : []),
  text: () => [],
};

export const NUMBER_FIELDS: Readonly<Record<NumberFieldName, NumberField>> = {
  conn: { unit: "count", of: ({ connection }) => connection },
  id: { unit: "count", of: exchangeIdOf },
  at: { unit: "time", of: ({ atMicros }) => atMicros },
  gap: { unit: "time", of: (observation) => exchangeOf(observation)?.timings.gapMicros },
  upload: { unit: "time", of: (observation) => exchangeOf(observation)?.timings.uploadMicros },
  wait: { unit: "time", of: (observation) => exchangeOf(observation)?.timings.waitMicros },
  download: { unit: "time", of: (observation) => exchangeOf(observation)?.timings.downloadMicros },
  total: { unit: "time", of: (observation) => exchangeOf(observation)?.timings.totalMicros },
  up: { unit: "count", of: (observation) => octetsOf(observation)?.up },
  down: { unit: "count", of: (observation) => octetsOf(observation)?.down },
  octets: { unit: "count", of: (observation) => sum(octetsOf(observation)) },
  untagged: { unit: "count", of: (observation) => untagged(exchangeOf(observation)) },
};

/** Untagged responses that belong to an exchange, certainly or likely. */
export function untagged(exchange: Exchange | undefined): number | undefined {
  return exchange && exchange.attributed.certain + exchange.attributed.likely;
}

/** The exchange that an observation is about as a whole. */
export function exchangeOf(observation: Observation): Exchange | undefined {
  const { kind } = observation;
  return kind === "exchange" || kind === "exchangeStarted" ? observation.exchange : undefined;
}

function commandNames(observation: Observation): Values {
  const name =
    observation.kind === "request" ? observation.command?.name : exchangeOf(observation)?.commandName;
  // `cmd:fetch` finds UID FETCH too.
  return name?.startsWith("UID ") ? [name, name.slice("UID ".length)] : [name];
}

function statuses(observation: Observation): Values {
  const exchange = exchangeOf(observation);
  if (exchange !== undefined) return [exchange.status, exchangeLabel(exchange)];
  const response = responseOf(observation);
  return response?.kind === "status" ? [response.status] : [];
}

function codeOf(observation: Observation): string | undefined {
  if (observation.kind === "notice") return observation.code;
  const exchange = exchangeOf(observation);
  if (exchange !== undefined) return exchange.code?.name;
  const response = responseOf(observation);
  return response?.kind === "status" || response?.kind === "continuation" ? response.code?.name : undefined;
}

function mailboxes(observation: Observation): Values {
  switch (observation.kind) {
    case "exchange":
    case "exchangeStarted":
      return [observation.exchange.mailbox, targetOf(observation.exchange)];
    case "push":
    case "state":
      return [observation.mailbox];
    default:
      return [];
  }
}

/** Where RENAME, COPY and MOVE bring things to. */
function targetOf({ command: { detail } }: Exchange): string | undefined {
  if (detail.kind === "copy") return detail.mailbox.name;
  return detail.kind === "mailbox" ? detail.target?.name : undefined;
}

function tagOf(observation: Observation): string | undefined {
  if (observation.kind === "request") return observation.command?.tag;
  if (observation.kind !== "response") return exchangeOf(observation)?.tag;
  return observation.response.kind === "status" ? observation.response.tag : undefined;
}

function defectsOf(observation: Observation): readonly Defect[] {
  switch (observation.kind) {
    case "defect":
      return [observation.defect];
    case "request":
    case "response":
      return observation.defects;
    default:
      return exchangeOf(observation)?.defects ?? [];
  }
}

function exchangeIdOf(observation: Observation): number | undefined {
  switch (observation.kind) {
    case "defect":
    case "state":
    case "request":
      return observation.exchange;
    case "response":
      return observation.attribution.exchange;
    default:
      return exchangeOf(observation)?.id;
  }
}

interface Octets {
  readonly up?: number;
  readonly down?: number;
}

function octetsOf(observation: Observation): Octets | undefined {
  switch (observation.kind) {
    case "request":
      return { up: observation.frame.octets };
    case "response":
      return { down: observation.frame.octets };
    case "push":
      return { down: observation.octets };
    default: {
      const octets = exchangeOf(observation)?.octets;
      return octets && { up: octets.clientToServer, down: octets.serverToClient };
    }
  }
}

function sum(octets: Octets | undefined): number | undefined {
  return octets && (octets.up ?? 0) + (octets.down ?? 0);
}

function responseOf(observation: Observation): Response | undefined {
  return observation.kind === "response" || observation.kind === "push" ? observation.response : undefined;
}
