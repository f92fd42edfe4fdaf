/**
 * The rows of the table, in columns of numbers and one heap of texts: some hundred octets an exchange, and only the rows on
 * the screen ever become objects. Everything else about an exchange is read back when it is asked for (past.ts).
 */
import { ByOrdinal } from "../../core/base/by-ordinal.ts";
import type { Exchange, ExchangeId } from "../../core/exchange/exchange.ts";
import type { Command } from "../../core/imap/command.ts";
import type { Observation } from "../../core/observation.ts";
import type { Observer } from "../../core/observe.ts";
import { glance } from "../../core/text/cells.ts";
import { formatCommand } from "../../core/text/command.ts";
import { exchangeLabel, exchangeReason, exchangeTail } from "../../core/text/exchange.ts";
import { createColumn } from "./column.ts";
import { type EventRow, eventRow } from "./event-row.ts";
import { ROW_KINDS, type Row, type RowKind, type RowNumber, type Rows } from "./row.ts";
import { tagText } from "./tag-text.ts";
import { createTextHeap } from "./text-heap.ts";

export interface RowStore extends Rows {
  /** Takes every observation in order; gives the row that it began or changed, if any. */
  readonly add: (observation: Observation) => RowNumber | undefined;
  /** Octets of memory that the rows take. */
  readonly octets: () => number;
}

const NAME_COLUMNS = 60;
const TEXT_COLUMNS = 120;

/** Statuses as numbers; new ones are added as they come. */
const STATUSES = ["", "open", "OK", "NO", "BAD"];
const IDLE = 1;
/** Octets of the numbers of one row. */
const ROW_OCTETS = 4 * 1 + 9 * 4 + 2 * 8 + 4 * 4;

