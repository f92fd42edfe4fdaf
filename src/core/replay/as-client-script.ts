/**
 * A capture as the script of its clients: what each has sent, and what it had seen answered before it did. Whoever plays it
 * sends a command when all that was completed before it then is completed now: so what was pipelined is pipelined again,
 * connections interleave as they did, and nothing depends on how fast the server is.
 */
import type { ConnectionId, Span } from "../base/leg.ts";
import { concat, LF } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Frame } from "../imap/frame.ts";
import type { Status } from "../imap/response.ts";
import type { Observation, RequestObservation } from "../observation.ts";
import { createObserver } from "../observe.ts";
import type { WireEvent } from "../wire/event.ts";
import { writeReason } from "./as-client-writes.ts";

/** A run of a command up to a literal, or behind the last one. */
export interface CommandPart {
  readonly bytes: Uint8Array;
  /** Of the literal that its last line announces. */
  readonly announces: { readonly octets: number; readonly synchronizing: boolean } | undefined;
}

export interface IdlePart {
  /** As `after` of a step. */
  readonly doneAfter: number;
  /** As of a step. */
  readonly gapMicros: Micros;
  /** Untagged data that came meanwhile. */
  readonly pushes: number;
  readonly micros: Micros;
}

export interface ClientStep {
  readonly id: ExchangeId;
  readonly connection: ConnectionId;
  readonly tag: string;
  /** Upper case: `UID FETCH`. */
  readonly name: string;
  /** Upper case, of AUTHENTICATE. */
  readonly mechanism: string;
  /** AUTHENTICATE came with its first response (RFC 9051 §6.2.2). */
  readonly initialResponse: boolean;
  readonly parts: readonly CommandPart[];
  /** Octets of it are masked: it cannot be sent as it was. */
  readonly masked: boolean;
  /** How many steps of all connections had been completed before it was sent: those with a lower rank. */
  readonly after: number;
  /** How long after that it was sent, or after whatever was said on its own connection last. */
  readonly gapMicros: Micros;
  /** Which of all steps that were completed it was; `undefined` where it never was. */
  readonly rank: number | undefined;
  readonly status: Status | undefined;
  readonly idle: IdlePart | undefined;
  /** What it changes on the server, in words; `undefined` where it only reads. */
  readonly writes: string | undefined;
}

export interface ClientConnection {
  readonly connection: ConnectionId;
  readonly openAfter: number;
  /** As of a step. */
  readonly gapMicros: Micros;
  readonly steps: readonly ClientStep[];
}

export interface ClientScript {
  readonly connections: readonly ClientConnection[];
  /** Steps that were completed. */
  readonly completed: number;
  /** What of the capture cannot be played, each in a sentence. */
  readonly problems: readonly string[];
}

type Draft = { -readonly [Field in keyof ClientStep]: ClientStep[Field] };

interface Following {
  readonly connection: ConnectionId;
  readonly openAfter: number;
  readonly gapMicros: Micros;
  readonly steps: Draft[];
  /** When something was said last. */
  lastMicros: Micros;
  /** Octets of the client that are in no frame yet, and where they stand. */
  held: Uint8Array[];
  heldOctets: number;
  passed: number;
  readonly redacted: Span[];
  /**
   * The mailbox was not opened with EXAMINE. How the recorded server answered SELECT says nothing of another one, and what is
   * pipelined behind it is carried out behind it.
   */
  mayWrite: boolean;
}

export interface ClientScriptBuilder {
  readonly take: (event: WireEvent) => void;
  readonly finish: () => ClientScript;
}

