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
import type { Frame } from "../imap/frame.ts";
import { createFramer } from "../imap/framer.ts";
import type { Framer, FramerOptions, UnderWay } from "../imap/framer-options.ts";
import { isFreeText } from "../imap/free-text.ts";
import type { Announced, Segment } from "../imap/segment.ts";
import { ClientSide } from "./client-side.ts";
import type { DialogueOptions, SavedDialogue } from "./dialogue-options.ts";
import type { DialogueEvent, OpaqueReason, StartTlsState, Switch } from "./event.ts";
import type { OpenCommand } from "./open-commands.ts";
import { createPhase, NO_STARTTLS, type Phase, restoredPhase, type Switching, savePhase } from "./phase.ts";
import { ServerSide } from "./server-side.ts";

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
  /** What has come of the frame that is being received of a direction. */
  readonly underWay: (from: Sender) => UnderWay | undefined;
  readonly isOpaque: (from: Sender) => boolean;
  /** Why a direction cannot be framed; `undefined` where it can. */
  readonly opaqueReason: (from: Sender) => OpaqueReason | undefined;
  readonly startTlsState: () => StartTlsState;
  /** What the client is in the middle of; read only. */
  readonly phase: Phase;
  /** How it stands between two frames with no command open, so that another may go on from there; elsewhere `undefined`. */
  readonly save: () => SavedDialogue | undefined;
}

/** How many octets were taken before the transport changes or may change, or what follows is opaque; else all of them. */
export interface Taken {
  readonly consumed: number;
  readonly switch: Switch | undefined;
}

export function createDialogue(options: DialogueOptions): Dialogue {
  return new TwoSides(options);
}

/**
 * Classes here and in what a connection is made of besides, rather than functions with closures: an idle connection costs
 * its dialogues, and there are two, on clear octets and on masked ones.
 */
class TwoSides implements Dialogue {
  readonly phase: Phase;
  readonly options: DialogueOptions;
  readonly clientSide: ClientSide;
  readonly serverSide: ServerSide;
  wanted: Switch | undefined = undefined;
  private readonly framers: Record<Sender, Framer>;
  private opaque: ReadonlyMap<Sender, OpaqueReason> = NONE_OPAQUE;

  constructor(options: DialogueOptions) {
    this.options = options;
    const { saved } = options;
    this.phase = saved === undefined ? createPhase(options.midway === true) : restoredPhase(saved.phase);
    this.clientSide = new ClientSide(this.phase, this, saved?.lastOrdinal ?? 0);
    this.serverSide = new ServerSide(this.phase, this);
    this.framers = { client: this.framerOf("client"), server: this.framerOf("server") };
  }

  emit(event: DialogueEvent): void {
    this.options.emit(event);
  }

  wants(change: Switch): void {
    this.wanted = change;
  }

  continued(atMicros: Micros): void {
    this.framers.client.continued(atMicros);
  }

  completed(command: OpenCommand): void {
    const { client } = this.framers;
    if (this.clientSide.current() === command.ordinal && client.awaitsContinuation()) client.refuse();
  }

  private framerOf(from: Sender): Framer {
    return createFramer(new Direction(this, from));
  }

  private becomeOpaque(from: Sender, atMicros: Micros, reason: OpaqueReason): void {
    if (this.opaque.has(from)) return;
    this.opaque = new Map([...this.opaque, [from, reason]]);
    if (from === "client") this.phase.clientUnseen = true;
    this.framers[from].finish();
    this.options.emit({ kind: "opaque", from, atMicros, reason });
  }

  /** Why octets are missing, as far as the dialogue knows better than that they are. */
  omit(from: Sender, atMicros: Micros, reason: OpaqueReason): void {
    const { phase } = this;
    if (this.opaque.has(from)) return;
    if (phase.switching !== undefined) this.becomeOpaque(from, atMicros, switchReason(phase.switching));
    else if (phase.securityLayer && this.framers[from].atBorder()) this.becomeWhollyOpaque(atMicros);
    else this.becomeOpaque(from, atMicros, reason);
  }

  private becomeWhollyOpaque(atMicros: Micros): void {
    this.becomeOpaque("client", atMicros, "saslSecurityLayer");
    this.becomeOpaque("server", atMicros, "saslSecurityLayer");
  }

