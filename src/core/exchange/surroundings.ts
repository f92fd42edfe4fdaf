/** What attribution has to know beside the response: the open exchanges, and the state that the connection is in. */

import type { Fetched } from "./fetched.ts";
import type { FinishedExchanges } from "./finished-exchanges.ts";
import type { MessageNumbers } from "./message-set.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { OpenExchanges } from "./open-exchanges.ts";

/**
 * Whether data of a running SELECT may still be about the mailbox that was selected before. `none`: none was. `passed`:
 * [CLOSED] came. `expected`: it has to come and has not (RFC 7162 §3.2.11). `possible`: it may come.
 */
export type Boundary = "none" | "passed" | "expected" | "possible";

export interface RunningSelect {
  readonly exchange: OpenExchange;
  readonly boundary: Boundary;
}

export interface Surroundings {
  readonly open: OpenExchanges;
  readonly numbers: MessageNumbers;
  /** Where the response is FETCH or UIDFETCH. */
  readonly fetched: Fetched | undefined;
  /** The SELECT or EXAMINE that the server is working on. */
  readonly select: RunningSelect | undefined;
  /** NOTIFY asked for news (RFC 5465): what is otherwise only an answer may be a push. */
  readonly notify: boolean;
  /** Enabled extensions in upper case. */
  readonly enabled: ReadonlySet<string>;
  readonly finished: Pick<FinishedExchanges, "withTag">;
}

export function isRev2(surroundings: Surroundings): boolean {
  return surroundings.enabled.has("IMAP4REV2");
}
