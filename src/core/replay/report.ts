/**
 * What became of a play: made of the facts of each command as they come, in bounded memory, whatever clients do. Misses make it
 * fail, and so do recorded exchanges that no client asked for, but for those of transport and preamble, and those that ask once
 * more what was asked and was answered alike: how often a client looks depends on its clock and its threads.
 */
import { LIMITS } from "../base/limits.ts";
import { detachText } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import { ExchangeSet } from "./exchange-set.ts";
import type { Mismatch } from "./mismatch.ts";
import { commandText, differenceText, reasonText, remedyText, stepText } from "./mismatch-text.ts";
import type { Sequence } from "./part.ts";
import type { Outcome, Played } from "./played.ts";
import type {
  Entries,
  PlayEnd,
  ReplayReport,
  ReportedClient,
  ReportedCommand,
  ReportedMiss,
  ReportedNote,
  ReportedStep,
} from "./report-value.ts";
import type { Script } from "./script.ts";
import { unusedSteps } from "./unused.ts";

export type { ReplayReport } from "./report-value.ts";

export interface ReportOptions {
  /** Exchanges that nobody asked for do not make it fail. */
  readonly allowUnused?: boolean;
  /** In order, each exchange must be asked for, also where another like it was. */
  readonly sequence?: Sequence;
}

