/**
 * What is left of a data record that was cut off (the recorder was killed, the disk was full): the octets that are present.
 */
import { BACKSLASH, concat, DQUOTE, fromBase64, latin1, NO_OCTETS, utf8 } from "../base/octets.ts";
import type { DataEvent } from "../wire/event.ts";
import { parseRecord, readRecord } from "./record.ts";
import { NO_SPANS } from "./spans.ts";

const TEXT = utf8(',"text":"');
const BASE64 = utf8(',"base64":"');
const OPEN = utf8('{"text":"');
const CLOSE = utf8('"}');
const EMPTY_TEXT = utf8(',"text":""}');
const LETTER_U = 0x75;

/**
 * The event of a line that ends before its record does, with the octets that are there; `undefined` where there are none.
 * Masked spans stand last in a record and are lost. Linear; never throws.
 */
export function readCutRecord(line: Uint8Array): DataEvent | undefined {
  const text = find(line, TEXT);
  const base64 = find(line, BASE64);
  const isText = text >= 0 && (base64 < 0 || text < base64);
  const nameAt = isText ? text : base64;
  if (nameAt < 0) return undefined;
  const head = parseRecord(concat([line.subarray(0, nameAt), EMPTY_TEXT]));
  const reading = head === undefined ? undefined : readRecord(head);
  if (reading?.kind !== "event" || reading.event.kind !== "data") return undefined;
  const value = line.subarray(nameAt + (isText ? TEXT : BASE64).length);
  const bytes = isText ? cutText(value) : cutBase64(value);
  return bytes.length === 0 ? undefined : { ...reading.event, bytes, redacted: NO_SPANS };
}

/** The octets of a JSON string up to its quote or its end, without an escape or a character that is itself cut. */
function cutText(value: Uint8Array): Uint8Array {
  let end = 0;
  while (end < value.length && value[end] !== DQUOTE) {
    const octets = unitOctets(value, end);
    if (end + octets > value.length) break;
    end += octets;
  }
  const record = parseRecord(concat([OPEN, value.subarray(0, end), CLOSE]));
  const text = record?.["text"];
  if (typeof text !== "string") return NO_OCTETS;
  const whole = /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
  return /\p{Surrogate}/u.test(whole) ? NO_OCTETS : utf8(whole);
}

/** How many octets the escape or the UTF-8 character has that begins at `at` (RFC 3629 §3). */
function unitOctets(value: Uint8Array, at: number): number {
  const first = value[at] ?? 0;
  if (first === BACKSLASH) return value[at + 1] === LETTER_U ? 6 : 2;
  if (first < 0xc0) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function cutBase64(value: Uint8Array): Uint8Array {
  const quote = value.indexOf(DQUOTE);
  const there = quote < 0 ? value.length - (value.length % 4) : quote;
  return fromBase64(latin1(value, 0, there)) ?? NO_OCTETS;
}

/** Where a name begins in the line: our own records name what is in them before any text of a peer. */
function find(line: Uint8Array, name: Uint8Array): number {
  const first = name[0] ?? 0;
  for (let at = line.indexOf(first); at >= 0; at = line.indexOf(first, at + 1)) {
    let same = 1;
    while (same < name.length && line[at + same] === name[same]) same++;
    if (same === name.length) return at;
  }
  return -1;
}
