/** Which observations have a row of their own without being exchanges, and what it says. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { ExchangeId } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import { glance } from "../../core/text/cells.ts";
import { formatEvent } from "../../core/text/event.ts";
import { formatResponse } from "../../core/text/response.ts";
import type { RowKind } from "./row.ts";

export interface EventRow {
  readonly kind: Exclude<RowKind, "exchange">;
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
  readonly label: string;
  readonly main: string;
  readonly mailbox: string;
  readonly text: string;
  readonly octets: number | undefined;
}

/** Kept of a text; wider screens than that are rare. */
const TEXT_COLUMNS = 240;
const NAME_COLUMNS = 60;

/** `named` gives tag and command of an exchange. `undefined` for what has no row, such as the dialogue beneath. */
export function eventRow(
  observation: Observation,
  named: (id: ExchangeId | undefined) => string | undefined,
): EventRow | undefined {
  // Most of what comes, and so before anything is made for a row.
  if (isOfDialogue(observation)) return undefined;
  const { connection, atMicros } = observation;
  const base = { connection, atMicros, mailbox: "", text: "", octets: undefined };
  switch (observation.kind) {
    case "connection":
      return {
        ...base,
        kind: "connection",
        label: observation.event.kind,
        main: cut(formatEvent(observation)),
      };
    case "tls":
      return { ...base, kind: "tls", label: "tls", main: cut(formatEvent(observation)) };
    case "state":
      return { ...base, kind: "state", label: "state", main: cut(formatEvent(observation)) };
    case "push":
      return {
        ...base,
        kind: "push",
        label: "push",
        main: formatResponse(observation.response, TEXT_COLUMNS),
        mailbox: observation.mailbox === undefined ? "" : glance(observation.mailbox, NAME_COLUMNS),
        text: pushText(observation.late !== undefined, named(observation.during)),
        octets: observation.octets,
      };
    case "defect":
      return {
        ...base,
        kind: "defect",
        label: "defect",
        main: cut(formatEvent(observation, named(observation.exchange))),
      };
    case "notice":
      return { ...base, kind: "notice", label: "notice", main: cut(formatEvent(observation)) };
    case "response":
      return {
        ...base,
        kind: "greeting",
        label: "greet",
        main: formatResponse(observation.response, TEXT_COLUMNS),
        octets: observation.frame.octets,
      };
    default:
      return undefined;
  }
}

function isOfDialogue(observation: Observation): boolean {
  const { kind } = observation;
  return kind === "request" || (kind === "response" && observation.attribution.certainty !== "greeting");
}

/** Whether it is the row that an observation has; which exchange a defect names does not matter. */
export function isRowOf(
  row: Pick<EventRow, "connection" | "atMicros" | "main"> & { kind: RowKind },
  observation: Observation,
): boolean {
  if (row.atMicros !== observation.atMicros || row.connection !== observation.connection) return false;
  const made = eventRow(observation, () => undefined);
  return made !== undefined && made.kind === row.kind && headOf(made) === headOf(row);
}

const DEFECT_HEAD = /^(?:likely )?\S+ by the \w+/;

function headOf({ kind, main }: { readonly kind: RowKind; readonly main: string }): string {
  return kind === "defect" ? (DEFECT_HEAD.exec(main)?.[0] ?? main) : main;
}

function pushText(late: boolean, during: string | undefined): string {
  const when = late ? ["late result"] : [];
  if (during !== undefined) when.push(`during ${glance(during, NAME_COLUMNS)}`);
  return when.join(", ");
}

function cut(text: string): string {
  return glance(text, TEXT_COLUMNS);
}
