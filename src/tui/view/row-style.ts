/** How rows look by what they are. */
import type { Micros } from "../../core/base/time.ts";
import type { Row, RowKind } from "../rows/row.ts";
import type { Style } from "./style.ts";

const KIND_STYLES: Readonly<Record<Exclude<RowKind, "exchange">, Style>> = {
  push: "push",
  greeting: "push",
  state: "state",
  tls: "tls",
  connection: "heading",
  defect: "defect",
  notice: "no",
};

const STATUS_STYLES: Readonly<Record<string, Style>> = { OK: "ok", NO: "no", open: "open" };

export function rowStyle({ kind, status }: Row): Style {
  return kind === "exchange" ? (STATUS_STYLES[status] ?? "bad") : KIND_STYLES[kind];
}

/** From so long on an exchange stands out of the others. */
const SLOW_MICROS = 1_000_000;

/** The time that an exchange took, or of which it took most; IDLE is to take long. */
export function timeStyle(micros: Micros | undefined, { exchange }: Row): Style {
  if (exchange === undefined || exchange.isIdle || micros === undefined) return "plain";
  return micros >= SLOW_MICROS ? "no" : "plain";
}

/** What turns while an exchange is in flight. */
const TURNS = ["|", "/", "-", "\\"];
const TURN_MICROS = 250_000;

/** The status; what is in flight moves, so that one can see that it is alive. */
export function statusText({ status, exchange, atMicros }: Row, now: Micros): string {
  if (exchange === undefined || exchange.endMicros !== undefined) return status;
  const turn = TURNS[Math.floor(Math.max(0, now - atMicros) / TURN_MICROS) % TURNS.length] ?? "";
  return `${exchange.isIdle ? "idle" : status} ${turn}`;
}
