/** The client's half of the dialogue: what each of its lines is, which depends on what the server did. */
import { MASK } from "../base/mask.ts";
import { latin1, NO_OCTETS } from "../base/octets.ts";
import { type Defect, defect, NO_DEFECTS, withDefect, withDefects } from "../imap/defect.ts";
import type { Frame } from "../imap/frame.ts";
import type { Announced } from "../imap/segment.ts";
import type { ClientRole, CommandOrdinal, DialogueEvent, HoldClient } from "./event.ts";
import type { OpenCommand } from "./open-commands.ts";
import type { Phase } from "./phase.ts";
import { type CommandLine, commandLine, isCancel, isCommand, isDone, isTls, tagOf } from "./skim.ts";

type FirstLine = Pick<Announced, "line" | "startMicros" | "atMicros">;

/** What a client line is, in the phase in which it ended; the masker decides alike. */
function clientRole(line: Uint8Array, seen: CommandLine, phase: Phase): ClientRole {
  if (phase.sasl !== undefined && (phase.sasl.asked || !isCommand(seen))) return "sasl";
  if (isTls(line)) return "unknown";
  if (line.length === 0) return "blank";
  if (phase.idle !== undefined && !phase.idle.done && isDone(line)) return "done";
  if (!phase.clientSynced && !isCommand(seen)) return "unknown";
  return "command";
}

export interface ClientSideOptions {
  readonly emit: (event: DialogueEvent) => void;
  /** The transport may change behind the frame that is being taken. */
  readonly wants: (change: HoldClient) => void;
}

export class ClientSide {
  private readonly phase: Phase;
  private readonly options: ClientSideOptions;
  private command: OpenCommand | undefined = undefined;
  private orderDefects = NO_DEFECTS;
  /** TLS has begun where a command belongs: what follows is none of ours. */
  inTls = false;
  /** Of the last command that began; 0 before the first. */
  lastOrdinal: CommandOrdinal;

  constructor(phase: Phase, options: ClientSideOptions, lastOrdinal: CommandOrdinal) {
    this.phase = phase;
    this.options = options;
    this.lastOrdinal = lastOrdinal;
  }

  /** The command that is being received, if one is. */
  current(): CommandOrdinal | undefined {
    return this.command?.ordinal;
  }

  opensLiterals(line: Uint8Array): boolean {
    return this.command !== undefined || clientRole(line, commandLine(line), this.phase) === "command";
  }

  private begin(first: FirstLine, seen: CommandLine, frame: Frame | undefined): OpenCommand {
    const { line, startMicros, atMicros } = first;
    const { name } = seen;
    const tag = tagOf(line, seen);
    this.orderDefects = orderDefectsOf(line, tag, this.phase);
    this.phase.clientSynced = true;
    this.lastOrdinal++;
    // A line without a proper tag is no command to any server, and a masked one none to us: neither changes the dialogue.
    const effective = seen.tagged ? name : "";
    const command: OpenCommand = {
      ordinal: this.lastOrdinal,
      tag,
      name: effective,
      known: isCommand(seen),
      received: false,
      announced: 0,
      continued: 0,
    };
    this.phase.open.add(command);
    if (command.known) this.phase.credentialsRefused = false;
    this.options.emit({
      kind: "commandBegun",
      ordinal: this.lastOrdinal,
      tag,
      name,
      line,
      startMicros,
      atMicros,
      frame,
    });
    return command;
  }

  announced(announcement: Announced): void {
    const { line, header, index } = announcement;
    if (index === 0) this.command = this.begin(announcement, commandLine(line), undefined);
    if (this.command === undefined || !header.synchronizing) return;
    this.command.announced++;
    if (this.phase.open.get(this.command.ordinal) !== undefined)
      this.phase.open.expect(this.command.ordinal, "literal");
  }

