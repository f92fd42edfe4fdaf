/**
 * To which command a response belongs. RFC 9051 §2.2.2 makes no syntactic difference between requested and unilateral
 * data, so this is an inference and carries its certainty; it is decided when the response is complete.
 */
import type { ExchangeId } from "./exchange.ts";

/**
 * `certain`: the protocol names the command, or only one open command can produce it and nothing may push it.
 * `likely`: one best candidate, but a push would be legal. `ambiguous`: several candidates. `unsolicited`: belongs to
 * no command. `greeting`: the server's first response.
 */
export type Certainty = "certain" | "likely" | "ambiguous" | "unsolicited" | "greeting";

export interface Attribution {
  readonly certainty: Certainty;
  /** The exchange it belongs to (`certain`, `likely`). */
  readonly exchange: ExchangeId | undefined;
  /** All exchanges it may belong to, oldest first (`ambiguous`). */
  readonly candidates: readonly ExchangeId[];
  /** The oldest exchange that was open when it came, whether it belongs to it or not. */
  readonly during: ExchangeId | undefined;
}
