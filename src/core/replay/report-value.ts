/** The report of a replay as a value: what becomes text, XML and JSON. All texts are safe to print, all lists bounded. */
import type { Micros } from "../base/time.ts";
import type { Difference } from "./mismatch.ts";
import type { Outcome } from "./played.ts";

/** How a connection of a client ended. */
export interface PlayEnd {
  readonly client: number;
  readonly atMicros: Micros;
  /** A sentence: `The client closed the connection.` */
  readonly how: string;
}

/** A list of which only the first entries are kept. */
export interface Entries<T> {
  readonly entries: readonly T[];
  readonly leftOut: number;
}

/** Of one command of a client; all texts are safe to print. */
export interface ReportedCommand {
  readonly client: number;
  readonly atMicros: Micros;
  readonly command: string;
}

export interface ReportedMiss extends ReportedCommand {
  readonly because: string;
  readonly reason: string;
  readonly remedy: string;
  /** Its number in the capture. */
  readonly nearest: number | undefined;
  readonly differences: readonly Difference[];
  /** The exchange of the capture that was played before it on that connection. */
  readonly behind: string | undefined;
}

export interface ReportedNote extends ReportedCommand {
  /** How an answer was made up, what of it was altered, or why the command was refused. */
  readonly note: string;
}

export interface ReportedStep {
  readonly exchange: number;
  readonly connection: number;
  readonly command: string;
  /** What a client asked for that comes nearest, and in what it differs; `undefined` where nobody can tell. */
  readonly note: string | undefined;
}

export interface ReportedClient {
  readonly client: number;
  readonly commands: number;
  readonly misses: number;
  /** When its first command was there. */
  readonly startedMicros: Micros | undefined;
  readonly endedMicros: Micros | undefined;
  readonly end: string | undefined;
}

export interface ReplayReport {
  readonly passed: boolean;
  /** Why it did not pass, each in a sentence. */
  readonly failures: readonly string[];
  /** `failed` are those of the play's own: clients that fell silent, functions that threw. */
  readonly counts: Readonly<
    Record<Outcome["kind"] | "repeated" | "altered" | "clients" | "commands" | "used" | "failed", number>
  >;
  readonly clients: Entries<ReportedClient>;
  readonly misses: Entries<ReportedMiss>;
  readonly refused: Entries<ReportedNote>;
  readonly synthesised: Entries<ReportedNote>;
  readonly altered: Entries<ReportedNote>;
  /** Recorded exchanges that no client asked for. */
  readonly unused: Entries<ReportedStep>;
  /** The same of those without which a play is whole: CAPABILITY, NOOP, LOGIN. */
  readonly unusedOptional: Entries<ReportedStep>;
  /** What of the capture cannot be played. */
  readonly problems: readonly string[];
}
