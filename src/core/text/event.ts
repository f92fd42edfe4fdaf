/** What is no exchange, in words: each on one safe line, of at most so many cells. */
import type { Leg } from "../base/leg.ts";
import type {
  ConnectionObservation,
  DefectObservation,
  StateObservation,
  TlsObservation,
} from "../observation.ts";
import { glance } from "./cells.ts";

/** Cells that are enough for everything that is worth saying on a line. */
export const EVENT_COLUMNS = 400;
/** Cells of a name within it. */
export const NAME_COLUMNS = 60;

/** How a connection began, failed or ended. */
export function connectionText({ event }: ConnectionObservation): string {
  switch (event.kind) {
    case "open":
      return safeText(openText(event.client, event.upstream, event.listener, event.midway));
    case "end":
      return `the ${event.from} ended its half of the connection`;
    case "error":
      return safeText(`${legText(event.leg)}: ${event.code}${reason(event.message)}`);
    case "close":
      return safeText(`by ${event.by === "imapscope" ? "" : "the "}${event.by}${reason(event.reason)}`);
  }
}

function openText(client: string, upstream: string, listener: string, midway: boolean): string {
  return `${client} -> ${upstream === "" ? "no upstream" : upstream} (at ${listener})${midway ? ", joined midway" : ""}`;
}

/** What a handshake agreed on. */
export function tlsText({ event }: TlsObservation): string {
  if (event.kind === "starttls") return `STARTTLS on the ${legText(event.leg)}`;
  const { protocol, cipher, serverName, alpn, subject, reused } = event;
  const details = [
    serverName === undefined ? "" : `for ${serverName}`,
    alpn === undefined ? "" : `ALPN ${alpn}`,
    subject === undefined ? "" : `certificate ${subject}`,
    reused === true ? "resumed" : "",
  ].filter((detail) => detail !== "");
  return safeText([`${legText(event.leg)}: ${protocol} ${cipher}`, ...details].join(", "));
}

/** From which state to which, and the mailbox. */
export function stateText({ from, to, mailbox, readOnly }: StateObservation): string {
  const where =
    mailbox === undefined ? "" : ` ${glance(mailbox, NAME_COLUMNS)}${readOnly ? " (read-only)" : ""}`;
  return `${from} -> ${to}${where}`;
}

/** What is broken, by whom, and where the RFC says so; `during` names the exchange. */
export function defectText(
  { defect: { by, kind, detail, rfc, certainty } }: DefectObservation,
  during: string | undefined,
): string {
  const where = during === undefined ? "" : ` in ${during}`;
  const guess = certainty === "likely" ? "likely " : "";
  return safeText(`${guess}${kind} by the ${by}${where}: ${detail} (${rfc})`);
}

function legText(leg: Leg): string {
  return `${leg} leg`;
}

function reason(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `: ${text}`;
}

/** Text with parts of peers, made safe. */
export function safeText(text: string): string {
  return glance(text, EVENT_COLUMNS);
}
