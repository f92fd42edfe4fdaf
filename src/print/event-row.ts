/** The lines of everything that is no exchange, each with a mark and a word of its own. */
import type { ConnectionObservation, PushObservation, ResponseObservation } from "../core/observation.ts";
import { glance } from "../core/text/cells.ts";
import { type EventObservation, formatEvent } from "../core/text/event.ts";
import { formatOctets } from "../core/text/octets.ts";
import { ownWords } from "../core/text/own-words.ts";
import { formatResponse } from "../core/text/response.ts";
import type { Numbers, Row } from "./layout.ts";
import type { Style } from "./palette.ts";

const TEXT_COLUMNS = 400;
const NAME_COLUMNS = 60;

type Signs = readonly [mark: string, label: string, style: Style];

const SIGNS: Readonly<Record<Exclude<EventObservation["kind"], "connection">, Signs>> = {
  tls: ["^", "tls", "tls"],
  state: [">", "state", "state"],
  push: ["*", "push", "push"],
  defect: ["!", "defect", "bad"],
  notice: ["i", "notice", "no"],
};

const CONNECTION_SIGNS: Readonly<Record<ConnectionObservation["event"]["kind"], Signs>> = {
  open: ["+", "open", "heading"],
  end: ["-", "end", "faint"],
  error: ["x", "error", "bad"],
  close: ["-", "close", "heading"],
};

/** `during` names the exchange that was running when a push came, or to which a defect belongs. */
export function eventRow(observation: EventObservation, time: string, during: string | undefined): Row {
  const [mark, label, style] =
    observation.kind === "connection" ? CONNECTION_SIGNS[observation.event.kind] : SIGNS[observation.kind];
  const row: Row = {
    mark,
    time,
    connection: observation.connection,
    label,
    status: "",
    style,
    words: { main: formatEvent(observation, during) },
  };
  return observation.kind === "push" ? { ...row, ...pushParts(observation, row, during) } : row;
}

/** The server's first response. */
export function greetingRow({ connection, response, frame }: ResponseObservation, time: string): Row {
  const words = { main: formatResponse(response, TEXT_COLUMNS), tail: ownWords(frame.own) };
  const numbers = downOnly(frame.octets);
  return { mark: "*", time, connection, label: "greet", status: "", style: "push", words, numbers };
}

function pushParts(
  { mailbox, octets, late, own }: PushObservation,
  { words }: Row,
  during: string | undefined,
): Pick<Row, "words" | "numbers"> {
  const when = late === undefined ? [] : ["late result"];
  if (during !== undefined) when.push(`during ${glance(during, NAME_COLUMNS)}`);
  const named = mailbox === undefined ? "" : glance(mailbox, NAME_COLUMNS);
  return {
    words: { ...words, mailbox: named, tail: ownWords(own), text: when.join(", ") },
    numbers: downOnly(octets),
  };
}

function downOnly(octets: number): Numbers {
  return { untagged: "", up: "", down: formatOctets(octets), wait: "", total: "" };
}
