/** The lines of everything that is no exchange, each with a mark and a word of its own. */
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
import {
  connectionText,
  defectText,
  EVENT_COLUMNS,
  NAME_COLUMNS,
  safeText,
  stateText,
  tlsText,
} from "../core/text/event.ts";
import { formatOctets } from "../core/text/octets.ts";
import { formatResponse } from "../core/text/response.ts";
import type { Row } from "./layout.ts";

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
  const main = formatResponse(response, EVENT_COLUMNS);
  const numbers = { down: formatOctets(frame.octets) };
  return { mark: "*", time, connection, label: "greet", status: "", style: "push", words: { main }, numbers };
}

type Parts = Pick<Row, "mark" | "label" | "style" | "words"> & Partial<Pick<Row, "numbers">>;

function pushParts({ response, mailbox, octets, late }: PushObservation, during: string | undefined): Parts {
  const when = late === undefined ? [] : ["late result"];
  if (during !== undefined) when.push(`during ${glance(during, NAME_COLUMNS)}`);
  const words = {
    main: formatResponse(response, EVENT_COLUMNS),
    mailbox: mailbox === undefined ? "" : glance(mailbox, NAME_COLUMNS),
    text: when.join(", "),
  };
  return { mark: "*", label: "push", style: "push", words, numbers: { down: formatOctets(octets) } };
}

function connectionParts(observation: ConnectionObservation): Parts {
  const { mark, label, style } = CONNECTION_PARTS[observation.event.kind];
  return { mark, label, style, words: { main: connectionText(observation) } };
}

const CONNECTION_PARTS = {
  open: { mark: "+", label: "open", style: "heading" },
  end: { mark: "-", label: "end", style: "faint" },
  error: { mark: "x", label: "error", style: "bad" },
  close: { mark: "-", label: "close", style: "heading" },
} as const satisfies Record<ConnectionObservation["event"]["kind"], Pick<Parts, "mark" | "label" | "style">>;
