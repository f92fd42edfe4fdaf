/**
 * Theory of operation. The two directions are one dialogue: a client line is a command, SASL data or DONE depending on what
 * the server said, and a literal is only sent when the server let it be (RFC 9051 §2.2, §4.3, §6.2.2, RFC 2177 §3). So one
 * machine owns both framers. What it knows is small: the open commands and what each waits for, whether an authentication
 * exchange or IDLE runs, and where the transport changes. It says what each frame is and reports what broke the order of the
 * dialogue; what frames mean is found elsewhere. It never throws for any octets.
 */
import type { Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import type { Micros } from "../base/time.ts";
import { createFramer, type Framer } from "../imap/framer.ts";
import { isFreeText } from "../imap/free-text.ts";
import type { Segment } from "../imap/segment.ts";
import { createClientSide } from "./client-side.ts";
import type { CommandOrdinal, DialogueEvent, OpaqueReason, StartTlsState, Switch } from "./event.ts";
import {
  createPhase,
  type Phase,
  restoredPhase,
  type SavedPhase,
  type Switching,
  savePhase,
} from "./phase.ts";
import { createServerSide } from "./server-side.ts";

export interface DialogueOptions {
  readonly emit: (event: DialogueEvent) => void;
  /** The octets begin in the middle of a connection. */
  readonly midway?: boolean;
  /** Goes on from here. */
  readonly saved?: SavedDialogue | undefined;
  /** Octets of each literal to keep; the default is LIMITS.literalHeadOctets. */
  readonly literalHeadOctets?: number;
  /**
   * Where whole FETCH responses end that follow each other from `start` on and of which no frames are wanted; `start` where
   * there are none. Asked between two units of the server.
   */
  readonly passes?: (bytes: Uint8Array, start: number, atMicros: Micros) => number;
  /** Follows the octets of both directions run by run, each before the dialogue has taken it into account. */
  readonly onSegment?: (from: Sender, segment: Segment) => void;
}

export interface Dialogue {
  /** Takes octets of one direction in the order of arrival. */
  readonly receive: (from: Sender, bytes: Uint8Array, atMicros: Micros) => Taken;
  /** Octets of a direction are missing: what follows in it cannot be framed. */
  readonly omit: (from: Sender, atMicros: Micros, reason: OpaqueReason) => void;
  /** The transport has changed: both framers begin anew (TLS), or the direction goes on inflated (DEFLATE). */
  readonly switched: (kind: Switching, from: Sender | undefined) => void;
  /** The octets of one direction have ended, or of both; gives the frames that are cut off. */
  readonly finish: (from?: Sender) => void;
  /** Whether the next octet of a direction begins a frame, and can be framed at all. */
  readonly atBorder: (from: Sender) => boolean;
  readonly isOpaque: (from: Sender) => boolean;
  /** Why a direction cannot be framed; `undefined` where it can. */
  readonly opaqueReason: (from: Sender) => OpaqueReason | undefined;
  readonly startTlsState: () => StartTlsState;
  /** What the client is in the middle of; read only. */
  readonly phase: Phase;
  /** How it stands between two frames with no command open, so that another may go on from there; elsewhere `undefined`. */
  readonly save: () => SavedDialogue | undefined;
}

export interface SavedDialogue {
  readonly phase: SavedPhase;
  readonly lastOrdinal: CommandOrdinal;
}

/** How many octets were taken before the transport changes or may change (all of them where it does not). */
export interface Taken {
  readonly consumed: number;
  readonly switch: Switch | undefined;
}

/** How STARTTLS stands on a connection that cannot be followed. */
export const NO_STARTTLS: StartTlsState = { allowed: false, asked: false, due: false };

export function createDialogue(options: DialogueOptions): Dialogue {
  const { saved } = options;
  const phase = saved === undefined ? createPhase(options.midway === true) : restoredPhase(saved.phase);
  const opaque = new Map<Sender, OpaqueReason>();
  const literalHeadOctets = options.literalHeadOctets ?? LIMITS.literalHeadOctets;
  const { onSegment } = options;
  let wanted: Switch | undefined;

  const wants = (change: Switch): void => {
    wanted = change;
  };
  const clientSide = createClientSide(phase, { emit: options.emit, wants, lastOrdinal: saved?.lastOrdinal });
  const serverSide = createServerSide(phase, {
    emit: options.emit,
    continued: (atMicros) => framers.client.continued(atMicros),
    completed: (command) => {
      if (clientSide.current() === command.ordinal && framers.client.awaitsContinuation())
        framers.client.refuse();
    },
    wants,
  });

  /** Before the greeting, or where the first line is still sought, each line matters. */
  function passes(bytes: Uint8Array, start: number, atMicros: Micros): number {
    return phase.greeted && phase.serverSynced ? (options.passes?.(bytes, start, atMicros) ?? start) : start;
  }

  function framerOf(from: Sender): Framer {
    return createFramer({
      from,
      literalHeadOctets,
      opensLiterals: from === "client" ? clientSide.opensLiterals : (line) => !isFreeText(line),
      onAnnounced: from === "client" ? clientSide.announced : () => {},
      ...(from === "server" && options.passes !== undefined ? { passes } : {}),
      onFrame: (frame) => {
        // What was begun when the stream became opaque was not cut by the peer, and cannot be judged.
        if (opaque.has(from)) return true;
        if (from === "client") clientSide.frame(frame);
        else serverSide.frame(frame);
        return wanted === undefined;
      },
      ...(onSegment === undefined ? {} : { onSegment: (segment: Segment) => onSegment(from, segment) }),
    });
  }

  const framers: Record<Sender, Framer> = { client: framerOf("client"), server: framerOf("server") };

  function becomeOpaque(from: Sender, atMicros: Micros, reason: OpaqueReason): void {
    if (opaque.has(from)) return;
    opaque.set(from, reason);
    if (from === "client") phase.clientUnseen = true;
    framers[from].finish();
    options.emit({ kind: "opaque", from, atMicros, reason });
  }

  /** Why octets are missing, as far as the dialogue knows better than that they are. */
  function omit(from: Sender, atMicros: Micros, reason: OpaqueReason): void {
    if (opaque.has(from)) return;
    if (phase.switching !== undefined) becomeOpaque(from, atMicros, switchReason(phase.switching));
    else if (phase.securityLayer && framers[from].atBorder()) becomeWhollyOpaque(atMicros);
    else becomeOpaque(from, atMicros, reason);
  }

  function becomeWhollyOpaque(atMicros: Micros): void {
    becomeOpaque("client", atMicros, "saslSecurityLayer");
    becomeOpaque("server", atMicros, "saslSecurityLayer");
  }

  function receive(from: Sender, bytes: Uint8Array, atMicros: Micros): Taken {
    const all: Taken = { consumed: bytes.length, switch: undefined };
    if (bytes.length === 0 || opaque.has(from)) return all;
    if (phase.switching !== undefined) {
      becomeOpaque(from, atMicros, switchReason(phase.switching));
      return all;
    }
    if (phase.securityLayer && framers[from].atBorder()) {
      // Each buffer of a SASL security layer begins with its length in four octets, so with a NUL (RFC 4422 §3.7).
      if (bytes[0] === 0) {
        becomeWhollyOpaque(atMicros);
        return all;
      }
      phase.securityLayer = false;
    }
    const consumed = framers[from].push(bytes, atMicros);
    if (wanted === undefined) return all;
    const taken: Taken = { consumed, switch: wanted };
    if (wanted.kind === "startTls" || wanted.kind === "deflate") phase.switching = wanted.kind;
    wanted = undefined;
    return taken;
  }

  const atBorder = (from: Sender): boolean =>
    !opaque.has(from) && phase.switching === undefined && framers[from].atBorder();

  function startTlsState(): StartTlsState {
    if (opaque.size > 0 || phase.switching !== undefined) return NO_STARTTLS;
    const allowed = phase.authenticated === false;
    const asked = phase.open.hasNamed("STARTTLS");
    const due = allowed && asked && phase.greeted && phase.open.count() === 1 && atBorder("server");
    return { allowed, asked, due };
  }

  return {
    receive,
    omit,
    switched: (kind, from) => {
      phase.switching = undefined;
      if (kind === "startTls") {
        framers.client = framerOf("client");
        framers.server = framerOf("server");
        opaque.clear();
        phase.open.clear();
        phase.clientUnseen = phase.midway;
      } else if (from !== undefined) {
        opaque.delete(from);
        phase.deflated = true;
      }
    },
    finish: (from) => {
      if (from !== "server" && !opaque.has("client")) framers.client.finish();
      if (from !== "client" && !opaque.has("server")) framers.server.finish();
    },
    atBorder,
    startTlsState,
    isOpaque: (from) => opaque.has(from),
    opaqueReason: (from) => opaque.get(from),
    phase,
    save: () => {
      if (!atBorder("client") || !atBorder("server")) return undefined;
      const savedPhase = savePhase(phase);
      return savedPhase && { phase: savedPhase, lastOrdinal: clientSide.lastOrdinal() };
    },
  };
}

function switchReason(kind: Switch["kind"]): OpaqueReason {
  return kind === "startTls" ? "starttls" : "compress";
}
