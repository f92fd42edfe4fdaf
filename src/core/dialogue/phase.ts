/** What the two sides of a dialogue share: open commands, the authentication exchange or IDLE that runs, and a few facts. */
import type { CommandOrdinal, StartTlsState } from "./event.ts";
import { OpenCommands } from "./open-commands.ts";

export interface SaslExchange {
  readonly ordinal: CommandOrdinal;
  /** Upper case. */
  readonly mechanism: string;
  /** Whether the command brought the first message (RFC 4959 §3). */
  readonly begun: boolean;
  /** Whether a continuation request waits for the client's answer. */
  asked: boolean;
}

export interface Idle {
  readonly ordinal: CommandOrdinal;
  /** Whether the client has sent DONE. */
  done: boolean;
}

/** What the transport changes to. */
export type Switching = "startTls" | "deflate";

export interface Phase {
  readonly open: OpenCommands;
  sasl: SaslExchange | undefined;
  idle: Idle | undefined;
  /** Whether the server has greeted. */
  greeted: boolean;
  /** Whether the server has said BYE. */
  bye: boolean;
  /** Whether credentials were accepted; `undefined` where the connection was joined midway. */
  authenticated: boolean | undefined;
  /** The last credentials were refused, and no command has come since: the client may send more of them unasked. */
  credentialsRefused: boolean;
  /** The octets began in the middle of the connection: commands may be open that were never seen. */
  readonly midway: boolean;
  /** The client's stream cannot be framed any more, so answers come to commands that were never seen. */
  clientUnseen: boolean;
  /** Whether each direction is known to be at a line start that is really one; false after joining midway. */
  clientSynced: boolean;
  serverSynced: boolean;
  /** The transport changes here, and has not changed yet. */
  switching: Switching | undefined;
  /** Compression has begun, and has not ended. */
  deflated: boolean;
  /** A mechanism that may have negotiated a security layer was just accepted (RFC 4422 §3.7). */
  securityLayer: boolean;
}

/** How STARTTLS stands on a connection that cannot be followed. */
export const NO_STARTTLS: StartTlsState = { allowed: false, asked: false, due: false };

/** What is left of a phase in which nothing is open. */
export interface SavedPhase extends Omit<Phase, "open" | "sasl" | "idle" | "switching"> {
  readonly completedTags: readonly string[];
}

/** What the phase is, where nothing is open and the transport does not change; else `undefined`. */
export function savePhase(phase: Phase): SavedPhase | undefined {
  const { open, sasl, idle, switching, ...facts } = phase;
  const busy = open.count() > 0 || sasl !== undefined || idle !== undefined || switching !== undefined;
  return busy ? undefined : { ...facts, completedTags: open.completedTags() };
}

export function restoredPhase({ completedTags, ...facts }: SavedPhase): Phase {
  const open = new OpenCommands(completedTags);
  return { ...facts, open, sasl: undefined, idle: undefined, switching: undefined };
}

export function createPhase(midway: boolean): Phase {
  return {
    open: new OpenCommands(),
    sasl: undefined,
    idle: undefined,
    greeted: midway,
    bye: false,
    authenticated: midway ? undefined : false,
    credentialsRefused: false,
    midway,
    clientUnseen: midway,
    clientSynced: !midway,
    serverSynced: !midway,
    switching: undefined,
    deflated: false,
    securityLayer: false,
  };
}
