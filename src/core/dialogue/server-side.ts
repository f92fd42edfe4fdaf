/** The server's half of the dialogue: what each of its units is, and what it changes for the client's half. */
import { NO_OCTETS } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import { type Defect, defect, NO_DEFECTS, withDefect, withDefects } from "../imap/defect.ts";
import type { Frame } from "../imap/frame.ts";
import { type ServerLine, serverLine, tagIn } from "../imap/free-text.ts";
import type {
  CommandOrdinal,
  ContinuationReason,
  DialogueEvent,
  HoldClient,
  ServerRole,
  Switch,
} from "./event.ts";
import type { OpenCommand } from "./open-commands.ts";
import type { Phase } from "./phase.ts";

export interface ServerSideOptions {
  readonly emit: (event: DialogueEvent) => void;
  /** A continuation request let the client send its literal. */
  readonly continued: (atMicros: Micros) => void;
  /** A command was completed. */
  readonly completed: (command: OpenCommand) => void;
  /** The transport changes behind the frame that is being taken. */
  readonly wants: (change: Exclude<Switch, HoldClient>) => void;
}

/** Mechanisms that can negotiate a security layer, after which the octets are no IMAP (RFC 4422 §3.7). */
const LAYERED_MECHANISMS = /^(GSSAPI|GS2-.*|DIGEST-MD5|KERBEROS_V4|NTLM|SRP|SECURID)$/;

/** Commands that send credentials, whose lines or literals a client may send although they were refused. */
const CREDENTIALS = new Set(["LOGIN", "AUTHENTICATE", "PROXYAUTH", "X-MASTERAUTH"]);

/** The command that a frame belongs to, if it belongs to one, and what is wrong with its coming. */
interface Belonging {
  readonly ordinal: CommandOrdinal | undefined;
  readonly reason: ContinuationReason | undefined;
  readonly defects: readonly Defect[];
}

function nobody(...defects: readonly Defect[]): Belonging {
  return { ordinal: undefined, reason: undefined, defects };
}

const NOBODY = nobody();
const BLANK_LINE = nobody(defect("server-blank-line", "an empty line between responses"));
const NO_GREETING = nobody(defect("greeting-invalid", "the greeting is not OK, PREAUTH or BYE"));

export class ServerSide {
  private readonly phase: Phase;
  private readonly options: ServerSideOptions;

  constructor(phase: Phase, options: ServerSideOptions) {
    this.phase = phase;
    this.options = options;
  }

  frame(read: Frame): void {
    const line = serverLine(read.lines[0] ?? NO_OCTETS);
    const role = roleOf(line, this.phase);
    if (line.name === "BYE" && line.kind === "untagged") this.phase.bye = true;
    const { ordinal, reason, defects } = this.belonging(role, line, read);
    this.options.emit({
      kind: "frame",
      role,
      frame: read,
      ordinal,
      reason,
      defects: withDefects(frameDefects(read), defects),
    });
  }

  private belonging(role: ServerRole, line: ServerLine, read: Frame): Belonging {
    if (role === "continuation") return this.continuation(read);
    if (role === "tagged") return this.completion(line, read.lines[0] ?? NO_OCTETS);
    if (role === "greeting") return this.greet(line);
    return role === "blank" ? BLANK_LINE : NOBODY;
  }

  private greet(line: ServerLine): Belonging {
    this.phase.greeted = true;
    if (line.name === "PREAUTH") this.phase.authenticated = true;
    return line.name === "OK" || line.name === "PREAUTH" || line.name === "BYE" ? NOBODY : NO_GREETING;
  }

