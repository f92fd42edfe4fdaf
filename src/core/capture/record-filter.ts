/**
 * Finds the records of one connection among those of many without reading the others: a twentieth of the work. It knows the
 * form in which imapscope writes `data`; whatever looks different is kept, so what it gives is a superset, in order.
 */
import type { ConnectionId } from "../base/leg.ts";
import { isDigit, LF, utf8 } from "../base/octets.ts";
import { parseRecord, rawOctets } from "./record.ts";

export interface RecordFilter {
  /**
   * Takes octets that go on where those before ended, and gives the runs of them that may be records of the connection.
   * Returns how many it took: the rest is the beginning of a record and is to be given once more, with what follows it.
   * With `last`, nothing follows.
   */
  readonly push: (bytes: Uint8Array, last: boolean) => number;
}

const START = utf8('{"type":"data","connection":');
const AT = utf8(',"at":');
const FROM_CLIENT = utf8(',"from":"client"');
const FROM_SERVER = utf8(',"from":"server"');
const BY = utf8(',"by":"imapscope"');
const NOT_RELAYED = utf8(',"relayed":false');
const OCTETS = utf8(',"octets":');
const TEXTS = [',"text":', ',"base64":', ',"omitted":'].map(utf8);
const COMMA = 0x2c;
const ZERO = 0x30;
/** Longer than all that stands before the octets of a record. */
const HEAD_OCTETS = 256;

/** What the head of a record says that is written as imapscope writes it. */
interface Head {
  readonly wanted: boolean;
  /** Raw octets behind its line, with the line feed behind them. */
  readonly raw: number;
}

/** Makes a filter that begins at a record. `keep` gets runs that are good as long as what was pushed. */
export function createRecordFilter(
  connection: ConnectionId,
  keep: (bytes: Uint8Array) => void,
): RecordFilter {
  let mode: "record" | "line" | "raw" = "record";
  /** Whether the record that is under way is kept, and its raw octets, of which so many are left. */
  let keeps = false;
  let rawLeft = 0;

  function push(bytes: Uint8Array, last: boolean): number {
    /** Where the run that is kept began; -1 where none is. */
    let kept = mode !== "record" && keeps ? 0 : -1;
    let at = 0;
    while (at < bytes.length) {
      if (mode === "raw") {
        at = passRaw(bytes, at);
        continue;
      }
      const feed = bytes.indexOf(LF, at);
      const end = feed < 0 ? bytes.length : feed;
      if (mode === "record") {
        if (feed < 0 && !last && end - at < HEAD_OCTETS) break;
        const head = readHead(bytes, at, connection) ?? unusual(bytes.subarray(at, end));
        if (kept < 0 && head.wanted) kept = at;
        if (kept >= 0 && !head.wanted) {
          keep(bytes.subarray(kept, at));
          kept = -1;
        }
        keeps = head.wanted;
        rawLeft = head.raw;
      }
      mode = feed < 0 ? "line" : rawLeft > 0 ? "raw" : "record";
      at = feed < 0 ? end : end + 1;
    }
    if (kept >= 0 && kept < at) keep(bytes.subarray(kept, at));
    return at;
  }

  /** The line feed behind raw octets; where it is not there, the rest of that line is passed as the decoder does. */
  function passRaw(bytes: Uint8Array, at: number): number {
    const end = Math.min(bytes.length, at + rawLeft);
    rawLeft -= end - at;
    if (rawLeft > 0) return end;
    mode = bytes[end - 1] === LF ? "record" : "line";
    return mode === "line" ? end - 1 : end;
  }

  return { push };
}

function readHead(bytes: Uint8Array, start: number, connection: ConnectionId): Head | undefined {
  if (!stands(START, bytes, start)) return undefined;
  let at = start + START.length;
  const number = countAt(bytes, at);
  while (isDigit(bytes[at])) at++;
  if (!stands(AT, bytes, at)) return undefined;
  at = bytes.indexOf(COMMA, at + AT.length);
  if (at < 0 || at > start + HEAD_OCTETS) return undefined;
  const wanted = number === connection;
  if (stands(FROM_SERVER, bytes, at)) at += FROM_SERVER.length;
  else if (stands(FROM_CLIENT, bytes, at)) at += FROM_CLIENT.length;
  else return undefined;
  if (stands(BY, bytes, at)) at += BY.length;
  if (stands(NOT_RELAYED, bytes, at)) at += NOT_RELAYED.length;
  if (stands(OCTETS, bytes, at)) return { wanted, raw: countAt(bytes, at + OCTETS.length) + 1 };
  return TEXTS.some((name) => stands(name, bytes, at)) ? { wanted, raw: 0 } : undefined;
}

/** A record that is not data, or that somebody else wrote: it is kept, and must be understood to know where it ends. */
function unusual(line: Uint8Array): Head {
  const record = parseRecord(line);
  const octets = record === undefined ? undefined : rawOctets(record);
  return { wanted: true, raw: octets === undefined ? 0 : octets + 1 };
}

function stands(name: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
  return true;
}

function countAt(bytes: Uint8Array, start: number): number {
  let count = 0;
  for (let at = start; isDigit(bytes[at]); at++) count = count * 10 + (bytes[at] ?? 0) - ZERO;
  return count;
}
