/** Everything that is no exchange on one line: what happened to the connection, pushes, states, defects. Safe to print. */
import type { Leg } from "../base/leg.ts";
import type {
  ConnectionObservation,
  DefectObservation,
  NoticeObservation,
  PushObservation,
  StateObservation,
  TlsObservation,
} from "../observation.ts";
import { glance } from "./cells.ts";
import { formatResponse } from "./response.ts";

const TEXT_COLUMNS = 400;
const NAME_COLUMNS = 60;

export type EventObservation =
  | ConnectionObservation
  | TlsObservation
  | StateObservation
  | PushObservation
  | DefectObservation
  | NoticeObservation;

/** `during` names the exchange to which a defect belongs, as people know it: by its tag. */
export function formatEvent(observation: EventObservation, during?: string): string {
  switch (observation.kind) {
    case "connection":
      return glance(connectionText(observation), TEXT_COLUMNS);
    case "tls":
      return glance(tlsText(observation), TEXT_COLUMNS);
    case "state":
      return stateText(observation);
    case "push":
      return formatResponse(observation.response, TEXT_COLUMNS);
    case "defect":
      return glance(defectText(observation, during), TEXT_COLUMNS);
    case "notice":
      return glance(observation.text, TEXT_COLUMNS);
  }
}

function connectionText({ event }: ConnectionObservation): string {
  switch (event.kind) {
    case "open": {
      const upstream = event.upstream === "" ? "no upstream" : event.upstream;
      return `${event.client} -> ${upstream} (at ${event.listener})${event.midway ? ", joined midway" : ""}`;
    }
    case "end":
      return `the ${event.from} ended its half of the connection`;
    case "error":
      return `${legText(event.leg)}: ${event.code}${reason(event.message)}`;
    case "close":
      return `by ${event.by === "imapscope" ? "" : "the "}${event.by}${reason(event.reason)}`;
  }
}

function tlsText({ event }: TlsObservation): string {
  if (event.kind === "starttls") return `STARTTLS on the ${legText(event.leg)}`;
  const { protocol, cipher, serverName, alpn, subject, reused } = event;
  const details = [
    serverName === undefined ? "" : `for ${serverName}`,
    alpn === undefined ? "" : `ALPN ${alpn}`,
    subject === undefined ? "" : `certificate ${subject}`,
    reused === true ? "resumed" : "",
  ].filter((detail) => detail !== "");
  return [`${legText(event.leg)}: ${protocol} ${cipher}`, ...details].join(", ");
}

function stateText({ from, to, mailbox, readOnly }: StateObservation): string {
  const where =
    mailbox === undefined ? "" : ` ${glance(mailbox, NAME_COLUMNS)}${readOnly ? " (read-only)" : ""}`;
  return `${from} -> ${to}${where}`;
}

function defectText(
  { defect: { by, kind, detail, rfc, certainty } }: DefectObservation,
  during: string | undefined,
): string {
  const where = during === undefined ? "" : ` in ${during}`;
  const guess = certainty === "likely" ? "likely " : "";
  return `${guess}${kind} by the ${by}${where}: ${detail} (${rfc})`;
}

function legText(leg: Leg): string {
  return `${leg} leg`;
}

function reason(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `: ${text}`;
}