/** @param stateOf tells how an exchange stands that is in flight */
export function createRowStore(stateOf: Observer["underWay"] = () => undefined): RowStore {
  const kinds = createColumn(Uint8Array);
  const statuses = createColumn(Uint8Array);
  const flags = createColumn(Uint8Array);
  const defects = createColumn(Uint8Array);
  const connections = createColumn(Uint32Array);
  const ids = createColumn(Uint32Array);
  const untagged = createColumn(Uint32Array);
  const labels = createColumn(Uint32Array);
  const mains = createColumn(Uint32Array);
  const mailboxes = createColumn(Uint32Array);
  const tails = createColumn(Uint32Array);
  const texts = createColumn(Uint32Array);
  const ats = createColumn(Float64Array);
  const ends = createColumn(Float64Array);
  // Shown with three digits: seven are enough.
  const ups = createColumn(Float32Array);
  const downs = createColumn(Float32Array);
  const uploads = createColumn(Float32Array);
  const waits = createColumn(Float32Array);
  /** The row of an exchange, plus one. */
  const rowsOfIds = createColumn(Uint32Array);
  const heap = createTextHeap();
  /** What was shown of the commands in flight, by the ids of their exchanges. */
  const open = new ByOrdinal<{ readonly ordinal: ExchangeId; readonly command: Command }>();
  const counts = { exchanges: 0, failed: 0, defects: 0 };
  let count = 0;

  function begin(kind: RowKind, connection: number, atMicros: number): RowNumber {
    const row = count++;
    kinds.set(row, ROW_KINDS.indexOf(kind));
    connections.set(row, connection);
    ats.set(row, atMicros);
    ends.set(row, Number.NaN);
    waits.set(row, Number.NaN);
    return row;
  }

  function addEvent({ kind, connection, atMicros, label, main, mailbox, text, octets }: EventRow): RowNumber {
    const row = begin(kind, connection, atMicros);
    if (kind === "defect") counts.defects++;
    labels.set(row, heap.add(label));
    mains.set(row, heap.add(main));
    mailboxes.set(row, heap.add(mailbox));
    texts.set(row, heap.add(text));
    downs.set(row, octets ?? Number.NaN);
    return row;
  }

  function startExchange(exchange: Exchange): RowNumber {
    const { connection, timings, id } = exchange;
    const row = begin("exchange", connection, timings.sentMicros);
    counts.exchanges++;
    ids.set(row, id);
    rowsOfIds.set(id, row + 1);
    labels.set(row, heap.addOnce(tagText(exchange.tag)));
    flags.set(row, exchange.commandName === "IDLE" ? IDLE : 0);
    statuses.set(row, STATUSES.indexOf("open"));
    setWords(row, exchange);
    setFigures(row, exchange);
    open.add({ ordinal: id, command: exchange.command });
    return row;
  }

  function setWords(row: RowNumber, { command, mailbox }: Exchange): void {
    mains.set(row, heap.add(formatCommand(command)));
    if (mailbox !== undefined) mailboxes.set(row, heap.add(glance(mailbox, NAME_COLUMNS)));
  }

  function setFigures(row: RowNumber, { attributed, octets, timings, defects: found }: Exchange): void {
    untagged.set(row, attributed.certain + attributed.likely);
    ups.set(row, octets.clientToServer);
    downs.set(row, octets.serverToClient);
    uploads.set(row, timings.uploadMicros ?? 0);
    waits.set(row, timings.idleEndMicros ?? timings.waitMicros ?? Number.NaN);
    defects.set(row, Math.min(255, found.length));
  }

  function endExchange(exchange: Exchange, atMicros: number): RowNumber | undefined {
    const row = rowOf(exchange.id);
    if (row === undefined) return undefined;
    if (open.get(exchange.id)?.command !== exchange.command) setWords(row, exchange);
    open.remove(exchange.id);
    const status = exchangeLabel(exchange);
    if (status !== "OK") counts.failed++;
    statuses.set(row, statusNumber(status));
    setFigures(row, exchange);
    ends.set(row, exchange.timings.completedMicros ?? atMicros);
    tails.set(row, heap.add(exchangeTail(exchange)));
    texts.set(row, heap.add(glance(exchangeReason(exchange), TEXT_COLUMNS)));
    return row;
  }

  function rowOf(id: ExchangeId): RowNumber | undefined {
    const row = rowsOfIds.get(id);
    return row === 0 ? undefined : row - 1;
  }

  /** The tag and name of an exchange, for rows that say during which something happened. */
  function named(id: ExchangeId | undefined): string | undefined {
    const row = id === undefined ? undefined : rowOf(id);
    return row === undefined ? undefined : `${heap.get(labels.get(row))} ${heap.get(mains.get(row))}`;
  }

  function row(number: RowNumber): Row {
    const kind = ROW_KINDS[kinds.get(number)] ?? "notice";
    const octets = downs.get(number);
    return {
      number,
      kind,
      connection: connections.get(number),
      atMicros: ats.get(number),
      label: heap.get(labels.get(number)),
      status: STATUSES[statuses.get(number)] ?? "",
      main: heap.get(mains.get(number)),
      mailbox: heap.get(mailboxes.get(number)),
      tail: heap.get(tails.get(number)),
      text: heap.get(texts.get(number)),
      exchange: kind === "exchange" ? figures(number) : undefined,
      octets: kind === "exchange" || Number.isNaN(octets) ? undefined : octets,
    };
  }

  function underWay(number: RowNumber): Exchange | undefined {
    const isOpen = ids.get(number) !== 0 && Number.isNaN(ends.get(number));
    return isOpen ? stateOf(connections.get(number), ids.get(number)) : undefined;
  }

  /** Of what is in flight they are asked for when somebody looks, so that only rows on the screen cost something. */
  function figures(number: RowNumber): NonNullable<Row["exchange"]> {
    const now = underWay(number);
    if (now !== undefined) setFigures(number, now);
    const end = numberOrNone(ends.get(number));
    const wait = numberOrNone(waits.get(number));
    const upload = uploads.get(number);
    const took = end === undefined ? 0 : end - ats.get(number);
    const isIdle = (flags.get(number) & IDLE) !== 0;
    return {
      id: ids.get(number),
      untagged: untagged.get(number),
      up: ups.get(number),
      down: downs.get(number),
      uploadMicros: now !== undefined && now.timings.uploadMicros === undefined ? undefined : upload,
      waitMicros: wait,
      downloadMicros: isIdle ? 0 : Math.max(0, took - upload - (wait ?? 0)),
      endMicros: end,
      isIdle,
      defects: defects.get(number),
    };
  }

  return {
    add: (observation) => {
      if (observation.kind === "exchangeStarted") return startExchange(observation.exchange);
      if (observation.kind === "exchange") return endExchange(observation.exchange, observation.atMicros);
      const event = eventRow(observation, named);
      return event && addEvent(event);
    },
    count: () => count,
    row,
    kind: (number) => ROW_KINDS[kinds.get(number)] ?? "notice",
    connection: connections.get,
    status: (number) => STATUSES[statuses.get(number)] ?? "",
    at: ats.get,
    total: (number) => {
      const end = ends.get(number);
      const counted = !Number.isNaN(end) && (flags.get(number) & IDLE) === 0;
      return counted ? end - ats.get(number) : 0;
    },
    underWay,
    ofExchange: rowOf,
    inFlight: () => open.size,
    counts: () => counts,
    octets: () => count * ROW_OCTETS + heap.octets(),
  };
}

function statusNumber(status: string): number {
  const known = STATUSES.indexOf(status);
  if (known !== -1) return known;
  // There are about ten words for it, but a new one must not fail.
  return STATUSES.length < 255 ? STATUSES.push(status) - 1 : 0;
}

function numberOrNone(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