export interface ReportMaker {
  readonly take: (played: Played) => void;
  /** A client has connected, whether it says anything or not. */
  readonly opened: (client: number) => void;
  /** What of the greeting of a client was altered. */
  readonly greetingAltered: (client: number, atMicros: Micros, altered: readonly string[]) => void;
  /** Something of the play's own failed, in a sentence; it makes the play fail. */
  readonly failed: (what: string) => void;
  readonly ended: (end: PlayEnd) => void;
  /** As things stand now. */
  readonly read: () => ReplayReport;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Kept<T> implements Entries<T> {
  readonly entries: T[] = [];
  leftOut = 0;

  add(make: () => T): void {
    if (this.entries.length < LIMITS.reportEntries) this.entries.push(make());
    else this.leftOut++;
  }

  snapshot(): Entries<T> {
    return { entries: [...this.entries], leftOut: this.leftOut };
  }
}

export function createReport(script: Script, options: ReportOptions = {}): ReportMaker {
  const counts = {
    ...{ recorded: 0, synthesised: 0, miss: 0, refused: 0 },
    ...{ repeated: 0, altered: 0, clients: 0, commands: 0, failed: 0 },
  };
  const used = new ExchangeSet();
  /** What was asked for in place of exchanges that may go unused. */
  const instead = new Map<ExchangeId, string>();
  /** Sentences, and how often each was told. */
  const ownFailures = new Map<string, number>();
  const clients = new Map<number, Mutable<ReportedClient>>();
  const misses = new Kept<ReportedMiss>();
  const refused = new Kept<ReportedNote>();
  const synthesised = new Kept<ReportedNote>();
  const altered = new Kept<ReportedNote>();

  function opened(number: number): Mutable<ReportedClient> | undefined {
    counts.clients = Math.max(counts.clients, number);
    const known = clients.get(number);
    if (known !== undefined || clients.size === LIMITS.reportEntries) return known;
    const client = {
      client: number,
      commands: 0,
      misses: 0,
      startedMicros: undefined,
      endedMicros: undefined,
      end: undefined,
    };
    clients.set(number, client);
    return client;
  }

  function take(play: Played): void {
    const { outcome, client } = play;
    counts.commands++;
    counts[outcome.kind]++;
    const known = opened(client);
    if (known !== undefined) {
      known.commands++;
      known.startedMicros ??= play.atMicros;
    }
    switch (outcome.kind) {
      case "recorded":
        used.add(outcome.step.id);
        if (outcome.repeated) counts.repeated++;
        if (outcome.altered.length === 0) return;
        counts.altered++;
        altered.add(() => ({ ...reported(play), note: outcome.altered.join("; ") }));
        return;
      case "synthesised":
        if (outcome.step !== undefined) used.add(outcome.step.id);
        if (outcome.mismatch !== undefined) askedInstead(play, outcome.mismatch);
        synthesised.add(() => ({ ...reported(play), note: outcome.how }));
        return;
      case "refused":
        refused.add(() => ({ ...reported(play), note: outcome.why }));
        return;
      case "miss":
        if (known !== undefined) known.misses++;
        misses.add(() => missed(play, outcome));
    }
  }

  function askedInstead({ request }: Played, { nearest, differences }: Mismatch): void {
    if (nearest === undefined || differences.length === 0 || instead.has(nearest.id)) return;
    if (instead.size === LIMITS.reportEntries) return;
    const texts = differences.map(differenceText);
    instead.set(nearest.id, `asked for was ${commandText(request)}: ${texts.join("; ")}`);
  }

  function read(): ReplayReport {
    const unused = new Kept<ReportedStep>();
    const unusedOptional = new Kept<ReportedStep>();
    const steps = script.connections.flatMap((connection) => connection.steps);
    for (const { step, mayBe } of unusedSteps(steps, used, options.sequence)) {
      const list = mayBe ? unusedOptional : unused;
      list.add(() => ({
        exchange: step.id,
        connection: step.connection,
        command: commandText(step.request),
        note: instead.get(step.id),
      }));
    }
    const failures = [
      ...[...ownFailures].map(oftenSaid),
      ...failuresOf(counts, unused, options.allowUnused === true),
    ];
    return {
      passed: failures.length === 0,
      failures,
      counts: { ...counts, used: used.size },
      clients: {
        entries: [...clients.values()].map((client) => ({ ...client })),
        leftOut: counts.clients - clients.size,
      },
      misses: misses.snapshot(),
      refused: refused.snapshot(),
      synthesised: synthesised.snapshot(),
      altered: altered.snapshot(),
      unused: unused.snapshot(),
      unusedOptional: unusedOptional.snapshot(),
      problems: [...script.problems],
    };
  }

  function ended({ client, atMicros, how }: PlayEnd): void {
    const known = opened(client);
    if (known === undefined) return;
    known.endedMicros = atMicros;
    known.end = how;
  }

  return {
    take,
    opened: (client) => void opened(client),
    ended,
    greetingAltered: (client, atMicros, what) => {
      counts.altered++;
      altered.add(() => ({ client, atMicros, command: "the greeting", note: what.join("; ") }));
    },
    failed: (what) => {
      counts.failed++;
      const times = ownFailures.get(what) ?? 0;
      if (times > 0 || ownFailures.size < LIMITS.reportEntries) ownFailures.set(what, times + 1);
    },
    read,
  };
}

function oftenSaid([what, times]: readonly [string, number]): string {
  return times === 1 ? what : `${what} (${times} times)`;
}

function failuresOf(
  counts: { readonly miss: number; readonly refused: number },
  unused: Entries<ReportedStep>,
  allowUnused: boolean,
): readonly string[] {
  const unasked = unused.entries.length + unused.leftOut;
  return [
    ...(counts.miss === 0 ? [] : [`${counted(counts.miss, "command")} had no recorded answer.`]),
    ...(counts.refused === 0 ? [] : [`${counted(counts.refused, "command")} had to be refused.`]),
    ...(unasked === 0 || allowUnused ? [] : [`${counted(unasked, "recorded exchange")} went unused.`]),
  ];
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function reported({ client, atMicros, request }: Played): ReportedCommand {
  return { client, atMicros, command: detachText(commandText(request)) };
}

function missed(play: Played, { mismatch }: Extract<Outcome, { kind: "miss" }>): ReportedMiss {
  const { nearest, behind, because, differences } = mismatch;
  return {
    ...reported(play),
    because,
    reason: reasonText(mismatch),
    remedy: remedyText(play.request, mismatch),
    nearest: nearest?.id,
    differences,
    behind: behind === undefined ? undefined : stepText(behind),
  };
}

/** One difference a line. */
export function differenceLines(miss: ReportedMiss): readonly string[] {
  return miss.differences.map(differenceText);
}
