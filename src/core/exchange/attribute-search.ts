/** To which command the results of a search belong (RFC 9051 §7.3.4, RFC 3501 §7.2.5, RFC 5256 §4). */
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { certain, late, oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

/** By its tag: a command that is still open, or one that asked for updates and is completed (RFC 5267 §4.3). */
export function attributeByTag(tag: string, surroundings: Surroundings): Verdict {
  const open = surroundings.open.withTag(tag);
  if (open !== undefined) return certain(open);
  const finished = surroundings.finished.withTag(tag);
  return finished === undefined ? UNSOLICITED : late(finished);
}

const EXTENDED = ["SEARCH", "UID SEARCH", "SORT", "UID SORT", "ESEARCH"];

export function attributeEsearch(tag: string | undefined, surroundings: Surroundings): Verdict {
  if (tag !== undefined) return attributeByTag(tag, surroundings);
  const searches = surroundings.open.named(EXTENDED);
  const extended = searches.filter(isExtended);
  return oneOf(extended.length > 0 ? extended : searches, "likely");
}

/** `* SEARCH`, `* SORT`: an answer to RETURN only where no plain search is open, which is a server's mistake. */
export function attributeSearch(name: "SEARCH" | "SORT", surroundings: Surroundings): Verdict {
  const searches = surroundings.open.named([name, `UID ${name}`]);
  const plain = searches.filter((exchange) => !isExtended(exchange));
  return plain.length > 0 ? oneOf(plain, "certain") : oneOf(searches, "likely");
}

/** Whether it asked for ESEARCH: with RETURN, or over several mailboxes. */
export function isExtended(exchange: OpenExchange): boolean {
  const { detail } = exchange.command;
  return detail.kind === "search" ? detail.returns !== undefined : exchange.commandName === "ESEARCH";
}
