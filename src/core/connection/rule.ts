/**
 * The shape of the rules that find defects in behaviour (protocol violations that need more than the octets of one frame).
 * A rule looks at one command, response or completion in its surroundings and gives a defect or nothing. Where knowledge is
 * incomplete a rule is silent or says `likely`: a false alarm is worse than a miss.
 */
import type { Micros } from "../base/time.ts";
import type { Fetched } from "../exchange/fetched.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { OpenExchanges } from "../exchange/open-exchanges.ts";
import type { RunningSelect } from "../exchange/surroundings.ts";
import type { Verdict } from "../exchange/verdict.ts";
import type { Command } from "../imap/command.ts";
import { type Defect, NO_DEFECTS } from "../imap/defect.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";
import type { ConnectionModel } from "./connection-model.ts";
import type { MailboxMemory } from "./mailbox-memory.ts";

interface Scene {
  readonly model: ConnectionModel;
  /** The open exchanges, the one in question among them. */
  readonly open: OpenExchanges;
  readonly memory: MailboxMemory;
}

/** A command that was received whole, before anything is made of it. */
export interface CommandScene extends Scene {
  readonly exchange: OpenExchange;
  readonly command: Command;
  readonly frame: Frame;
}

/** An untagged response, before the model has taken it in. */
export interface ResponseScene extends Scene {
  readonly response: Response;
  /** Where it is FETCH or UIDFETCH. */
  readonly fetched: Fetched | undefined;
  readonly verdict: Verdict;
  readonly select: RunningSelect | undefined;
  /** How long the client has been silent; `undefined` where it has said nothing yet. */
  readonly silentMicros: Micros | undefined;
  /** Whether a command was completed since the connection was joined. */
  readonly settled: boolean;
}

/** A tagged response, before the model has taken it in; the exchange holds the completion already. */
export interface CompletionScene extends Scene {
  readonly exchange: OpenExchange;
  readonly response: Response;
}

export type Rule<S> = (scene: S) => Defect | undefined;

/** A rule on untagged responses. Most have something to say of a few names only (statuses among them), and are asked of no other. */
export type ResponseRule = Rule<ResponseScene> & { readonly names?: readonly string[] };

/** A rule for responses of some names. */
export function on(names: readonly string[], rule: Rule<ResponseScene>): ResponseRule {
  return Object.assign(rule.bind(undefined), { names });
}

/** The rules by the names of the responses that they are for; for any other name, those that are for all. */
export function byResponseName(rules: readonly ResponseRule[]): (name: string) => readonly ResponseRule[] {
  const forName = (name: string) => rules.filter(({ names }) => names === undefined || names.includes(name));
  const known = new Set(rules.flatMap(({ names }) => names ?? []));
  const table = new Map([...known].map((name) => [name, forName(name)]));
  const others = rules.filter(({ names }) => names === undefined);
  return (name) => table.get(name) ?? others;
}

/** All that the rules find, in the order of the rules. */
export function apply<S>(rules: readonly Rule<S>[], scene: S): readonly Defect[] {
  let found: Defect[] | undefined;
  for (const rule of rules) {
    const defect = rule(scene);
    if (defect === undefined) continue;
    found ??= [];
    found.push(defect);
  }
  return found ?? NO_DEFECTS;
}
