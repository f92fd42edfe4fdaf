/** What stands on top of every tab: what it is, how it ended, where, how much, and when. */
import type { Exchange } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import { formatCommand } from "../../core/text/command.ts";
import { formatDuration } from "../../core/text/duration.ts";
import { type EventObservation, formatEvent } from "../../core/text/event.ts";
import { exchangeEndWords, exchangeLabel } from "../../core/text/exchange.ts";
import type { Subject } from "../../core/text/explain.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatResponse, formatResponseCode } from "../../core/text/response.ts";
import { type Style, span } from "../view/style.ts";
import { DOTS, hiddenCode, hiddenCommand, hiddenResponse } from "./hide.ts";
import type { DetailOptions, EventMaterial, Material } from "./material.ts";
import { responseName } from "./subjects.ts";
import type { Writer } from "./writer.ts";

const COMMAND_LINES = 3;
const TEXT_LINES = 3;

export function writeHeader(writer: Writer, material: Material): void {
  if (material.kind === "event") writeEvent(writer, material);
  else writeExchange(writer, material.exchange, material.leftOut);
  const { comment, hidden } = writer.options;
  if (comment !== undefined) writer.text([], `“${hidden ? DOTS : comment}”`, "accent");
  writer.line([]);
}

function writeExchange(writer: Writer, exchange: Exchange, leftOut: number): void {
  const { hidden, clock } = writer.options;
  const { tag, command, timings, octets, attributed, defects, mailbox } = exchange;
  const about: readonly Subject[] = [{ topic: "command", name: exchange.commandName }];
  writer.text(
    [span(`${tag} `, "accent")],
    hidden ? hiddenCommand(command) : formatCommand(command, 400),
    "heading",
    { lines: COMMAND_LINES, about },
  );
  writeEnd(writer, exchange);
  const untagged = attributed.certain + attributed.likely;
  const facts = [
    mailbox === undefined ? "" : hidden ? DOTS : mailbox,
    `${groupDigits(octets.clientToServer)} octets up`,
    `${groupDigits(octets.serverToClient)} down`,
    `${groupDigits(untagged)} untagged`,
    attributed.ambiguous === 0 ? "" : `${groupDigits(attributed.ambiguous)} perhaps its own`,
    timings.totalMicros === undefined ? "" : formatDuration(timings.totalMicros),
    `at ${clock(timings.sentMicros)}`,
    `connection ${exchange.connection}`,
  ];
  writer.text([], facts.filter((fact) => fact !== "").join(" · "), "faint");
  if (defects.length > 0) {
    const kinds = [...new Set(defects.map(({ kind }) => kind))];
    const subjects = kinds.map((name): Subject => ({ topic: "defect", name }));
    writer.text([span("! ", "defect")], kinds.join(", "), "defect", { lines: 2, about: subjects });
  }
  if (leftOut > 0) writer.line([span(`the last ${groupDigits(leftOut)} lines of it are left out`, "faint")]);
}

const END_STYLES: Readonly<Record<string, Style>> = {
  OK: "ok",
  NO: "no",
  BAD: "bad",
  BYE: "bad",
  open: "open",
};

/** The style of how an exchange ended, by its label. */
export function endStyle(label: string): Style {
  return END_STYLES[label] ?? "bad";
}

function writeEnd(writer: Writer, exchange: Exchange): void {
  const { code, end, status, text = "" } = exchange;
  const label = exchangeLabel(exchange);
  const about: Subject[] = end === "completed" ? [] : [{ topic: "end", name: end }];
  if (status !== undefined) about.push({ topic: "response", name: status });
  if (code !== undefined) about.unshift({ topic: "code", name: code.name });
  const { hidden } = writer.options;
  const coded = code === undefined ? "" : `${hidden ? hiddenCode(code) : formatResponseCode(code)} `;
  const words = exchangeEndWords(exchange) ?? (hidden ? DOTS : text);
  writer.text([span(`${label} `, endStyle(label))], `${coded}${words}`, "plain", {
    lines: TEXT_LINES,
    about,
  });
}

function writeEvent(writer: Writer, { observation, connection }: EventMaterial): void {
  const { clock } = writer.options;
  const { style, label, about } = eventSigns(observation);
  writer.text([span(`${label} `, style)], eventText(observation, writer.options), "heading", {
    lines: TEXT_LINES,
    about,
  });
  const octets = observation.kind === "push" ? `${groupDigits(observation.octets)} octets down · ` : "";
  const state = connection === undefined ? "" : ` · ${connection.state}`;
  writer.line([
    span(
      `${octets}at ${clock(observation.atMicros)} · connection ${observation.connection}${state}`,
      "faint",
    ),
  ]);
}

interface Signs {
  readonly label: string;
  readonly style: Style;
  readonly about: readonly Subject[];
}

function eventSigns(observation: Observation): Signs {
  switch (observation.kind) {
    case "push":
      return {
        label: "push",
        style: "push",
        about: [
          { topic: "response", name: responseName(observation.response) },
          { topic: "notion", name: "push" },
        ],
      };
    case "state":
      return { label: "state", style: "state", about: [{ topic: "state", name: observation.to }] };
    case "defect":
      return {
        label: "defect",
        style: "defect",
        about: [{ topic: "defect", name: observation.defect.kind }],
      };
    case "tls":
      return { label: "TLS", style: "tls", about: [] };
    case "response":
      return {
        label: "response",
        style: "server",
        about: [{ topic: "response", name: responseName(observation.response) }],
      };
    case "request":
      return { label: "request", style: "client", about: [] };
    case "connection":
      return { label: "connection", style: "heading", about: [] };
    default:
      return { label: observation.kind, style: "accent", about: [] };
  }
}

/** An event on one line; on a shared screen only its shape. */
export function eventText(observation: Observation, { hidden }: DetailOptions): string {
  if (observation.kind === "response") {
    return hidden ? hiddenResponse(observation.response) : formatResponse(observation.response, 400);
  }
  if (
    observation.kind === "request" ||
    observation.kind === "exchange" ||
    observation.kind === "exchangeStarted"
  )
    return observation.kind === "request" ? observation.role : observation.exchange.tag;
  return hidden ? hiddenEvent(observation) : formatEvent(observation);
}

function hiddenEvent(observation: EventObservation): string {
  switch (observation.kind) {
    case "push":
      return hiddenResponse(observation.response);
    case "state":
      return `${observation.from} -> ${observation.to}${observation.mailbox === undefined ? "" : ` ${DOTS}`}`;
    case "defect":
      return `${observation.defect.kind} (${observation.defect.rfc})`;
    case "connection":
      return observation.event.kind;
    default:
      return DOTS;
  }
}
