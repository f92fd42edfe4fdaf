/** To which command data about the selected mailbox belong: SELECT and EXAMINE, or nobody (RFC 9051 §6.3.2, §7.4). */
import type { Surroundings } from "./surroundings.ts";
import { certain, likely, UNSOLICITED, type Verdict } from "./verdict.ts";

/**
 * FLAGS, EXISTS, RECENT and the response codes of SELECT. Up to [CLOSED] they may be news of the mailbox that was selected
 * before, and are where [CLOSED] has to come (RFC 7162 §3.2.11).
 */
export function attributeSelectData(surroundings: Surroundings): Verdict {
  const { select } = surroundings;
  if (select === undefined || select.boundary === "expected") return UNSOLICITED;
  return select.boundary === "possible" ? likely(select.exchange) : certain(select.exchange);
}

/** `* OK [CLOSED]`: the boundary itself. */
export function attributeClosed(surroundings: Surroundings): Verdict {
  const { select } = surroundings;
  return select === undefined ? UNSOLICITED : certain(select.exchange);
}
