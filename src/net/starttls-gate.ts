/**
 * The relay while STARTTLS may still come: everything goes through here, and is analysed before it is written, because
 * only the analysis knows at which octet TLS begins (RFC 9051 §6.2.1).
 *
 * Theory of operation. Behind STARTTLS the client's octets are held until the server has answered. If it refuses, they go
 * on as what they are. If it accepts, then what begins like TLS is the client's early handshake, and anything before it
 * is clear text that somebody smuggled in: it is dropped, and so is what the server says behind its answer. Both are told
 * as not relayed, so nothing of it can be taken for a part of the secured dialogue. To go on with the handshake is safe: it
 * says nothing of what was dropped, and whoever can put clear text before it could as well put a handshake of his own there.
 *
 * Where the server's leg has TLS already there is nothing to ask the server: imapscope answers STARTTLS itself (and offers
 * it, if told to), and only the client's leg changes.
 */
import type { Sender } from "../core/base/leg.ts";
import { concat, utf8 } from "../core/base/octets.ts";
import type { Micros } from "../core/base/time.ts";
import type { HoldClient } from "../core/dialogue/event.ts";
import type { Clock } from "./clock.ts";
import { createListFinder } from "./starttls-offer.ts";
import type { Tap } from "./tap.ts";

export interface StartTlsGateOptions {
  readonly tap: Tap;
  readonly clock: Clock;
  /** The server's leg has TLS already. */
  readonly answersItself: boolean;
  /** Puts STARTTLS into the server's lists of capabilities, where imapscope answers it itself. */
  readonly offers: boolean;
  /** Writes octets of a sender on to the other leg. */
  readonly write: (from: Sender, bytes: Uint8Array) => void;
  readonly pauseClient: () => void;
  readonly resumeClient: () => void;
  /** TLS begins now; `early` are the octets of the client's handshake that came already. */
  readonly begin: (early: Uint8Array) => void;
}

export interface StartTlsGate {
  /** Takes octets that were read, and writes on what may go on. */
  readonly take: (from: Sender, bytes: Uint8Array, atMicros: Micros) => void;
  /** The client has ended its half: what is held of it has nowhere to go. */
  readonly clientEnded: () => void;
}

/** Octets of a client that are held before it is paused; a whole handshake fits. */
const HELD_OCTETS = 64 * 1024;

const OFFER = utf8(" STARTTLS");

export function createStartTlsGate(options: StartTlsGateOptions): StartTlsGate {
  const { tap, clock, write } = options;
  const findLists = options.answersItself && options.offers ? createListFinder() : undefined;
  /** What the client sent behind STARTTLS, while the answer is awaited. */
  let held: Uint8Array[] | undefined;
  let heldOctets = 0;
  /** A STARTTLS that imapscope means to answer. */
  let own: { readonly tag: string; readonly command: Uint8Array } | undefined;
  let begun = false;

  function take(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    if (from === "client") {
      if (held === undefined) pass("client", bytes, atMicros);
      else hold(bytes);
      if (own !== undefined) proceed();
      return;
    }
    if (findLists === undefined) pass("server", bytes, atMicros);
    else passOffering(findLists(bytes), bytes, atMicros);
    proceed();
  }

  function pass(from: Sender, bytes: Uint8Array, atMicros: Micros): void {
    let rest = bytes;
    while (rest.length > 0) {
      const { consumed, switch: change } = tap.data(from, rest, atMicros);
      const run = change === undefined ? rest : rest.subarray(0, consumed);
      rest = rest.subarray(run.length);
      if (change?.kind === "holdClient") {
        holdBehind(run, change);
        hold(rest);
        return;
      }
      write(from, run);
      if (change?.kind === "startTls") {
        if (rest.length > 0) tap.data("server", rest, atMicros, { relayed: false });
        begin();
        return;
      }
    }
  }

  function passOffering(marks: readonly number[], bytes: Uint8Array, atMicros: Micros): void {
    let at = 0;
    for (const mark of marks) {
      pass("server", bytes.subarray(at, mark), atMicros);
      at = mark;
      if (tap.startTlsState().allowed) say(OFFER, atMicros);
    }
    pass("server", bytes.subarray(at), atMicros);
  }

  /** `run` ends in STARTTLS. */
  function holdBehind(run: Uint8Array, { tag, octets }: HoldClient): void {
    held = [];
    heldOctets = 0;
    const start = run.length - octets;
    // A command of which the server has seen the beginning has to be answered by the server.
    const mine = options.answersItself && start >= 0;
    write("client", mine ? run.subarray(0, start) : run);
    if (mine) own = { tag, command: run.subarray(start) };
  }

  function hold(bytes: Uint8Array): void {
    if (held === undefined || bytes.length === 0) return;
    held.push(bytes);
    heldOctets += bytes.length;
    if (heldOctets > HELD_OCTETS) options.pauseClient();
  }

  /** Looks whether the client may go on, or can be answered. */
  function proceed(): void {
    if (held === undefined || begun) return;
    const state = tap.startTlsState();
    if (own !== undefined && state.due) {
      const { tag } = own;
      own = undefined;
      const accepted = say(utf8(`${tag} OK Begin TLS negotiation now (imapscope)\r\n`), clock.micros());
      if (accepted) begin();
      else release();
      return;
    }
    if (own !== undefined && !state.allowed) {
      write("client", own.command);
      own = undefined;
    }
    if (!state.asked) release();
  }

  /** Says something in the server's name; returns whether TLS begins behind it. */
  function say(bytes: Uint8Array, atMicros: Micros): boolean {
    const taken = tap.data("server", bytes, atMicros, { byImapscope: true });
    write("server", bytes);
    return taken.switch?.kind === "startTls";
  }

  /** No TLS: the client's octets are what they seem. */
  function release(): void {
    const waiting = held ?? [];
    held = undefined;
    for (const bytes of waiting) take("client", bytes, clock.micros());
    if (held === undefined) options.resumeClient();
  }

  function begin(): void {
    const waiting = concat(held ?? []);
    held = undefined;
    begun = true;
    const start = startOfTls(waiting);
    if (start > 0) tap.data("client", waiting.subarray(0, start), clock.micros(), { relayed: false });
    options.begin(waiting.subarray(start));
  }

  return {
    take,
    clientEnded: () => {
      const waiting = concat(held ?? []);
      held = undefined;
      if (waiting.length > 0) tap.data("client", waiting, clock.micros(), { relayed: false });
    },
  };
}

/** Whether octets begin like a TLS handshake: a record of type 22 and major version 3. */
export function beginsTls(bytes: Uint8Array): boolean {
  return bytes[0] === 0x16 && (bytes.length === 1 || bytes[1] === 0x03);
}

/** Where the first record begins that may hold a ClientHello, as far as it has come; behind all octets where there is none. */
function startOfTls(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x16); at >= 0; at = bytes.indexOf(0x16, at + 1)) {
    const isHello = (bytes[at + 5] ?? 1) === 1;
    if (isHello && beginsTls(bytes.subarray(at, at + 2))) return at;
  }
  return bytes.length;
}
