/** The line of an exchange, when it is over or while it is in flight. */
import type { Micros } from "../core/base/time.ts";
import type { Exchange } from "../core/exchange/exchange.ts";
import { glance, glanceEnd } from "../core/text/cells.ts";
import { formatCommand } from "../core/text/command.ts";
import { formatDuration } from "../core/text/duration.ts";
import { exchangeLabel, exchangeReason, exchangeTail } from "../core/text/exchange.ts";
import { formatOctets } from "../core/text/octets.ts";
import type { Numbers, Row, Words } from "./layout.ts";
import type { Style } from "./palette.ts";

const TAG_COLUMNS = 12;
const NAME_COLUMNS = 60;

/** An exchange that is over. */
export function exchangeRow(exchange: Exchange, time: string): Row {
  const status = exchangeLabel(exchange);
  return {
    mark: status === "OK" ? " " : "x",
    time,
    connection: exchange.connection,
    label: glanceEnd(exchange.tag, TAG_COLUMNS),
    status,
    style: styleOf(status),
    words: wordsOf(exchange, exchangeTail(exchange), exchangeReason(exchange)),
    numbers: numbersOf(exchange),
  };
}

/** An exchange that has been running for so long. */
export function inFlightRow(exchange: Exchange, time: string, running: Micros): Row {
  const idle = exchange.commandName === "IDLE";
  return {
    mark: "~",
    time,
    connection: exchange.connection,
    label: glanceEnd(exchange.tag, TAG_COLUMNS),
    status: idle ? "idle" : "open",
    style: "faint",
    words: wordsOf(exchange, idle ? "idling" : "in flight", ""),
    numbers: { untagged: "", up: "", down: "", wait: "", total: formatDuration(running) },
  };
}

function wordsOf({ command, mailbox }: Exchange, tail: string, text: string): Words {
  const named = mailbox === undefined ? "" : glance(mailbox, NAME_COLUMNS);
  return { main: formatCommand(command), mailbox: named, tail, text };
}

function numbersOf({ attributed, octets, timings }: Exchange): Numbers {
  // For IDLE the time that counts is idle time, and what the client waited for is DONE to OK.
  const wait = timings.idleEndMicros ?? timings.waitMicros;
  const total = timings.idleMicros ?? timings.totalMicros;
  return {
    untagged: formatOctets(attributed.certain + attributed.likely),
    up: formatOctets(octets.clientToServer),
    down: formatOctets(octets.serverToClient),
    wait: wait === undefined ? "" : formatDuration(wait),
    total: total === undefined ? "" : formatDuration(total),
  };
}

function styleOf(status: string): Style {
  if (status === "OK") return "ok";
  return status === "NO" ? "no" : "bad";
}
