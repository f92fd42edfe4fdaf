/**
 * Mailbox names between the wire and people. On the wire a name is modified UTF-7 (RFC 3501 §5.1.3), or UTF-8 once the
 * client enabled UTF8=ACCEPT or IMAP4rev2 (RFC 9755 §3, RFC 9051 §5.1); INBOX is compared without case (RFC 9051 §5.1).
 *
 *     "&" opens a run of modified BASE64 ("," for "/", no "=") of UTF-16, which "-" closes; "&-" is "&"
 */
import { displayText, exactUtf8, fromLatin1 } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import type { Mailbox } from "./response.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
const AMPERSAND = 0x26;
const MINUS = 0x2d;

const DIGITS = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i;

/** A name as people read it, and what of the encoding was wrong (in words), if anything. */
export interface DecodedName {
  readonly name: string;
  readonly problem: string | undefined;
}

/** The mailbox of a name as it stood (octets as ISO-8859-1). */
export function mailboxOf(raw: string): Mailbox {
  return decodeMailbox(raw).mailbox;
}

/** The mailbox of a name as it stood, with what of its encoding was wrong, if anything. */
export function decodeMailbox(raw: string): {
  readonly mailbox: Mailbox;
  readonly problem: string | undefined;
} {
  if (raw.length === 5 && upperCase(raw) === "INBOX") {
    return { mailbox: { raw, name: "INBOX" }, problem: undefined };
  }
  const { name, problem } = decodeMailboxName(raw);
  return { mailbox: { raw, name }, problem };
}

/**
 * Decodes a name given as ISO-8859-1. A name with 8-bit octets is taken as UTF-8, and its `&` stay as they are. A run
 * that is not modified UTF-7 stays as it stood, with a problem; nothing is ever lost.
 */
export function decodeMailboxName(raw: string): DecodedName {
  let ascii = 0;
  let ampersand = false;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    ascii |= code;
    if (code === AMPERSAND) ampersand = true;
  }
  if (ascii >= 0x80) {
    const bytes = fromLatin1(raw);
    const exact = exactUtf8(bytes);
    if (exact !== undefined) return { name: exact, problem: undefined };
    return { name: displayText(bytes), problem: "It holds 8-bit octets that are not UTF-8." };
  }
  return ampersand ? decodeRuns(raw) : { name: raw, problem: undefined };
}

function decodeRuns(raw: string): DecodedName {
  let name = "";
  let problem: string | undefined;
  let from = 0;
  let previousEnd = -1;
  for (let open = raw.indexOf("&"); open >= 0; open = raw.indexOf("&", from)) {
    name += raw.slice(from, open);
    let close = open + 1;
    while ((DIGITS[raw.charCodeAt(close)] ?? -1) >= 0) close++;
    const closed = raw.charCodeAt(close) === MINUS;
    from = closed ? close + 1 : close;
    if (close === open + 1 && closed) {
      name += "&";
      continue;
    }
    const run = decodeRun(raw, open + 1, close);
    if (!closed) problem ??= "A run of modified BASE64 is not closed by `-`.";
    else if (run.problem !== undefined) problem ??= run.problem;
    else if (previousEnd === open) problem ??= "Two runs of modified BASE64 stand side by side.";
    previousEnd = from;
    name += closed && run.text !== undefined ? run.text : raw.slice(open, from);
  }
  return { name: name + raw.slice(from), problem };
}

interface DecodedRun {
  /** `undefined` where the run cannot be read at all. */
  readonly text: string | undefined;
  readonly problem: string | undefined;
}

/** The UTF-16 text of a run of modified BASE64 between two positions. */
function decodeRun(raw: string, start: number, end: number): DecodedRun {
  let bits = 0;
  let value = 0;
  let text = "";
  let problem: string | undefined;
  let high = false;
  let halved = false;
  for (let at = start; at < end; at++) {
    value = ((value << 6) | (DIGITS[raw.charCodeAt(at)] ?? 0)) & 0x3fffff;
    bits += 6;
    if (bits < 16) continue;
    bits -= 16;
    const unit = (value >> bits) & 0xffff;
    const low = unit >= 0xdc00 && unit <= 0xdfff;
    if (low !== high) halved = true;
    else if (unit >= 0x20 && unit <= 0x7e) problem ??= "It encodes characters that stand for themselves.";
    high = unit >= 0xd800 && unit <= 0xdbff;
    text += String.fromCharCode(unit);
  }
  if (high || halved) return { text: undefined, problem: "It encodes half of a surrogate pair." };
  if (text === "") return { text: undefined, problem: "A run of modified BASE64 encodes no character." };
  if (bits >= 6) problem ??= "A run of modified BASE64 has digits left over.";
  else if ((value & ((1 << bits) - 1)) !== 0)
    problem ??= "A run of modified BASE64 ends in bits that are not 0.";
  return { text, problem };
}

/** A name in modified UTF-7, as commands send it (RFC 3501 §5.1.3). */
export function encodeMailboxName(name: string): string {
  let raw = "";
  let at = 0;
  while (at < name.length) {
    const code = name.charCodeAt(at);
    if (code >= 0x20 && code <= 0x7e) {
      raw += code === AMPERSAND ? "&-" : name.charAt(at);
      at++;
      continue;
    }
    let bits = 0;
    let value = 0;
    raw += "&";
    for (; at < name.length; at++) {
      const unit = name.charCodeAt(at);
      if (unit >= 0x20 && unit <= 0x7e) break;
      value = ((value & 0x3f) << 16) | unit;
      for (bits += 16; bits >= 6; bits -= 6) raw += ALPHABET.charAt((value >> (bits - 6)) & 0x3f);
    }
    if (bits > 0) raw += ALPHABET.charAt((value << (6 - bits)) & 0x3f);
    raw += "-";
  }
  return raw;
}