  private continuation(read: Frame): Belonging {
    const owner = this.phase.open.takeExpectation();
    if (owner === undefined) {
      const unexpected = defect("continuation-unexpected", "nothing waits for a continuation request");
      return {
        ordinal: undefined,
        reason: "unexpected",
        defects: this.phase.clientUnseen ? NO_DEFECTS : [unexpected],
      };
    }
    const command = this.phase.open.get(owner.ordinal);
    if (owner.reason === "literal") {
      if (command !== undefined) command.continued++;
      this.options.continued(read.endMicros);
    } else if (owner.reason === "sasl" && this.phase.sasl !== undefined) {
      this.phase.sasl.asked = true;
    }
    return { ordinal: owner.ordinal, reason: owner.reason, defects: NO_DEFECTS };
  }

  private completion(line: ServerLine, octets: Uint8Array): Belonging {
    const command = this.phase.open.withTagAt(octets, line.tagStart, line.tagEnd);
    if (command === undefined) {
      const kind = this.phase.open.wasCompleted(tagIn(octets, line)) ? "tagged-duplicate" : "tagged-unknown";
      return this.phase.clientUnseen ? NOBODY : nobody(defect(kind, "no open command has this tag"));
    }
    let defects = NO_DEFECTS;
    const accepted = line.name === "OK";
    if (accepted && !command.received) {
      defects = withDefect(defects, defect("tagged-early", "OK came before the last octet of the command"));
    }
    if (accepted && command.announced > command.continued) {
      defects = withDefect(
        defects,
        defect("continuation-missing", "a synchronizing literal never got its continuation request"),
      );
    }
    this.phase.open.complete(command);
    this.options.completed(command);
    if (!accepted && CREDENTIALS.has(command.name)) this.phase.credentialsRefused = true;
    if (this.phase.sasl?.ordinal === command.ordinal) {
      this.phase.securityLayer = accepted && LAYERED_MECHANISMS.test(this.phase.sasl.mechanism);
      this.phase.sasl = undefined;
    }
    if (this.phase.idle?.ordinal === command.ordinal) this.phase.idle = undefined;
    if (accepted) OK_EFFECTS.get(command.name)?.(this.phase, this.options);
    else if (command.name === "UNAUTHENTICATE" && this.phase.deflated)
      this.options.wants({ kind: "keepDeflate" });
    return { ordinal: command.ordinal, reason: undefined, defects };
  }
}

/** What a tagged OK changes for the framing of what follows. */
const OK_EFFECTS = new Map<string, (phase: Phase, options: ServerSideOptions) => void>([
  ["LOGIN", (phase) => setAuthenticated(phase, true)],
  ["AUTHENTICATE", (phase) => setAuthenticated(phase, true)],
  ["UNAUTHENTICATE", unauthenticate],
  ["STARTTLS", (_phase, options) => options.wants({ kind: "startTls" })],
  ["COMPRESS", (_phase, options) => options.wants({ kind: "deflate" })],
]);

function unauthenticate(phase: Phase, options: ServerSideOptions): void {
  setAuthenticated(phase, false);
  if (!phase.deflated) return;
  phase.deflated = false;
  options.wants({ kind: "endDeflate" });
}

function setAuthenticated(phase: Phase, authenticated: boolean): void {
  phase.authenticated = authenticated;
}

function roleOf(line: ServerLine, phase: Phase): ServerRole {
  if (line.kind !== "malformed" && line.kind !== "blank") phase.serverSynced = true;
  if (line.kind === "untagged" && !phase.greeted) return "greeting";
  if (line.kind === "malformed" && !phase.serverSynced) return "unknown";
  return line.kind;
}

function frameDefects(frame: Frame): readonly Defect[] {
  if (frame.end === "crlf" && frame.droppedOctets === 0) return NO_DEFECTS;
  const defects: Defect[] = [];
  if (frame.end === "lf") defects.push(defect("server-bare-lf", "the line ends in LF without CR"));
  if (frame.end === "cut") defects.push(defect("server-cut", "the octets end before the line end"));
  if (frame.droppedOctets > 0)
    defects.push(defect("server-limit", `${frame.droppedOctets} octets were not looked at`));
  return defects;
}