/** Makes the script of events as they come. The commands themselves are kept, not what the server said. */
export function createClientScript(): ClientScriptBuilder {
  const followed = new Map<ConnectionId, Following>();
  const steps = new Map<ExchangeId, Draft>();
  const begun = new Map<ExchangeId, Pick<ClientStep, "after" | "gapMicros">>();
  const problems: string[] = [];
  let completed = 0;
  let completedMicros: Micros | undefined;
  const observer = createObserver({ emit: observed });

  function followingOf({ connection, atMicros }: Pick<WireEvent, "connection" | "atMicros">): Following {
    let one = followed.get(connection);
    if (one === undefined) {
      const empty = { held: [], heldOctets: 0, passed: 0, redacted: [], mayWrite: true };
      const gapMicros = atMicros - (completedMicros ?? atMicros);
      one = { connection, openAfter: completed, gapMicros, lastMicros: atMicros, steps: [], ...empty };
      followed.set(connection, one);
    }
    return one;
  }

  /** Since what the client may have waited for. */
  function gapOf({ lastMicros }: Following, atMicros: Micros): Micros {
    return Math.max(0, atMicros - Math.max(lastMicros, completedMicros ?? 0));
  }

  function take(event: WireEvent): void {
    const one = followingOf(event);
    if (event.kind === "data" && event.from === "client" && event.relayed !== false) {
      const start = one.passed + one.heldOctets;
      for (const [from, to] of event.redacted) one.redacted.push([start + from, start + to]);
      one.held.push(event.bytes);
      one.heldOctets += event.bytes.length;
    } else if (event.kind === "open" && event.midway) {
      problems.push(
        `connection ${event.connection} was recorded from its middle on: how it began is not known`,
      );
    } else if (event.kind === "omitted" && event.relayed !== false) {
      problems.push(`connection ${event.connection} lacks octets, and what follows them: ${event.reason}`);
    }
    observer.take(event);
    one.lastMicros = event.atMicros;
  }

  function observed(observation: Observation): void {
    const one = followingOf(observation);
    const { atMicros } = observation;
    if (observation.kind === "exchangeStarted") {
      begun.set(observation.exchange.id, { after: completed, gapMicros: gapOf(one, atMicros) });
      one.lastMicros = atMicros;
    } else if (observation.kind === "request") takeFrame(one, observation);
    else if (observation.kind === "push" && observation.during !== undefined) {
      const step = steps.get(observation.during);
      if (step?.idle !== undefined) step.idle = { ...step.idle, pushes: step.idle.pushes + 1 };
    } else if (observation.kind === "exchange" && observation.exchange.end === "completed") {
      const step = steps.get(observation.exchange.id);
      if (step === undefined) return;
      step.rank = completed++;
      completedMicros = atMicros;
      step.status = observation.exchange.status;
    }
  }

  function takeFrame(one: Following, { role, frame, command, exchange, atMicros }: RequestObservation): void {
    const held = concat(one.held);
    const octets = held.subarray(0, frame.octets);
    const { passed } = one;
    one.held = [held.subarray(frame.octets)];
    one.heldOctets -= octets.length;
    one.passed += octets.length;
    if (role === "done" && exchange !== undefined) {
      const step = steps.get(exchange);
      if (step?.idle === undefined) return;
      const gapMicros = gapOf(one, atMicros);
      step.idle = { ...step.idle, doneAfter: completed, gapMicros, micros: atMicros - step.idle.micros };
    }
    if (role !== "command" || command === undefined || exchange === undefined || frame.end === "cut") return;
    const { name, tag, detail } = command;
    if (name === "SELECT" || name === "EXAMINE") one.mayWrite = name === "SELECT";
    const step: Draft = {
      ...{ id: exchange, connection: one.connection, tag, name, parts: partsOf(octets, frame) },
      mechanism: detail.kind === "authenticate" ? detail.mechanism : "",
      initialResponse: detail.kind === "authenticate" && detail.initialResponse,
      masked: one.redacted.some(([from, to]) => from < passed + octets.length && to > passed),
      ...(begun.get(exchange) ?? { after: completed, gapMicros: 0 }),
      ...{ rank: undefined, status: undefined },
      idle: name === "IDLE" ? { doneAfter: 0, gapMicros: 0, pushes: 0, micros: atMicros } : undefined,
      writes: writeReason(command, one.mayWrite),
    };
    while ((one.redacted[0]?.[1] ?? Number.POSITIVE_INFINITY) <= one.passed) one.redacted.shift();
    steps.set(exchange, step);
    one.steps.push(step);
  }

  return {
    take,
    finish: () => {
      observer.finish();
      const connections = [...followed.values()].map(({ connection, openAfter, gapMicros, steps }) => {
        return { connection, openAfter, gapMicros, steps };
      });
      return { connections, completed, problems };
    },
  };
}

/** Cuts a command behind the line of each literal's header. */
function partsOf(octets: Uint8Array, { literals }: Frame): CommandPart[] {
  const parts: CommandPart[] = [];
  let start = 0;
  let at = 0;
  for (const { octets: announced, synchronizing } of literals) {
    const feed = octets.indexOf(LF, at);
    if (feed < 0) break;
    parts.push({ bytes: octets.slice(start, feed + 1), announces: { octets: announced, synchronizing } });
    start = feed + 1;
    at = start + announced;
  }
  parts.push({ bytes: octets.slice(start), announces: undefined });
  return parts;
}
