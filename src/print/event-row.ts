/** The lines of everything that is no exchange, each with a mark and a word of its own. */
import type { Leg } from "../core/base/leg.ts";
import type {
  ConnectionObservation,
  DefectObservation,
  NoticeObservation,
  PushObservation,
  ResponseObservation,
  StateObservation,
  TlsObservation,
} from "../core/observation.ts";
import { glance } from "../core/text/cells.ts";
import { formatOctets } from "../core/text/octets.ts";
import { formatResponse } from "../core/text/response.ts";
import type { Numbers, Row } from "./layout.ts";
import type { Style } from "./palette.ts";

const TEXT_COLUMNS = 400;
const NAME_COLUMNS = 60;

export type EventObservation =
  | ConnectionObservation
  | TlsObservation
  | StateObservation
  | PushObservation
  | DefectObservation
  | NoticeObservation;

/** `during` names the exchange that was running when a push came, or to which a defect belongs. */
export function eventRow(observation: EventObservation, time: string, during: string | undefined): Row {
  const base = { time, connection: observation.connection, status: "" };
  switch (observation.kind) {
    case "connection":
      return { ...base, ...connectionParts(observation) };
    case "tls":
      return { ...base, mark: "^", label: "tls", style: "tls", words: { main: tlsText(observation) } };
    case "state":
      return { ...base, mark: ">", label: "state", style: "state", words: { main: stateText(observation) } };
    case "push":
      return { ...base, ...pushParts(observation, during) };
    case "defect":
      return {
        ...base,
        mark: "!",
        label: "defect",
        style: "bad",
        words: { main: defectText(observation, during) },
      };
    case "notice":
      return {
        ...base,
        mark: "i",
        label: "notice",
        style: "no",
        words: { main: safeText(observation.text) },
      };
  }
}

/** The server's first response. */
export function greetingRow({ connection, response, frame }: ResponseObservation, time: string): Row {
  const main = formatResponse(response, TEXT_COLUMNS);
  const numbers = downOnly(frame.octets);
  return { mark: "*", time, connection, label: "greet", status: "", style: "push", words: { main }, numbers };
}

type Parts = Pick<Row, "mark" | "label" | "style" | "words"> & Partial<Pick<Row, "numbers">>;

function pushParts({ response, mailbox, octets, late }: PushObservation, during: string | undefined): Parts {
  const when = late === undefined ? [] : ["late result"];
  if (during !== undefined) when.push(`during ${glance(during, NAME_COLUMNS)}`);
  const words = {
    main: formatResponse(response, TEXT_COLUMNS),
    mailbox: mailbox === undefined ? "" : glance(mailbox, NAME_COLUMNS),
    text: when.join(", "),
  };
  return { mark: "*", label: "push", style: "push", words, numbers: downOnly(octets) };
}

function downOnly(octets: number): Numbers {
  return { untagged: "", up: "", down: formatOctets(octets), wait: "", total: "" };
}

function connectionParts({ event }: ConnectionObservation): Parts {
  switch (event.kind) {
    case "open":
      return parts(
        "+",
        "open",
        "heading",
        openText(event.client, event.upstream, event.listener, event.midway),
      );
    case "end":
      return parts("-", "end", "faint", `the ${event.from} ended its half of the connection`);
    case "error":
      return parts("x", "error", "bad", `${legText(event.leg)}: ${event.code}${reason(event.message)}`);
    case "close":
      return parts(
        "-",
        "close",
        "heading",
        `by ${event.by === "imapscope" ? "" : "the "}${event.by}${reason(event.reason)}`,
      );
  }
}

function parts(mark: string, label: string, style: Style, text: string): Parts {
  return { mark, label, style, words: { main: safeText(text) } };
}

function openText(client: string, upstream: string, listener: string, midway: boolean): string {
  return `${client} -> ${upstream === "" ? "no upstream" : upstream} (at ${listener})${midway ? ", joined midway" : ""}`;
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
  return safeText([`${legText(event.leg)}: ${protocol} ${cipher}`, ...details].join(", "));
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
  return safeText(`${guess}${kind} by the ${by}${where}: ${detail} (${rfc})`);
}

function legText(leg: Leg): string {
  return `${leg} leg`;
}

function reason(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `: ${text}`;
}

function safeText(text: string): string {
  return glance(text, TEXT_COLUMNS);
}