  receive(from: Sender, bytes: Uint8Array, atMicros: Micros): Taken {
    const { phase } = this;
    const all: Taken = { consumed: bytes.length, switch: undefined };
    if (bytes.length === 0 || this.opaque.has(from)) return all;
    if (phase.switching !== undefined) {
      this.becomeOpaque(from, atMicros, switchReason(phase.switching));
      return all;
    }
    if (phase.securityLayer && this.framers[from].atBorder()) {
      // Each buffer of a SASL security layer begins with its length in four octets, so with a NUL (RFC 4422 §3.7).
      if (bytes[0] === 0) {
        this.becomeWhollyOpaque(atMicros);
        return all;
      }
      phase.securityLayer = false;
    }
    const consumed = this.framers[from].push(bytes, atMicros);
    const { wanted } = this;
    if (from === "client" && this.clientSide.inTls) this.becomeOpaque(from, atMicros, "starttls");
    if (wanted === undefined) return { consumed, switch: undefined };
    if (wanted.kind === "startTls" || wanted.kind === "deflate") phase.switching = wanted.kind;
    this.wanted = undefined;
    return { consumed, switch: wanted };
  }

  switched(kind: Switching, from: Sender | undefined): void {
    const { phase } = this;
    phase.switching = undefined;
    if (kind === "startTls") {
      this.framers.client = this.framerOf("client");
      this.framers.server = this.framerOf("server");
      this.opaque = NONE_OPAQUE;
      this.clientSide.inTls = false;
      phase.open.clear();
      phase.clientUnseen = phase.midway;
    } else if (from !== undefined) {
      this.opaque = new Map([...this.opaque].filter(([sender]) => sender !== from));
      phase.deflated = true;
    }
  }

  finish(from?: Sender): void {
    if (from !== "server" && !this.opaque.has("client")) this.framers.client.finish();
    if (from !== "client" && !this.opaque.has("server")) this.framers.server.finish();
  }

  atBorder(from: Sender): boolean {
    return !this.opaque.has(from) && this.phase.switching === undefined && this.framers[from].atBorder();
  }

  underWay(from: Sender): UnderWay | undefined {
    return this.framers[from].underWay();
  }

  startTlsState(): StartTlsState {
    const { phase } = this;
    if (this.opaque.size > 0 || phase.switching !== undefined) return NO_STARTTLS;
    const allowed = phase.authenticated === false;
    const asked = phase.open.hasNamed("STARTTLS");
    const due = allowed && asked && phase.greeted && phase.open.count() === 1 && this.atBorder("server");
    return { allowed, asked, due };
  }

  isOpaque(from: Sender): boolean {
    return this.opaque.has(from);
  }

  opaqueReason(from: Sender): OpaqueReason | undefined {
    return this.opaque.get(from);
  }

  save(): SavedDialogue | undefined {
    if (!this.atBorder("client") || !this.atBorder("server")) return undefined;
    const phase = savePhase(this.phase);
    return phase && { phase, lastOrdinal: this.clientSide.lastOrdinal };
  }
}

const NONE_OPAQUE: ReadonlyMap<Sender, OpaqueReason> = new Map();

/** What the framer of one direction asks and tells. */
class Direction implements FramerOptions {
  readonly from: Sender;
  readonly literalHeadOctets: number;
  readonly passes: FramerOptions["passes"];
  readonly onSegment: FramerOptions["onSegment"];
  private readonly dialogue: TwoSides;

  constructor(dialogue: TwoSides, from: Sender) {
    const { literalHeadOctets, passes, onSegment } = dialogue.options;
    this.dialogue = dialogue;
    this.from = from;
    this.literalHeadOctets = literalHeadOctets ?? LIMITS.literalHeadOctets;
    this.passes = from === "server" && passes !== undefined ? this.passesRuns : undefined;
    this.onSegment = onSegment === undefined ? undefined : this.segment;
  }

  opensLiterals(line: Uint8Array): boolean {
    return this.from === "client" ? this.dialogue.clientSide.opensLiterals(line) : !isFreeText(line);
  }

  onAnnounced(announced: Announced): void {
    if (this.from === "client") this.dialogue.clientSide.announced(announced);
  }

  onFrame(frame: Frame): boolean {
    const { dialogue, from } = this;
    // What was begun when the stream became opaque was not cut by the peer, and cannot be judged.
    if (dialogue.isOpaque(from)) return true;
    if (from === "client") dialogue.clientSide.frame(frame);
    else dialogue.serverSide.frame(frame);
    return dialogue.wanted === undefined && !dialogue.clientSide.inTls;
  }

  /** Before the greeting, or where the first line is still sought, each line matters. */
  private passesRuns(bytes: Uint8Array, start: number, startMicros: Micros, endMicros: Micros): number {
    const { phase, options } = this.dialogue;
    if (options.passes === undefined || !phase.greeted || !phase.serverSynced) return start;
    return options.passes(bytes, start, startMicros, endMicros);
  }

  private segment(segment: Segment): void {
    this.dialogue.options.onSegment?.(this.from, segment);
  }
}

function switchReason(kind: Switch["kind"]): OpaqueReason {
  return kind === "startTls" ? "starttls" : "compress";
}