  frame(read: Frame): void {
    const first = read.lines[0] ?? NO_OCTETS;
    const seen = commandLine(first);
    const role = this.command === undefined ? clientRole(first, seen, this.phase) : "command";
    this.inTls = role === "unknown" && isTls(first) === true;
    const defects = this.inTls ? TLS_BEGAN : frameDefects(read);
    if (role !== "command") {
      this.options.emit({
        kind: "frame",
        role,
        frame: read,
        ordinal: followUp(role, this.phase),
        reason: undefined,
        defects: role === "blank" ? withDefect(defects, BLANK_LINE) : defects,
      });
      return;
    }
    const { startMicros, endMicros } = read;
    const command = this.command ?? this.begin({ line: first, startMicros, atMicros: endMicros }, seen, read);
    this.command = undefined;
    command.received = true;
    if (read.end !== "refused" && read.end !== "cut" && this.phase.open.get(command.ordinal) !== undefined)
      this.enter(command, first);
    const pipelined = read.literals.some(
      (literal) =>
        literal.synchronizing &&
        literal.continuedMicros === undefined &&
        (literal.received > 0 || isWhole(read)),
    );
    const found = withDefects(this.orderDefects, pipelined ? withDefect(defects, PIPELINED) : defects);
    this.orderDefects = NO_DEFECTS;
    this.options.emit({
      kind: "frame",
      role,
      frame: read,
      ordinal: command.ordinal,
      reason: undefined,
      defects: found,
    });
    const mayChange =
      command.name === "STARTTLS" || (command.name === "UNAUTHENTICATE" && this.phase.deflated);
    if (mayChange && isWhole(read)) {
      this.options.wants({ kind: "holdClient", tag: command.tag, octets: read.octets });
    }
  }

  /** A command was received whole: the phases that begin with it begin. */
  private enter(command: OpenCommand, line: Uint8Array): void {
    if (command.name === "AUTHENTICATE") {
      const [, , mechanism = "", initial] = wordsOf(line);
      this.phase.sasl = {
        ordinal: command.ordinal,
        mechanism: mechanism.toUpperCase(),
        begun: initial !== undefined,
        asked: false,
      };
      this.phase.open.expect(command.ordinal, "sasl");
    } else if (command.name === "IDLE") {
      this.phase.idle = { ordinal: command.ordinal, done: false };
      this.phase.open.expect(command.ordinal, "idle");
    }
  }
}

function isWhole(frame: Frame): boolean {
  return frame.end === "crlf" || frame.end === "lf";
}

/** A SASL line or DONE went by: to which command it belongs, and what it changes. */
function followUp(role: ClientRole, phase: Phase): CommandOrdinal | undefined {
  if (role === "sasl" && phase.sasl !== undefined) {
    phase.sasl.asked = false;
    return phase.sasl.ordinal;
  }
  if (role === "done" && phase.idle !== undefined) {
    phase.idle.done = true;
    return phase.idle.ordinal;
  }
  return undefined;
}

/** The first words of a line. */
function wordsOf(line: Uint8Array): string[] {
  return latin1(line, 0, Math.min(line.length, 256)).split(/ +/);
}

const TLS_BEGAN = [defect("tls-without-starttls", "a TLS handshake where a command belongs")];
const BLANK_LINE = defect("client-blank-line", "an empty line where a command belongs");
const PIPELINED = defect("pipelined-past-literal", "literal octets came before the continuation request");

function orderDefectsOf(line: Uint8Array, tag: string, phase: Phase): readonly Defect[] {
  const defects: Defect[] = [];
  if (isDone(line)) defects.push(defect("stray-done", "DONE although no IDLE is running"));
  else if (isCancel(line))
    defects.push(defect("stray-cancel", "`*` although no authentication exchange is running"));
  else if (phase.sasl !== undefined)
    defects.push(defect("command-during-authenticate", "before the answer to AUTHENTICATE"));
  else if (phase.idle !== undefined && !phase.idle.done)
    defects.push(defect("command-during-idle", "before DONE"));
  // Masked tags may stand for different ones.
  if (tag !== "" && tag !== MASK && phase.open.withTag(tag) !== undefined) {
    defects.push(defect("tag-reused", "a command with the same tag is still open"));
  }
  if (phase.open.hasNamed("STARTTLS"))
    defects.push(defect("pipelined-after-starttls", "before the answer to STARTTLS"));
  if (phase.open.hasNamed("COMPRESS"))
    defects.push(defect("pipelined-after-compress", "before the answer to COMPRESS"));
  return defects;
}

function frameDefects(frame: Frame): readonly Defect[] {
  if (frame.end === "crlf" && frame.droppedOctets === 0) return NO_DEFECTS;
  const defects: Defect[] = [];
  if (frame.end === "lf") defects.push(defect("client-bare-lf", "the line ends in LF without CR"));
  if (frame.end === "cut") defects.push(defect("client-cut", "the octets end before the line end"));
  if (frame.droppedOctets > 0)
    defects.push(defect("client-limit", `${frame.droppedOctets} octets were not looked at`));
  return defects;
}
